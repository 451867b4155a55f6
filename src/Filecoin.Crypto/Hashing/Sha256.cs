using System.Security.Cryptography;

namespace Filecoin.Crypto;

/// <summary>SHA2-256.</summary>
/// <remarks>Spec: FIPS 180-4.</remarks>
public static class Sha256
{
    /// <summary>Length of the digest, in bytes.</summary>
    public const int DigestLength = 32;

    /// <summary>Hashes to 32 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest) =>
        _ = SHA256.HashData(data, digest);
}
