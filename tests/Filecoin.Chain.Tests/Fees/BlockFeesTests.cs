using CsCheck;

namespace Filecoin.Chain.Tests.Fees;

public sealed class BlockFeesTests
{
    private static readonly NetworkParameters Network = NetworkParameters.Devnet;
    private static readonly NetworkParameters Before =
        NetworkParameters.Devnet with { Version = NetworkVersion.V27 };

    /// <summary>Source: lotus chain/store/basefee_test.go, TestBaseFee after Smoke.</summary>
    [Theory]
    [InlineData(100_000_000, 0, 1, 87_500_000)]
    [InlineData(100_000_000, 0, 5, 87_500_000)]
    [InlineData(100_000_000, 5_000_000_000, 1, 100_000_000)]
    [InlineData(100_000_000, 10_000_000_000, 2, 100_000_000)]
    [InlineData(100_000_000, 20_000_000_000, 2, 112_500_000)]
    [InlineData(100_000_000, 15_000_000_000, 2, 106_250_000)]
    public void Up_to_version_27_it_follows_the_gas_used(
        long baseFee, long gas, int blocks, long expected) => Assert.Equal(
            TokenAmount.FromAtto(expected),
            BlockFees.FromUse(Before, TokenAmount.FromAtto(baseFee), gas, blocks));

    /// <summary>Source: lotus chain/store/basefee_test.go, TestNextBaseFeeFromPremium.</summary>
    [Theory]
    [InlineData(100, 0, 100)]
    [InlineData(100, 13, 100)]
    [InlineData(100, 14, 101)]
    [InlineData(100, 26, 113)]
    [InlineData(801, 0, 700)]
    [InlineData(801, 20, 720)]
    [InlineData(801, 100, 800)]
    [InlineData(801, 120, 820)]
    [InlineData(801, 200, 900)]
    [InlineData(801, 201, 901)]
    [InlineData(808, 0, 707)]
    [InlineData(808, 1, 708)]
    [InlineData(808, 201, 908)]
    [InlineData(808, 202, 909)]
    [InlineData(808, 203, 909)]
    public void Since_version_28_it_follows_the_premium(
        long baseFee, long premium, long expected) => Assert.Equal(
            TokenAmount.FromAtto(expected),
            BlockFees.FromPremium(
                Network, TokenAmount.FromAtto(baseFee), TokenAmount.FromAtto(premium)));

    /// <summary>Source: lotus chain/store/basefee_test.go, TestWeightedQuickSelect.</summary>
    [Theory]
    [InlineData(new long[] { }, new long[] { }, 0)]
    [InlineData(new long[] { 123, 100 }, new long[] { 5_999_999_999, 2_000_000_000 }, 0)]
    [InlineData(new long[] { 123, 0 }, new long[] { 5_999_999_999, 2_000_000_001 }, 0)]
    [InlineData(new long[] { 123, 100 }, new long[] { 5_999_999_999, 2_000_000_001 }, 100)]
    [InlineData(new long[] { 123, 100 }, new long[] { 7_999_999_999, 2_000_000_001 }, 100)]
    [InlineData(new long[] { 123, 100 }, new long[] { 8_000_000_000, 2_000_000_000 }, 123)]
    [InlineData(new long[] { 123, 100 }, new long[] { 8_000_000_000, 9_000_000_000 }, 123)]
    [InlineData(
        new long[] { 100, 200, 300, 400, 500, 600, 700 },
        new long[]
        {
            4_000_000_000, 1_000_000_000, 2_000_000_000, 1_000_000_000, 2_000_000_000,
            2_000_000_000, 3_000_000_000,
        },
        400)]
    public void The_premium_that_counts_is_that_of_the_gas_at_four_fifths(
        long[] premiums, long[] limits, long expected)
    {
        List<(TokenAmount, long)> offers = [.. premiums.Zip(
            limits, (premium, limit) => (TokenAmount.FromAtto(premium), limit))];
        Assert.Equal(
            TokenAmount.FromAtto(expected), BlockFees.PremiumAt(offers, 8_000_000_000 - 1));
    }

    [Fact]
    public void It_changes_by_an_eighth_at_most_and_stays_above_its_least() =>
        Gen.Select(Gen.Long[100, 1L << 50], Gen.Long[0, 1L << 52], Gen.Bool).Sample(
            (fee, other, isOld) =>
            {
                TokenAmount before = TokenAmount.FromAtto(fee);
                TokenAmount next = isOld
                    ? BlockFees.FromUse(Before, before, other % 30_000_000_000, 1)
                    : BlockFees.FromPremium(Network, before, TokenAmount.FromAtto(other));
                TokenAmount eighth = before.DivideCeiling(8);
                Assert.True(next >= before - eighth && next <= before + eighth);
                Assert.True(next >= Network.BaseFeeMin);
            });

    [Fact]
    public void The_premium_does_not_depend_on_the_order_of_offers() =>
        Gen.Select(
            Gen.Select(Gen.Long[0, 9], Gen.Long[1, 3_000_000_000]).List[0, 30],
            Gen.Int).Sample((offers, seed) =>
            {
                List<(TokenAmount, long)> ordered = [.. offers.Select(offer =>
                    (TokenAmount.FromAtto(offer.Item1), offer.Item2))];
                List<(TokenAmount, long)> shuffled = [.. ordered];
                new Random(seed).Shuffle(
                    System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shuffled));
                Assert.Equal(
                    BlockFees.PremiumAt(ordered, 7_999_999_999),
                    BlockFees.PremiumAt(shuffled, 7_999_999_999));
            });
}
