using System.Security.Cryptography;
using Native = Secp256k1Net.Secp256k1;

namespace Filecoin.Crypto;

/// <summary>ECDSA over secp256k1, verified by recovering the signer's public key.</summary>
/// <remarks>
/// Spec: ref-fvm shared/src/crypto/signature.rs. A signature is r and s (32 bytes each, big
/// endian) and the recovery id v, 65 bytes. All members may be called from any thread.
/// </remarks>
public static class Secp256k1
{
    /// <summary>Length of a signature, in bytes.</summary>
    public const int SignatureLength = 65;

    /// <summary>Length of an uncompressed public key, in bytes.</summary>
    public const int PublicKeyLength = 65;

    /// <summary>Length of a secret key and of a signed hash, in bytes.</summary>
    public const int ScalarLength = 32;

    private const int RecoverableLength = 65;
    private const int KeyLength = 64;

    // The native context is only read after it is made, so threads may share it.
    private static readonly Native Curve = new();

    /// <summary>Finds the key that made a signature; false if there is none.</summary>
    /// <remarks>
    /// Quirk: both s and n - s are accepted, with v flipped, and lead to the same key. The ids
    /// 2 and 3 (r beyond the group order) are legal. r or s zero or not below n: no key.
    /// </remarks>
    public static bool TryRecover(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> signature65, Span<byte> publicKey65)
    {
        CheckLength(hash32.Length, ScalarLength, nameof(hash32));
        CheckLength(signature65.Length, SignatureLength, nameof(signature65));
        CheckLength(publicKey65.Length, PublicKeyLength, nameof(publicKey65));
        var recoveryId = signature65[64];
        Span<byte> parsed = stackalloc byte[RecoverableLength];
        Span<byte> key = stackalloc byte[KeyLength];
        return recoveryId < 4
            && Curve.EcdsaRecoverableSignatureParseCompact(parsed, signature65[..64], recoveryId)
            && Curve.EcdsaRecover(key, parsed, hash32)
            && TrySerialize(key, publicKey65);
    }

    /// <summary>Tells whether recovery leads to this uncompressed public key.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> signature65, ReadOnlySpan<byte> publicKey65)
    {
        CheckLength(publicKey65.Length, PublicKeyLength, nameof(publicKey65));
        Span<byte> recovered = stackalloc byte[PublicKeyLength];
        return TryRecover(hash32, signature65, recovered) && recovered.SequenceEqual(publicKey65);
    }

    /// <summary>Signs a hash with the nonce of RFC 6979; s is low and v is 0 to 3.</summary>
    /// <remarks>Errors: ArgumentException, the key is zero or not below the order.</remarks>
    public static void Sign(
        ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> secretKey32, Span<byte> signature65)
    {
        CheckLength(hash32.Length, ScalarLength, nameof(hash32));
        CheckSecretKey(secretKey32);
        CheckLength(signature65.Length, SignatureLength, nameof(signature65));
        Span<byte> signed = stackalloc byte[RecoverableLength];
        if (!Curve.EcdsaSignRecoverable(signed, hash32, secretKey32)
            || !Curve.EcdsaRecoverableSignatureSerializeCompact(
                signature65[..64], out var recoveryId, signed))
        {
            throw new CryptographicException("secp256k1 refused to sign with a valid key");
        }

        signature65[64] = (byte)recoveryId;
    }

    /// <summary>The uncompressed public key of a secret key.</summary>
    /// <remarks>Errors: ArgumentException, the key is zero or not below the order.</remarks>
    public static void PublicKey(ReadOnlySpan<byte> secretKey32, Span<byte> publicKey65)
    {
        CheckSecretKey(secretKey32);
        CheckLength(publicKey65.Length, PublicKeyLength, nameof(publicKey65));
        Span<byte> key = stackalloc byte[KeyLength];
        if (!Curve.EcPubkeyCreate(key, secretKey32) || !TrySerialize(key, publicKey65))
        {
            throw new CryptographicException("secp256k1 refused a valid secret key");
        }
    }

    private static bool TrySerialize(ReadOnlySpan<byte> key, Span<byte> publicKey65)
    {
        nuint length = PublicKeyLength;
        return Curve.EcPubkeySerialize(
            publicKey65, ref length, key, Secp256k1Net.Secp256k1EcFlags.Uncompressed);
    }

    private static void CheckSecretKey(ReadOnlySpan<byte> secretKey32)
    {
        CheckLength(secretKey32.Length, ScalarLength, nameof(secretKey32));
        if (!Curve.EcSeckeyVerify(secretKey32))
        {
            throw new ArgumentException(
                "a secp256k1 secret key lies between 1 and the group order less 1",
                nameof(secretKey32));
        }
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{name} has {length} bytes, not {expected}", name);
        }
    }
}
