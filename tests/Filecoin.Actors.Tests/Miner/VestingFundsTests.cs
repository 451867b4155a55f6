using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>Vesting funds: when an amount is unlocked, and in what form it is kept.</summary>
public sealed class VestingFundsTests
{
    [Fact]
    public void An_amount_is_unlocked_in_180_days_at_epochs_of_12_hours()
    {
        List<VestingFund> funds =
            VestingSchedule.Reward.Spread(1_000, TokenAmount.FromAtto(1_000_003), 17);
        Assert.InRange(funds.Count, 180, 181);
        Assert.All(funds, fund => Assert.Equal(17, fund.Epoch % (12 * Epochs.InHour)));
        Assert.All(funds, fund => Assert.True(fund.Amount > TokenAmount.Zero));
        Assert.Equal(
            TokenAmount.FromAtto(1_000_003),
            funds.Aggregate(TokenAmount.Zero, (sum, fund) => sum + fund.Amount));
    }

    [Fact]
    public void Nothing_is_null_and_a_head_that_is_used_up_stays()
    {
        MemoryRuntime runtime = new();
        Assert.Equal([0xf6], Cbor.Encode(default(VestingFunds)));
        (VestingFunds funds, _) =
            default(VestingFunds).Add(runtime, 0, TokenAmount.FromAtto(1_000), 0);
        (VestingFunds left, TokenAmount vested, TokenAmount unvested) =
            funds.UnlockForced(runtime, 0, funds.Load(runtime)[0].Amount);
        Assert.True(vested.IsZero);
        Assert.Equal(funds.Load(runtime)[0].Amount, unvested);
        Assert.Equal(funds.Table!.Value.Tail, left.Table!.Value.Tail);
        Assert.True(left.Table.Value.Head.Amount.IsZero);
        Assert.Equal(funds.Load(runtime).Count - 1, left.Load(runtime).Count);
    }
}
