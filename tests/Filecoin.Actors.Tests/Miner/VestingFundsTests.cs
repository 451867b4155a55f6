using CsCheck;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>Vesting funds against a plain list of amounts by epoch.</summary>
public sealed class VestingFundsTests
{
    [Fact]
    public void No_fund_is_lost_or_made() =>
        Gen.Select(Gen.Int[0, 2], Gen.Long[0, 20_000], Gen.Long[0, 1_000_000])
            .Array[1, 25].Sample(
            steps =>
            {
                MemoryRuntime runtime = new();
                VestingFunds funds = default;
                SortedDictionary<long, long> model = [];
                long epoch = 0;
                foreach ((int kind, long passed, long amount) in steps)
                {
                    epoch += passed;
                    funds = Step(runtime, funds, model, kind, epoch, amount);
                    Assert.Equal(
                        model.Where(pair => pair.Value > 0).Sum(pair => pair.Value),
                        (long)funds.Load(runtime).Aggregate(
                            System.Numerics.BigInteger.Zero,
                            (sum, fund) => sum + fund.Amount.ToBigInteger()));
                    Assert.Equal(
                        funds.Load(runtime).OrderBy(fund => fund.Epoch), funds.Load(runtime));
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 300);

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

    private static VestingFunds Step(
        MemoryRuntime runtime,
        VestingFunds funds,
        SortedDictionary<long, long> model,
        int kind,
        long epoch,
        long amount)
    {
        TokenAmount target = TokenAmount.FromAtto(amount);
        switch (kind)
        {
            case 0:
                foreach (VestingFund fund in VestingSchedule.Reward.Spread(epoch, target, 0))
                {
                    model[fund.Epoch] = model.GetValueOrDefault(fund.Epoch)
                        + (long)fund.Amount.ToBigInteger();
                }

                long due = TakeDue(model, epoch);
                (VestingFunds added, TokenAmount unlocked) =
                    funds.Add(runtime, epoch, target, 0);
                Assert.Equal(TokenAmount.FromAtto(due), unlocked);
                return added;
            case 1:
                (VestingFunds left, TokenAmount vested) = funds.Unlock(runtime, epoch);
                Assert.Equal(TokenAmount.FromAtto(TakeDue(model, epoch)), vested);
                return left;
            default:
                (VestingFunds rest, TokenAmount dueNow, TokenAmount forced) =
                    funds.UnlockForced(runtime, epoch, target);
                Assert.Equal(TokenAmount.FromAtto(TakeDue(model, epoch)), dueNow);
                Assert.Equal(TokenAmount.FromAtto(TakeFirst(model, amount)), forced);
                return rest;
        }
    }

    private static long TakeDue(SortedDictionary<long, long> model, long epoch)
    {
        long sum = 0;
        foreach (long key in model.Keys.Where(key => key < epoch).ToArray())
        {
            sum += model[key];
            model.Remove(key);
        }

        return sum;
    }

    private static long TakeFirst(SortedDictionary<long, long> model, long target)
    {
        long taken = 0;
        foreach (long key in model.Keys.ToArray())
        {
            long part = Math.Min(target - taken, model[key]);
            taken += part;
            model[key] -= part;
        }

        return taken;
    }
}
