using Org.BouncyCastle.Crypto.Digests;

namespace Filecoin.Crypto;

/// <summary>RIPEMD-160.</summary>
/// <remarks>Spec: ISO/IEC 10118-3.</remarks>
public static class Ripemd160
{
    /// <summary>Length of the digest, in bytes.</summary>
    public const int DigestLength = 20;

    /// <summary>Hashes to 20 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        var ripemd = new RipeMD160Digest();
        ripemd.BlockUpdate(data);
        _ = ripemd.DoFinal(digest);
    }
}
