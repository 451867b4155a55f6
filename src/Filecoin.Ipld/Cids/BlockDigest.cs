using Filecoin.Crypto;

namespace Filecoin.Ipld;

/// <summary>The digest that names blocks: BLAKE2b with 32 bytes of output.</summary>
internal static class BlockDigest
{
    internal static void Compute(ReadOnlySpan<byte> block, Span<byte> digest) =>
        Blake2b.Hash(block, digest);
}
