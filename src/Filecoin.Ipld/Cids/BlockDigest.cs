using Org.BouncyCastle.Crypto.Digests;

namespace Filecoin.Ipld;

/// <summary>The digest that names blocks: BLAKE2b with 32 bytes of output.</summary>
internal static class BlockDigest
{
    internal static void Compute(ReadOnlySpan<byte> block, Span<byte> digest)
    {
        var blake2b = new Blake2bDigest(digest.Length * 8);
        blake2b.BlockUpdate(block);
        _ = blake2b.DoFinal(digest);
    }
}
