using CsCheck;

namespace Filecoin.Vm.Tests;

/// <summary>
/// Who pays what. Golden values: gas-schedule 15; ref-fvm fvm/src/gas/outputs.rs.
/// </summary>
public sealed class FeeSettlementTests
{
    private const long BaseFee = 10;

    [Theory]
    [InlineData(100, 200, 10, 90)]
    [InlineData(100, 150, 30, 20)]
    [InlineData(1_000, 1_300, 240, 60)]
    [InlineData(500, 700, 140, 60)]
    [InlineData(200, 200, 0, 0)]
    [InlineData(20_000, 21_000, 1_000, 0)]
    [InlineData(0, 2_000, 0, 2_000)]
    [InlineData(500, 651, 121, 30)]
    [InlineData(500, 5_000, 0, 4_500)]
    [InlineData(7_499_000_000, 7_500_000_000, 1_000_000, 0)]
    [InlineData(3_750_000_000, 7_500_000_000, 375_000_000, 3_375_000_000)]
    [InlineData(1, 7_500_000_000, 0, 7_499_999_999)]
    public void Gas_left_over_comes_back_unless_too_much_was_reserved(
        long used, ulong limit, long refund, long burn)
    {
        GasOutputs outputs = Settle(used, limit, cap: 11, premium: 1);

        Assert.Equal((refund, burn), (outputs.GasRefund, outputs.GasBurned));
    }

    [Theory]
    [InlineData(110, 11, 1, 1_000, 0, 0, 110, 100)]
    [InlineData(130, 11, 1, 1_000, 60, 0, 130, 240)]
    [InlineData(110, 10, 1, 1_000, 0, 0, 0, 100)]
    [InlineData(110, 6, 1, 600, 0, 400, 0, 60)]
    public void What_the_sender_put_aside_is_divided(
        ulong limit,
        long cap,
        long premium,
        long baseFeeBurn,
        long overEstimationBurn,
        long penalty,
        long tip,
        long refund)
    {
        GasOutputs outputs = Settle(used: 100, limit, cap, premium);

        Assert.Equal(TokenAmount.FromAtto(baseFeeBurn), outputs.BaseFeeBurn);
        Assert.Equal(TokenAmount.FromAtto(overEstimationBurn), outputs.OverEstimationBurn);
        Assert.Equal(TokenAmount.FromAtto(penalty), outputs.MinerPenalty);
        Assert.Equal(TokenAmount.FromAtto(tip), outputs.MinerTip);
        Assert.Equal(TokenAmount.FromAtto(refund), outputs.Refund);
    }

    [Fact]
    public void The_parts_make_the_whole() =>
        Gen.Select(
            Gen.Long[0, 10_000_000_000],
            Gen.Long[0, 10_000_000_000],
            Gen.Long[0, 1_000_000_000],
            Gen.Long[0, 1_000_000_000])
        .Sample(
            (limit, used, cap, premium) =>
            {
                GasOutputs outputs = Settle(
                    long.Min(used, limit), (ulong)limit, cap, premium);
                return outputs.BaseFeeBurn + outputs.OverEstimationBurn + outputs.Refund
                    + outputs.MinerTip == TokenAmount.FromAtto(cap) * limit;
            },
            seed: "0000000000000");

    private static GasOutputs Settle(long used, ulong limit, long cap, long premium) =>
        FeeSettlement.Compute(
            used,
            limit,
            TokenAmount.FromAtto(BaseFee),
            TokenAmount.FromAtto(cap),
            TokenAmount.FromAtto(premium));
}
