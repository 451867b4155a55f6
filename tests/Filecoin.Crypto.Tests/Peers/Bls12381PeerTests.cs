using Filecoin.Crypto.Bls12381;
using Filecoin.Crypto.Curves;
using Fp12 = Filecoin.Crypto.Curves.Fp12<
    Filecoin.Crypto.Bls12381.Fp2, Filecoin.Crypto.Bls12381.Fp>;

namespace Filecoin.Crypto.Tests;

public sealed class Bls12381PeerTests
{
    private static readonly byte[] Domain = "any domain of 1 to 255 bytes"u8.ToArray();

    private readonly Random random = new(3);
    private readonly PeerCalls peers = new();

    [Fact]
    public void Multiples_hashes_and_pairings_agree_with_noble()
    {
        for (var i = 0; i < 6; i++)
        {
            var (first, second) = (Scalar(), Scalar());
            var p = G1.Generator.ToCurvePoint().Multiply(first).ToAffine();
            var q = G2.Generator.ToCurvePoint().Multiply(second).ToAffine();
            peers.Expect(Hex(Compressed(p)), "multiplyG1", Hex(first));
            peers.Expect(Hex(Uncompressed(q)), "multiplyG2", Hex(second));
            peers.Expect(Hex(Pairing.Product([p], [q])), "pairing", Hex(first), Hex(second));
        }

        for (var length = 0; length < 150; length += 13)
        {
            var message = Bytes(length);
            var onG1 = HashToCurve.ToG1(message, Domain).ToAffine();
            var onG2 = HashToCurve.ToG2(message, Domain).ToAffine();
            peers.Expect(Hex(Uncompressed(onG1)), "hashToG1", Hex(message), Hex(Domain));
            peers.Expect(Hex(Uncompressed(onG2)), "hashToG2", Hex(message), Hex(Domain));
        }

        peers.Compare();
    }

    [Fact]
    public void Keys_and_what_is_read_as_a_point_agree_with_blst()
    {
        for (var i = 0; i < 40; i++)
        {
            var secret = Scalar();
            var key = Compressed(G1.Generator.ToCurvePoint().Multiply(secret).ToAffine());
            var signature = Compressed(HashToCurve.ToG2(secret, Domain).ToAffine());
            peers.Expect(Hex(key), "blstPublicKey", Hex(secret));
            ExpectKey(key);
            ExpectSignature(signature);

            // One bit off: flags, a number above the prime, off the curve, outside the group.
            ExpectKey(Flip(key, i < 8 ? i : random.Next(8 * key.Length)));
            ExpectSignature(Flip(signature, i < 8 ? i : random.Next(8 * signature.Length)));
        }

        ExpectSignature([0xc0, .. new byte[95]]);
        ExpectSignature([0xe0, .. new byte[95]]);
        ExpectSignature([0xc0, .. new byte[94], 1]);
        ExpectKey([0xe0, .. new byte[47]]);
        ExpectKey([0x40, .. new byte[47]]);
        ExpectKey([0x80, .. new byte[47]]);
        peers.Compare();
    }

    private void ExpectKey(byte[] bytes)
    {
        var isRead = G1.TryReadCompressed(bytes, out var point);
        peers.Expect(isRead ? Hex(Uncompressed(point)) : null, "blstReadKey", Hex(bytes));
    }

    private void ExpectSignature(byte[] bytes)
    {
        var isRead = G2.TryReadCompressed(bytes, out var point);
        peers.Expect(isRead ? Hex(Uncompressed(point)) : null, "blstReadSignature", Hex(bytes));
    }

    private byte[] Scalar()
    {
        var scalar = Bytes(32);
        scalar[0] &= 0x3f;
        return scalar;
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = bytes.ToArray();
        flipped[bit / 8] ^= (byte)(0x80 >> (bit % 8));
        return flipped;
    }

    private static byte[] Compressed(AffinePoint<Fp> point)
    {
        var bytes = new byte[G1.CompressedLength];
        G1.WriteCompressed(point, bytes);
        return bytes;
    }

    private static byte[] Compressed(AffinePoint<Fp2> point)
    {
        var bytes = new byte[G2.CompressedLength];
        G2.WriteCompressed(point, bytes);
        return bytes;
    }

    private static byte[] Uncompressed(AffinePoint<Fp> point)
    {
        var bytes = new byte[G1.UncompressedLength];
        G1.WriteUncompressed(point, bytes);
        return bytes;
    }

    private static byte[] Uncompressed(AffinePoint<Fp2> point)
    {
        var bytes = new byte[G2.UncompressedLength];
        G2.WriteUncompressed(point, bytes);
        return bytes;
    }

    // Noble writes the parts of each extension with the lower one first.
    private static string Hex(Fp12 value)
    {
        var text = "";
        foreach (var six in new[] { value.C0, value.C1 })
        {
            foreach (var two in new[] { six.C0, six.C1, six.C2 })
            {
                text += Hex(two.C0) + Hex(two.C1);
            }
        }

        return text;
    }

    private static string Hex(Fp value)
    {
        var bytes = new byte[Fp.Length];
        value.Write(bytes);
        return Hex(bytes);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
