using System.Numerics;

namespace Filecoin.Evm.Tests.Numbers;

/// <summary>Operations that take different ways by the sizes of their operands.</summary>
public sealed class U256EdgeTests
{
    private static readonly BigInteger Modulus = BigInteger.One << 256;

    // Ends of each length, and words on both sides of the half that a division looks at first.
    private static readonly U256[] Edges =
    [
        .. new[]
        {
            0, 1, 2, 3, 10, 256, uint.MaxValue, (BigInteger.One << 32) + 1,
            (BigInteger.One << 64) - 1, BigInteger.One << 64, (BigInteger.One << 128) - 1,
            BigInteger.One << 128, (BigInteger.One << 191) + 1, (BigInteger.One << 192) - 1,
            BigInteger.One << 192, (BigInteger.One << 192) + 1, (BigInteger.One << 224) - 1,
            BigInteger.One << 224, (BigInteger.One << 225) - 1, (BigInteger.One << 255) - 1,
            BigInteger.One << 255, (BigInteger.One << 255) + 1, Modulus - (BigInteger.One << 192),
            Modulus - (BigInteger.One << 64), Modulus - 2, Modulus - 1,
        }.Select(U256.FromBigInteger),
    ];

    private static readonly ulong[] Exponents =
    [
        .. Enumerable.Range(0, 71).Select(exponent => (ulong)exponent), 127, 128, 255, 256, 257,
        0x5555, 0xffff, 0x1_0000, 0xa0a0_0a0b, uint.MaxValue, (1UL << 47) - 1, (1UL << 48) - 1,
        1UL << 48, (1UL << 48) + 1, 0x5555_5555_5555_5555, 1UL << 63, ulong.MaxValue,
    ];

    [Fact]
    public void Quotients_of_edges_are_those_of_integers()
    {
        foreach ((BigInteger a, BigInteger b) in Pairs())
        {
            (U256 left, U256 right) = (U256.FromBigInteger(a), U256.FromBigInteger(b));
            Assert.Equal(b.IsZero ? 0 : a / b, (left / right).ToBigInteger());
            Assert.Equal(b.IsZero ? 0 : a % b, (left % right).ToBigInteger());
        }
    }

    [Fact]
    public void Quotients_next_to_a_multiple_of_the_divisor_are_right()
    {
        foreach ((BigInteger divisor, BigInteger other) in Pairs())
        {
            BigInteger multiple = divisor.IsZero ? 0 : other / divisor * divisor;
            BigInteger last = BigInteger.Min(multiple + 1, Modulus - 1);
            for (BigInteger a = BigInteger.Max(0, multiple - 1); a <= last; a++)
            {
                Assert.Equal(
                    divisor.IsZero ? 0 : a / divisor,
                    (U256.FromBigInteger(a) / U256.FromBigInteger(divisor)).ToBigInteger());
            }
        }
    }

    [Fact]
    public void Sums_and_products_of_edges_modulo_edges_do_not_wrap()
    {
        ModularProducts kept = new();
        foreach (U256 modulus in Edges)
        {
            BigInteger m = modulus.ToBigInteger();
            foreach ((BigInteger a, BigInteger b) in Pairs())
            {
                (U256 left, U256 right) = (U256.FromBigInteger(a), U256.FromBigInteger(b));
                BigInteger product = m.IsZero ? 0 : a * b % m;
                Assert.Equal(
                    m.IsZero ? 0 : (a + b) % m,
                    U256.AddModulo(left, right, modulus).ToBigInteger());
                Assert.Equal(
                    product, U256.MultiplyModulo(left, right, modulus).ToBigInteger());
                Assert.Equal(product, Multiply(kept, left, right, modulus).ToBigInteger());
            }
        }
    }

    [Fact]
    public void Products_by_a_kept_modulus_go_where_an_operand_was()
    {
        ModularProducts kept = new();
        U256 modulus = U256.Max - 188;
        for (int round = 0; round < 3; round++)
        {
            (U256 left, U256 right) = (U256.Max - 200, U256.Max - (U256)(ulong)round);
            BigInteger expected =
                left.ToBigInteger() * right.ToBigInteger() % modulus.ToBigInteger();
            U256 overLeft = left;
            kept.Multiply(overLeft, right, modulus, ref overLeft);
            U256 overRight = right;
            kept.Multiply(left, overRight, modulus, ref overRight);
            U256 overModulus = modulus;
            kept.Multiply(left, right, overModulus, ref overModulus);
            Assert.Equal(expected, overLeft.ToBigInteger());
            Assert.Equal(expected, overRight.ToBigInteger());
            Assert.Equal(expected, overModulus.ToBigInteger());
        }
    }

    [Fact]
    public void Powers_of_edges_wrap()
    {
        foreach (U256 number in Edges)
        {
            foreach (U256 exponent in Exponents.Select(word => (U256)word).Concat(Edges))
            {
                BigInteger expected = BigInteger.ModPow(
                    number.ToBigInteger(), exponent.ToBigInteger(), Modulus);
                Assert.Equal(expected, U256.Power(number, exponent).ToBigInteger());
                U256 inPlace = number;
                U256.Power(inPlace, exponent, ref inPlace);
                Assert.Equal(expected, inPlace.ToBigInteger());
            }
        }
    }

    private static IEnumerable<(BigInteger Left, BigInteger Right)> Pairs() =>
        from left in Edges
        from right in Edges
        select (left.ToBigInteger(), right.ToBigInteger());

    private static U256 Multiply(
        ModularProducts products, in U256 left, in U256 right, in U256 modulus)
    {
        U256 result = default;
        products.Multiply(left, right, modulus, ref result);
        return result;
    }
}
