namespace Filecoin.Rpc;

/// <summary>Bytes as lotus answers with them.</summary>
/// <remarks>
/// Spec: Go encoding/json writes a slice that is nil as null, and the readers that cbor-gen makes
/// (lotus chain/types/cbor_gen.go) leave it nil where there are no bytes.
/// </remarks>
internal static class GoBytes
{
    /// <summary>The bytes; null for none.</summary>
    public static byte[]? Of(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? null : bytes.ToArray();

    /// <summary>The data of a block; null for no block, or one of no bytes.</summary>
    public static byte[]? Of(IpldBlock? block) => block is { } given ? Of(given.Data) : null;
}
