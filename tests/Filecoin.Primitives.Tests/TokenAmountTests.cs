using System.Numerics;
using CsCheck;
using Filecoin.Ipld;

namespace Filecoin.Primitives.Tests;

public sealed class TokenAmountTests
{
    private static readonly Gen<BigInteger> Numbers = Gen.Byte.Array[0, 20]
        .Select(bytes => new BigInteger(bytes));

    [Fact]
    public void Sums_differences_and_order_are_those_of_integers() => Gen.Select(Numbers, Numbers)
        .Sample(
            (left, right) =>
            {
                TokenAmount a = TokenAmount.FromAtto(left);
                TokenAmount b = TokenAmount.FromAtto(right);
                Assert.Equal(left + right, (a + b).ToBigInteger());
                Assert.Equal(left - right, (a - b).ToBigInteger());
                Assert.Equal(left.CompareTo(right) < 0, a < b);
                Assert.Equal(left == right, a == b);
            },
            seed: "0000KOIPe036");

    [Fact]
    public void Products_are_those_of_integers() => Gen.Select(Numbers, Gen.Long).Sample(
        (amount, factor) => Assert.Equal(
            amount * factor, (TokenAmount.FromAtto(amount) * factor).ToBigInteger()),
        seed: "0000KOIPe036");

    [Fact]
    public void Quotients_are_those_of_integers_rounded_down_or_up() =>
        Gen.Select(Numbers, Gen.Long.Where(divisor => divisor != 0)).Sample(
            (number, divisor) =>
            {
                TokenAmount amount = TokenAmount.FromAtto(number);
                BigInteger rest = ((number % divisor) + divisor) % divisor;
                BigInteger floor = (number - rest) / divisor;
                Assert.Equal(floor, amount.DivideFloor(divisor).ToBigInteger());
                Assert.Equal(
                    rest.IsZero ? floor : floor + 1, amount.DivideCeiling(divisor).ToBigInteger());
            },
            seed: "0000KOIPe036");

    [Theory]
    [InlineData(7, 2, 3, 4)]
    [InlineData(-7, 2, -4, -3)]
    [InlineData(7, -2, -4, -3)]
    [InlineData(-7, -2, 3, 4)]
    [InlineData(8, 2, 4, 4)]
    public void Rounding_is_towards_one_end_whatever_the_signs(
        long amount, long divisor, long floor, long ceiling)
    {
        Assert.Equal(
            TokenAmount.FromAtto(floor), TokenAmount.FromAtto(amount).DivideFloor(divisor));
        Assert.Equal(
            TokenAmount.FromAtto(ceiling), TokenAmount.FromAtto(amount).DivideCeiling(divisor));
    }

    [Fact]
    public void Nothing_can_be_divided_by_0() =>
        Assert.Throws<DivideByZeroException>(() => TokenAmount.FromFil(1).DivideFloor(0));

    [Fact]
    public void Sums_and_products_leave_the_128_bits_and_come_back()
    {
        TokenAmount largest = TokenAmount.FromAtto((BigInteger)Int128.MaxValue);
        TokenAmount one = TokenAmount.FromAtto(1);

        Assert.Equal((BigInteger)Int128.MaxValue + 1, (largest + one).ToBigInteger());
        Assert.Equal(largest, largest + one - one);
        Assert.Equal(
            (BigInteger)Int128.MinValue - 1,
            (TokenAmount.Zero - largest - one - one).ToBigInteger());
        Assert.Equal(
            (BigInteger)Int128.MaxValue * long.MinValue, (largest * long.MinValue).ToBigInteger());
    }

    [Theory]
    [InlineData("0", "0 FIL")]
    [InlineData("1500000000000000000", "1.5 FIL")]
    [InlineData("-1", "-0.000000000000000001 FIL")]
    public void Fil_has_the_decimals_it_takes(string atto, string fil)
    {
        Assert.True(TokenAmount.TryParse(atto, out TokenAmount amount));
        Assert.Equal(fil, amount.ToFilString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData("1 ")]
    [InlineData("1\0")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("1.0")]
    public void Text_other_than_digits_is_no_amount(string? text) =>
        Assert.False(TokenAmount.TryParse(text, out _));

    [Fact]
    public void Any_amount_survives_cbor() => Numbers.Sample(
        number =>
        {
            TokenAmount amount = TokenAmount.FromAtto(number);
            Assert.True(Cbor.TryDecode(Cbor.Encode(amount), out TokenAmount decoded, out _));
            Assert.Equal(amount, decoded);
        },
        seed: "0000KOIPe036");

    [Theory]
    [InlineData("40", "0")]
    [InlineData("420001", "1")]
    [InlineData("420101", "-1")]
    [InlineData("42007f", "127")]
    [InlineData("420080", "128")]
    [InlineData("4200ff", "255")]
    [InlineData("43000100", "256")]
    [InlineData("49000de0b6b3a7640000", "1000000000000000000")]
    [InlineData("49010de0b6b3a7640000", "-1000000000000000000")]
    [InlineData("4d0006765c793fa10079d0000000", "2000000000000000000000000000")]
    [InlineData("420105", "-5")]
    public void Cbor_is_a_sign_and_a_magnitude(string hex, string amount)
    {
        Assert.True(Cbor.TryDecode(Convert.FromHexString(hex), out TokenAmount decoded, out _));
        Assert.Equal(amount, decoded.ToString());
        Assert.Equal(hex, Convert.ToHexStringLower(Cbor.Encode(decoded)));
    }

    [Fact]
    public void Cbor_holds_128_bytes_and_no_more()
    {
        byte[] longest = [0x58, 128, 0, .. Enumerable.Repeat((byte)0xff, 127)];
        byte[] longer = [0x58, 129, 0, .. Enumerable.Repeat((byte)0xff, 128)];

        Assert.True(Cbor.TryDecode(longest, out TokenAmount amount, out _));
        Assert.Equal(BigInteger.Pow(2, 8 * 127) - 1, amount.ToBigInteger());
        Assert.Equal(longest, Cbor.Encode(amount));
        Assert.False(Cbor.TryDecode<TokenAmount>(longer, out _, out _));
    }

    [Fact]
    public void A_sign_other_than_0_and_1_is_refused() =>
        Assert.False(Cbor.TryDecode<TokenAmount>([0x42, 2, 1], out _, out _));
}
