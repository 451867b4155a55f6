using System.Numerics;
using CsCheck;
using Filecoin.Crypto.Bn254;
using Filecoin.Crypto.Curves;
using Fp12 = Filecoin.Crypto.Curves.Fp12<Filecoin.Crypto.Bn254.Fp2, Filecoin.Crypto.Bn254.Fp>;

namespace Filecoin.Crypto.Tests.Bn254;

public sealed class BnTests
{
    private const string Seed = "0000KfrOmcD7";

    private static readonly BigInteger Prime = BigInteger.Parse(
        "21888242871839275222246405745257275088696311157297823662689037894645226208583");

    private static readonly byte[] Order = Convert.FromHexString(
        "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001");

    // The generators of EIP-196 and EIP-197.
    private static readonly CurvePoint<Fp> P = new(Fp.Of(1), Fp.Of(2), Fp.One);

    private static readonly CurvePoint<Fp2> Q = new(
        new(
            Fp.Parse("1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"),
            Fp.Parse("198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2")),
        new(
            Fp.Parse("12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa"),
            Fp.Parse("090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b")),
        Fp2.One);

    // The corners of each word are as likely as the rest.
    private static readonly Gen<Fp> Elements = Gen.OneOf(
            Gen.Byte.Array[64].Select(bytes => new BigInteger(bytes, isUnsigned: true)),
            Gen.Select(Gen.Int[0, 254], Gen.Int[-2, 2]).Select((n, d) => (BigInteger.One << n) + d),
            Gen.Int[0, 3].Select(i => Prime - i))
        .Select(Element);

    private static readonly Gen<Fp2> Pairs =
        Gen.Select(Elements, Elements).Select((c0, c1) => new Fp2(c0, c1));

    private static readonly Gen<Fp12> Twelves =
        Pairs.Array[6].Select(c => new Fp12(new(c[0], c[1], c[2]), new(c[3], c[4], c[5])));

    [Fact]
    public void The_base_field_agrees_with_BigInteger() =>
        Gen.Select(Elements, Elements, Elements, Elements).Sample(
            (a, b, c, d) =>
            {
                var (x, y, z, w) = (Integer(a), Integer(b), Integer(c), Integer(d));
                Assert.Equal((x + y) % Prime, Integer(a + b));
                Assert.Equal((x - y + Prime) % Prime, Integer(a - b));
                Assert.Equal(x * y % Prime, Integer(a * b));
                Assert.Equal((Prime - x) % Prime, Integer(-a));
                Assert.Equal(((x * y) + (z * w)) % Prime, Integer(Fp.SumOfProducts(a, b, c, d)));
                Assert.Equal(x * x % Prime, Integer(a.Square()));
                Assert.Equal(a.IsZero ? Fp.Zero : Fp.One, a * a.Invert());
            },
            seed: Seed,
            iter: 1000);

    [Fact]
    public void The_extensions_multiply_as_their_definitions_say() =>
        Gen.Select(Pairs, Pairs, Twelves).Sample(
            (a, b, f) =>
            {
                Assert.Equal((a.C0 * b.C0) - (a.C1 * b.C1), (a * b).C0);
                Assert.Equal((a.C0 * b.C1) + (a.C1 * b.C0), (a * b).C1);
                Assert.Equal(a * a, a.Square());
                Assert.Equal(a * new Fp2(Fp.Of(9), Fp.One), a.MultiplyByNonResidue());
                Assert.True(a.IsZero || a * a.Invert() == Fp2.One);
                Assert.True((f * f.Invert()).IsOne);
                Fp12 line = new(new(a, default, default), new(b, a, default));
                Assert.True((f.MultiplyByLine034(a, b, a) * (f * line).Invert()).IsOne);
            },
            seed: Seed,
            iter: 100);

    [Fact]
    public void The_generators_have_the_order_of_the_groups()
    {
        Assert.True(P.Multiply(Order).IsInfinity);
        Assert.True(Q.Multiply(Order).IsInfinity);
        Assert.True(G2.TryRead(Encode(Q), out _));
    }

    [Fact]
    public void Points_of_the_second_curve_outside_the_group_are_not_read()
    {
        // The twist has a cofactor: a point with x = u + n is hardly ever in the group.
        var checkedPoints = 0;
        for (var n = 0u; checkedPoints < 5; n++)
        {
            Fp2 x = new(Fp.Of(n), Fp.One);
            var right = (x.Square() * x) + (Q.Y.Square() - (Q.X.Square() * Q.X));
            if (TrySquareRoot(right, out var y))
            {
                checkedPoints++;
                CurvePoint<Fp2> point = new(x, y, Fp2.One);
                Assert.False(point.Multiply(Order).IsInfinity);
                Assert.False(G2.TryRead(Encode(point), out _));
            }
        }
    }

    [Fact]
    public void The_pairing_is_bilinear_and_not_degenerate() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[32]).Sample(
            (a, b) =>
            {
                var left = (P.Multiply(a).ToAffine(), Q.Multiply(b).ToAffine());
                var right = ((-P.Multiply(a).Multiply(b)).ToAffine(), Q.ToAffine());
                Assert.True(Pairing.IsProductOne(
                    [left.Item1, right.Item1], [left.Item2, right.Item2]));
                Assert.False(Pairing.IsProductOne([left.Item1], [left.Item2]));
            },
            seed: Seed,
            iter: 5);

    [Fact]
    public void Multiples_agree_with_noble()
    {
        Random random = new(4);
        PeerCalls peers = new();
        for (var i = 0; i < 8; i++)
        {
            var scalar = new byte[32];
            random.NextBytes(scalar);
            scalar[0] &= 0x1f;
            var first = new byte[Bn.PointLength];
            G1.Write(P.Multiply(scalar).ToAffine(), first);
            peers.Expect(Hex(first), "bnMultiplyG1", Hex(scalar));
            peers.Expect(Hex(Encode(Q.Multiply(scalar))), "bnMultiplyG2", Hex(scalar));
        }

        peers.Compare();
    }

    // Roots in the extension by trying both halves, as p is 3 modulo 4.
    private static bool TrySquareRoot(in Fp2 value, out Fp2 root)
    {
        root = default;
        if (!TryRoot((value.C0.Square() + value.C1.Square()), out var norm))
        {
            return false;
        }

        var half = Fp.Of(2).Invert();
        foreach (var part in new[] { norm, -norm })
        {
            if (TryRoot((value.C0 + part) * half, out var real) && !real.IsZero)
            {
                root = new(real, value.C1 * half * real.Invert());
                return root.Square() == value;
            }
        }

        return false;
    }

    private static bool TryRoot(in Fp value, out Fp root)
    {
        root = Element(BigInteger.ModPow(Integer(value), (Prime + 1) / 4, Prime));
        return root.Square() == value;
    }

    private static byte[] Encode(in CurvePoint<Fp2> point)
    {
        var affine = point.ToAffine();
        var bytes = new byte[G2.EncodedLength];
        affine.X.C1.Write(bytes);
        affine.X.C0.Write(bytes.AsSpan(32));
        affine.Y.C1.Write(bytes.AsSpan(64));
        affine.Y.C0.Write(bytes.AsSpan(96));
        return bytes;
    }

    private static Fp Element(BigInteger value)
    {
        var bytes = new byte[Fp.Length];
        var digits = (((value % Prime) + Prime) % Prime).ToByteArray(
            isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes.AsSpan(Fp.Length - digits.Length));
        Assert.True(Fp.TryRead(bytes, out var element));
        return element;
    }

    private static BigInteger Integer(Fp value)
    {
        var bytes = new byte[Fp.Length];
        value.Write(bytes);
        return new(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
