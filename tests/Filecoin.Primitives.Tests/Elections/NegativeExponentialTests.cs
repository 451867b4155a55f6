using System.Numerics;

namespace Filecoin.Primitives.Tests.Elections;

public sealed class NegativeExponentialTests
{
    private const int Precision = 128;

    // Provenance: reckoned by numbers of any size, before there were others; bits of the argument.
    [Theory]
    [InlineData(0, "340282366920938463463374607431768211456")]
    [InlineData(64, "340282366920938463444927863358058659841")]
    [InlineData(100, "340282365653287865596328444437856608240")]
    [InlineData(127, "206391688497133195273760705511362611462")]
    [InlineData(130, "6232488952727639490031957491735833209")]
    [InlineData(131, "114152011526886741197429438381649842")]
    [InlineData(140, "-36352221668448184531071")]
    public void It_is_what_numbers_of_any_size_give(int bits, string expected) => Assert.Equal(
        expected, NegativeExponential.Of((BigInteger.One << bits) - 1, Precision).ToString());

    /// <summary>At more bits all is reckoned by numbers of any size.</summary>
    [Fact]
    public void It_differs_from_one_of_more_bits_by_its_rounding_alone()
    {
        Random random = new(17);
        for (int i = 0; i < 2_000; i++)
        {
            BigInteger x = Number(random, random.Next(Precision + 1));

            BigInteger few = NegativeExponential.Of(x, Precision);
            BigInteger many = NegativeExponential.Of(x << Precision, 2 * Precision) >> Precision;

            Assert.InRange(few - many, -32, 32);
        }
    }

    [Fact]
    public void Numbers_of_192_bits_add_up_and_multiply_as_those_of_any_size()
    {
        Random random = new(18);
        for (int i = 0; i < 100_000; i++)
        {
            BigInteger left = Number(random, random.Next(158)) * (1 - (2 * random.Next(2)));
            BigInteger right = Number(random, random.Next(190)) * (1 - (2 * random.Next(2)));
            BigInteger factor = Number(random, random.Next(Precision + 3));

            Assert.Equal(
                left + right, (Signed192.From(left) + Signed192.From(right)).ToBigInteger());
            Assert.Equal(
                (left * factor) >> Precision,
                Signed192.From(left).MultiplyDown128(Signed192.From(factor)).ToBigInteger());
        }
    }

    /// <summary>A number of some bits; words of it are often all ones or all zeros.</summary>
    private static BigInteger Number(Random random, int bits)
    {
        byte[] bytes = new byte[24];
        for (int word = 0; word < bytes.Length; word += 8)
        {
            Span<byte> part = bytes.AsSpan(word, 8);
            switch (random.Next(4))
            {
                case 0:
                    part.Fill(byte.MaxValue);
                    break;
                case 1:
                    break;
                default:
                    random.NextBytes(part);
                    break;
            }
        }

        return new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << bits) - 1);
    }
}
