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
    [InlineData("420105", "-5")]
    public void Cbor_is_a_sign_and_a_magnitude(string hex, string amount)
    {
        Assert.True(Cbor.TryDecode(Convert.FromHexString(hex), out TokenAmount decoded, out _));
        Assert.Equal(amount, decoded.ToString());
        Assert.Equal(hex, Convert.ToHexStringLower(Cbor.Encode(decoded)));
    }

    [Fact]
    public void A_sign_other_than_0_and_1_is_refused() =>
        Assert.False(Cbor.TryDecode<TokenAmount>([0x42, 2, 1], out _, out _));
}
