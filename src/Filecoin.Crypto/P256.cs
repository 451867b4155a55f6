using System.Numerics;
using System.Security.Cryptography;

namespace Filecoin.Crypto;

/// <summary>ECDSA over the curve P-256 (secp256r1).</summary>
/// <remarks>Spec: FIPS 186-5; EIP-7951.</remarks>
public static class P256
{
    /// <summary>Length of a hash and of each number, in bytes.</summary>
    public const int ScalarLength = 32;

    private static readonly BigInteger Prime = Parse(
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    private static readonly BigInteger B = Parse(
        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    /// <summary>Tells whether r and s are the key's signature over the hash.</summary>
    /// <remarks>Both s and the order less s are accepted. Infinity is no key.</remarks>
    /// <param name="hash32">The hash.</param>
    /// <param name="signature64">r and s, big-endian.</param>
    /// <param name="key64">The key's coordinates, big-endian.</param>
    public static bool Verify(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> signature64, ReadOnlySpan<byte> key64)
    {
        // The framework throws for what is no point, which takes longer than to look first.
        if (!IsOnCurve(key64))
        {
            return false;
        }

        using ECDsa key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = key64[..ScalarLength].ToArray(),
                Y = key64[ScalarLength..].ToArray(),
            },
        });
        return key.VerifyHash(
            hash32, signature64, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool IsOnCurve(ReadOnlySpan<byte> key64)
    {
        BigInteger x = new(key64[..ScalarLength], isUnsigned: true, isBigEndian: true);
        BigInteger y = new(key64[ScalarLength..], isUnsigned: true, isBigEndian: true);
        return x < Prime && y < Prime && ((y * y) - (((x * x) - 3) * x) - B) % Prime == 0;
    }

    private static BigInteger Parse(string hex) =>
        new(Convert.FromHexString(hex), isUnsigned: true, isBigEndian: true);
}
