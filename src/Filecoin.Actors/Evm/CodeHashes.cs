using Filecoin.Evm;

namespace Filecoin.Actors.Evm;

/// <summary>Hashes of what accounts have that are no contracts.</summary>
/// <remarks>Spec: actors/evm 12.</remarks>
internal static class CodeHashes
{
    /// <summary>Keccak-256 of no code.</summary>
    internal static U256 OfNothing { get; } =
        U256.ParseHex("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");

    /// <summary>Keccak-256 of the one byte that built-in actors seem to have.</summary>
    internal static U256 OfNativeActor { get; } =
        U256.ParseHex("bcc90f2d6dada5b18e155c17a1c0a55920aae94f39857d39d0d8ed07ae8f228b");
}
