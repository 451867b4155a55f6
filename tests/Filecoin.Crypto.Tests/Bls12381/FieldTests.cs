using System.Globalization;
using System.Numerics;
using CsCheck;
using Filecoin.Crypto.Bls12381;
using Fp12 = Filecoin.Crypto.Curves.Fp12<
    Filecoin.Crypto.Bls12381.Fp2, Filecoin.Crypto.Bls12381.Fp>;

namespace Filecoin.Crypto.Tests;

public sealed class FieldTests
{
    private const string Seed = "0000KfrOmcD7";

    private static readonly BigInteger Prime = BigInteger.Parse(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9fe"
        + "ffffffffaaab",
        NumberStyles.HexNumber);

    // The corners of each word are as likely as the rest.
    private static readonly Gen<Fp> Elements = Gen.OneOf(
            Gen.Byte.Array[64].Select(bytes => new BigInteger(bytes, isUnsigned: true)),
            Gen.Select(Gen.Int[0, 381], Gen.Int[-2, 2]).Select((n, d) => (BigInteger.One << n) + d),
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
                Assert.Equal((x + x) % Prime, Integer(a.Double()));
                Assert.Equal(x == y, a == b);
                Assert.Equal(x.IsZero, a.IsZero);
                Assert.Equal(!x.IsEven, a.IsOdd);
                Assert.Equal(x > Prime / 2, a.IsLargerHalf);
            },
            seed: Seed,
            iter: 2000);

    [Fact]
    public void Inverses_and_roots_of_the_base_field_are_such() =>
        Elements.Sample(
            a =>
            {
                Assert.Equal(a.IsZero ? Fp.Zero : Fp.One, a * a.Invert());
                Assert.True(a.Square().TrySquareRoot(out var root));
                Assert.True(root == a || root == -a);

                // -1 is no square here, so just one of a and -a is.
                Assert.NotEqual(a.IsZero, a.TrySquareRoot(out _) != (-a).TrySquareRoot(out _));
            },
            seed: Seed,
            iter: 100);

    [Fact]
    public void Wide_integers_are_reduced() =>
        Gen.Byte.Array[64].Sample(
            bytes => Integer(Fp.ReadWide(bytes))
                == new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % Prime,
            seed: Seed,
            iter: 200);

    [Fact]
    public void Numbers_not_below_the_prime_are_not_read()
    {
        Assert.True(Fp.TryRead(Bytes(Prime - 1), out var last));
        Assert.Equal(-Fp.One, last);
        Assert.False(Fp.TryRead(Bytes(Prime), out _));
        Assert.False(Fp.TryRead(Bytes((BigInteger.One << 384) - 1), out _));
    }

    [Fact]
    public void The_quadratic_extension_is_a_field() =>
        Gen.Select(Pairs, Pairs, Pairs).Sample(
            (a, b, c) =>
            {
                Assert.Equal(a * (b + c), (a * b) + (a * c));
                Assert.Equal(a * (b * c), a * b * c);
                Assert.Equal(a - b, a + -b);
                Assert.Equal(a * a, a.Square());
                Assert.Equal(a + a, a.Double());
                Assert.Equal(a * new Fp2(Fp.One, Fp.One), a.MultiplyByNonResidue());
                Assert.Equal(a.IsZero ? Fp2.Zero : Fp2.One, a * a.Invert());
                var u = new Fp2(Fp.Zero, Fp.One);
                Assert.Equal(-Fp2.One, u * u);
            },
            seed: Seed,
            iter: 200);

    [Fact]
    public void Roots_of_the_quadratic_extension_are_such() =>
        Gen.OneOf(Pairs, Elements.Select(a => new Fp2(a, Fp.Zero)),
            Elements.Select(a => new Fp2(Fp.Zero, a))).Sample(
            a =>
            {
                Assert.True(a.Square().TrySquareRoot(out var root));
                Assert.True(root == a || root == -a);

                // 1 + u is no square, so just one of a and this times a is.
                var isSquare = a.TrySquareRoot(out _);
                var isOtherSquare = a.MultiplyByNonResidue().TrySquareRoot(out _);
                Assert.NotEqual(a.IsZero, isSquare != isOtherSquare);
            },
            seed: Seed,
            iter: 100);

    [Fact]
    public void The_extension_of_degree_twelve_is_a_field() =>
        Gen.Select(Twelves, Twelves, Twelves).Sample(
            (a, b, c) =>
            {
                AssertEqual(a * (b * c), a * b * c);
                AssertEqual(a * b, b * a);
                AssertEqual(a * a, a.Square());
                Assert.True((a * a.Invert()).IsOne);
                var line = new Fp12(
                    new(b.C0.C0, b.C0.C1, Fp2.Zero), new(Fp2.Zero, b.C1.C1, Fp2.Zero));
                AssertEqual(a * line, a.MultiplyByLine014(b.C0.C0, b.C0.C1, b.C1.C1));
            },
            seed: Seed,
            iter: 50);

    [Fact]
    public void The_Frobenius_map_keeps_products_and_has_order_twelve() =>
        Gen.Select(Twelves, Twelves).Sample(
            (a, b) =>
            {
                AssertEqual(a.Power() * b.Power(), (a * b).Power());
                var six = a.Power().Power().Power().Power().Power().Power();
                AssertEqual(a.Conjugate(), six);
                AssertEqual(Power(a, Prime), a.Power());
            },
            seed: Seed,
            iter: 5);

    [Fact]
    public void Squares_in_the_cyclotomic_subgroup_are_squares() =>
        Twelves.Sample(
            a =>
            {
                var easy = a.Conjugate() * a.Invert();
                easy = easy.Power().Power() * easy;
                AssertEqual(easy * easy, easy.CyclotomicSquare());
                Assert.True((easy * easy.Conjugate()).IsOne);
            },
            seed: Seed,
            iter: 20);

    internal static void AssertEqual(Fp12 expected, Fp12 actual) =>
        Assert.True((expected * actual.Invert()).IsOne);

    private static Fp12 Power(Fp12 a, BigInteger exponent)
    {
        var result = Fp12.One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = result.Square();
            result = (exponent >> bit).IsEven ? result : result * a;
        }

        return result;
    }

    private static Fp Element(BigInteger value)
    {
        var reduced = ((value % Prime) + Prime) % Prime;
        Assert.True(Fp.TryRead(Bytes(reduced), out var element));
        return element;
    }

    private static BigInteger Integer(Fp value)
    {
        var bytes = new byte[Fp.Length];
        value.Write(bytes);
        return new(bytes, isUnsigned: true, isBigEndian: true);
    }

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Fp.Length - bytes.Length], .. bytes];
    }
}
