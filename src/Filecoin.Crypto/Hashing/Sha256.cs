using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Filecoin.Crypto;

/// <summary>SHA2-256.</summary>
/// <remarks>
/// Spec: FIPS 180-4. Most of what actors hash is a key of a map. For one or two blocks the way
/// into the system's library takes longer than the hash: 770 ns against 300 ns for 32 bytes.
/// </remarks>
public static class Sha256
{
    /// <summary>Length of the digest, in bytes.</summary>
    public const int DigestLength = 32;

    /// <summary>Longest input that is padded to two blocks of 64 bytes.</summary>
    private const int ShortLengthMax = 119;

    [ThreadStatic]
    private static Sha256Digest? managed;

    /// <summary>Hashes to 32 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        if (data.Length > ShortLengthMax)
        {
            _ = SHA256.HashData(data, digest);
            return;
        }

        managed ??= new();
        managed.BlockUpdate(data);
        _ = managed.DoFinal(digest);
    }
}
