using System.Buffers.Binary;
using Filecoin.Crypto.Bls12381;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto;

/// <summary>BLS signatures over BLS12-381: public keys in G1, signatures in G2.</summary>
/// <remarks>
/// Spec: draft-irtf-cfrg-bls-signature, the basic scheme; bls-signatures as locked by ref-fvm.
/// Signing takes a time that depends on the key: it is for tools and test networks.
/// </remarks>
public static class Bls
{
    /// <summary>Length of a compressed signature, in bytes.</summary>
    public const int SignatureLength = G2.CompressedLength;

    /// <summary>Length of a compressed public key, in bytes.</summary>
    public const int PublicKeyLength = G1.CompressedLength;

    /// <summary>Length of a secret key, a little-endian number, in bytes.</summary>
    public const int SecretKeyLength = 32;

    private static ReadOnlySpan<byte> Domain => "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_"u8;

    // The order of both groups, big-endian.
    private static ReadOnlySpan<byte> Order =>
    [
        0x73, 0xed, 0xa7, 0x53, 0x29, 0x9d, 0x7d, 0x48, 0x33, 0x39, 0xd8, 0x08, 0x09, 0xa1, 0xd8,
        0x05, 0x53, 0xbd, 0xa4, 0x02, 0xff, 0xfe, 0x5b, 0xfe, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00,
        0x00, 0x01,
    ];

    /// <summary>Tells whether the signature is the key's over the message.</summary>
    /// <remarks>
    /// Malformed points, points outside the groups and the identity as key are no signature.
    /// </remarks>
    public static bool Verify(
        ReadOnlySpan<byte> signature96, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey48)
    {
        return G2.TryReadCompressed(signature96, out var signature)
            && G1.TryReadCompressed(publicKey48, out var key)
            && !key.IsInfinity
            && IsProductOne(signature, [key], [Hash(message)]);
    }

    /// <summary>Tells whether the signature is the sum of the keys' over their messages.</summary>
    /// <remarks>
    /// Spec: bls-signatures src/signature.rs, verify_messages.
    /// False for no keys at all (the syscall, which calls that true, asks first), for keys and
    /// messages of different number, for equal messages and whatever <see cref="Verify"/>
    /// refuses.
    /// </remarks>
    public static bool VerifyAggregate(
        ReadOnlySpan<byte> signature96,
        ReadOnlySpan<ReadOnlyMemory<byte>> publicKeys,
        ReadOnlySpan<ReadOnlyMemory<byte>> messages)
    {
        if (publicKeys.IsEmpty
            || publicKeys.Length != messages.Length
            || !G2.TryReadCompressed(signature96, out var signature)
            || !AreDistinct(messages))
        {
            return false;
        }

        var keys = new AffinePoint<Fp>[publicKeys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!G1.TryReadCompressed(publicKeys[i].Span, out keys[i]) || keys[i].IsInfinity)
            {
                return false;
            }
        }

        var hashes = new AffinePoint<Fp2>[messages.Length];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Hash(messages[i].Span);
        }

        return IsProductOne(signature, keys, hashes);
    }

    /// <summary>Adds up signatures; false if there are none or one is not of the group.</summary>
    public static bool TryAggregate(
        ReadOnlySpan<ReadOnlyMemory<byte>> signatures, Span<byte> signature96)
    {
        CurvePoint<Fp2> sum = default;
        foreach (var bytes in signatures)
        {
            if (!G2.TryReadCompressed(bytes.Span, out var signature))
            {
                return false;
            }

            sum += signature;
        }

        if (signatures.IsEmpty)
        {
            return false;
        }

        G2.WriteCompressed(sum.ToAffine(), signature96);
        return true;
    }

    /// <summary>Signs a message.</summary>
    /// <remarks>Errors: ArgumentException, the key is zero or not below the order.</remarks>
    public static void Sign(
        ReadOnlySpan<byte> secretKey32, ReadOnlySpan<byte> message, Span<byte> signature96)
    {
        Span<byte> scalar = stackalloc byte[SecretKeyLength];
        ReadSecretKey(secretKey32, scalar);
        var signature = G2.Multiply(HashToCurve.ToG2(message, Domain), scalar);
        G2.WriteCompressed(signature.ToAffine(), signature96);
    }

    /// <summary>The public key of a secret key.</summary>
    /// <remarks>Errors: ArgumentException, the key is zero or not below the order.</remarks>
    public static void PublicKey(ReadOnlySpan<byte> secretKey32, Span<byte> publicKey48)
    {
        Span<byte> scalar = stackalloc byte[SecretKeyLength];
        ReadSecretKey(secretKey32, scalar);
        var key = G1.Generator.ToCurvePoint().Multiply(scalar);
        G1.WriteCompressed(key.ToAffine(), publicKey48);
    }

    private static AffinePoint<Fp2> Hash(ReadOnlySpan<byte> message) =>
        HashToCurve.ToG2(message, Domain).ToAffine();

    /// <summary>e(g, signature) against the product of e(key, hash).</summary>
    private static bool IsProductOne(
        in AffinePoint<Fp2> signature,
        ReadOnlySpan<AffinePoint<Fp>> keys,
        ReadOnlySpan<AffinePoint<Fp2>> hashes)
    {
        AffinePoint<Fp>[] first = [-G1.Generator, .. keys];
        AffinePoint<Fp2>[] second = [signature, .. hashes];
        return Pairing.Product(first, second).IsOne;
    }

    private static bool AreDistinct(ReadOnlySpan<ReadOnlyMemory<byte>> messages)
    {
        var digests = new HashSet<(UInt128, UInt128)>(messages.Length);
        Span<byte> digest = stackalloc byte[32];
        foreach (var message in messages)
        {
            Blake2b.Hash(message.Span, digest);
            var low = BinaryPrimitives.ReadUInt128BigEndian(digest);
            if (!digests.Add((low, BinaryPrimitives.ReadUInt128BigEndian(digest[16..]))))
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadSecretKey(ReadOnlySpan<byte> secretKey32, Span<byte> scalar)
    {
        if (secretKey32.Length != SecretKeyLength)
        {
            throw new ArgumentException(
                $"a BLS secret key has 32 bytes, not {secretKey32.Length}", nameof(secretKey32));
        }

        secretKey32.CopyTo(scalar);
        scalar.Reverse();
        if (!scalar.ContainsAnyExcept((byte)0) || scalar.SequenceCompareTo(Order) >= 0)
        {
            throw new ArgumentException(
                "a BLS secret key lies between 1 and the group order less 1",
                nameof(secretKey32));
        }
    }
}
