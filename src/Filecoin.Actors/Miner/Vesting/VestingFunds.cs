using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>Funds that are unlocked at an epoch.</summary>
/// <param name="Epoch">After which they are.</param>
/// <param name="Amount">How much.</param>
[CborTuple]
public readonly partial record struct VestingFund(long Epoch, TokenAmount Amount);

/// <summary>Funds that are unlocked bit by bit; null for none.</summary>
/// <param name="Table">The first of them, and the rest in a block.</param>
/// <remarks>
/// Spec: actors/miner-state 1.5; builtin-actors actors/miner/src/vesting_state.rs. Errors:
/// USR_ILLEGAL_STATE, the block cannot be read.
/// </remarks>
public readonly record struct VestingFunds(VestingTable? Table) : ICbor<VestingFunds>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out VestingFunds value)
    {
        bool isRead = OptionalForm<VestingTable, ValueForm<VestingTable>>.TryRead(
            ref reader, out VestingTable? table);
        value = new(table);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        OptionalForm<VestingTable, ValueForm<VestingTable>>.Write(ref writer, Table);

    /// <summary>All of them, ascending; not a first one that is used up.</summary>
    public List<VestingFund> Load(IRuntime runtime)
    {
        if (Table is not VestingTable table)
        {
            return [];
        }

        ValueList<VestingFund> tail =
            runtime.GetBlock<VestingList>(
                table.Tail, "vesting funds", ExitCode.UserIllegalState).Funds;
        return table.Head.Amount > TokenAmount.Zero
            ? [table.Head, .. tail.Span]
            : [.. tail.Span];
    }

    /// <summary>Takes out what is unlocked before an epoch.</summary>
    /// <returns>What is left, and how much was unlocked.</returns>
    public (VestingFunds Left, TokenAmount Unlocked) Unlock(IRuntime runtime, long epoch)
    {
        if (Table is not VestingTable table || table.Head.Epoch >= epoch)
        {
            return (this, default);
        }

        List<VestingFund> funds = Load(runtime);
        TokenAmount unlocked = TakeVested(funds, epoch);
        return (Save(runtime, funds), unlocked);
    }

    /// <summary>Adds funds, and takes out what is unlocked before an epoch.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="epoch">The epoch, from which the new funds begin to vest.</param>
    /// <param name="amount">The new funds.</param>
    /// <param name="periodStart">An epoch at which funds are unlocked.</param>
    /// <returns>What there is, and how much was unlocked.</returns>
    public (VestingFunds Left, TokenAmount Unlocked) Add(
        IRuntime runtime, long epoch, TokenAmount amount, long periodStart)
    {
        List<VestingFund> funds =
            Merge(Load(runtime), VestingSchedule.Reward.Spread(epoch, amount, periodStart));
        TokenAmount unlocked = TakeVested(funds, epoch);
        return (Save(runtime, funds), unlocked);
    }

    /// <summary>
    /// Takes out what is unlocked before an epoch, and of the rest up to an amount.
    /// </summary>
    /// <returns>What is left, how much was unlocked, and how much of the rest.</returns>
    public (VestingFunds Left, TokenAmount Vested, TokenAmount Unvested) UnlockForced(
        IRuntime runtime, long epoch, TokenAmount target)
    {
        if (Table is not VestingTable table)
        {
            return (this, default, default);
        }

        VestingFund head = table.Head;
        if (head.Epoch >= epoch && head.Amount >= target)
        {
            head = head with { Amount = head.Amount - target };
            return (new(table with { Head = head }), default, target);
        }

        List<VestingFund> funds = Load(runtime);
        TokenAmount vested = TakeVested(funds, epoch);
        TokenAmount unvested = default;
        int used = 0;
        for (; used < funds.Count; used++)
        {
            // Quirk: what lies behind a fund that is not vested is taken as vested if it is.
            VestingFund fund = funds[used];
            if (fund.Epoch < epoch)
            {
                vested += fund.Amount;
                continue;
            }

            if (fund.Amount >= target)
            {
                unvested += target;
                funds[used] = fund with { Amount = fund.Amount - target };
                break;
            }

            target -= fund.Amount;
            unvested += fund.Amount;
        }

        funds.RemoveRange(0, used);
        return (Save(runtime, funds), vested, unvested);
    }

    private static VestingFunds Save(IRuntime runtime, List<VestingFund> funds)
    {
        if (funds.Count == 0)
        {
            return default;
        }

        ReadOnlySpan<VestingFund> all =
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(funds);
        Cid tail = runtime.PutBlock(new VestingList(ValueList.Create(all[1..])));
        return new(new VestingTable(all[0], tail));
    }

    private static TokenAmount TakeVested(List<VestingFund> funds, long epoch)
    {
        TokenAmount vested = default;
        int count = 0;
        while (count < funds.Count && funds[count].Epoch < epoch)
        {
            vested += funds[count].Amount;
            count++;
        }

        funds.RemoveRange(0, count);
        return vested;
    }

    private static List<VestingFund> Merge(List<VestingFund> left, List<VestingFund> right)
    {
        List<VestingFund> merged = new(left.Count + right.Count);
        int i = 0;
        int j = 0;
        while (i < left.Count || j < right.Count)
        {
            int order = j == right.Count ? -1
                : i == left.Count ? 1
                : left[i].Epoch.CompareTo(right[j].Epoch);
            merged.Add(order switch
            {
                < 0 => left[i],
                > 0 => right[j],
                _ => new(left[i].Epoch, left[i].Amount + right[j].Amount),
            });
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return merged;
    }
}

/// <summary>Funds that are unlocked bit by bit.</summary>
/// <param name="Head">The first.</param>
/// <param name="Tail">The block with the rest.</param>
[CborTuple]
public readonly partial record struct VestingTable(VestingFund Head, Cid Tail);

/// <summary>Funds in a block: a bare list.</summary>
public readonly record struct VestingList(ValueList<VestingFund> Funds) : ICbor<VestingList>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out VestingList value)
    {
        bool isRead = ListForm<VestingFund, ValueForm<VestingFund>>.TryRead(
            ref reader, out ValueList<VestingFund> funds);
        value = new(funds);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        ListForm<VestingFund, ValueForm<VestingFund>>.Write(ref writer, Funds);
}

/// <summary>How funds are unlocked.</summary>
/// <param name="PeriodEpochs">How long it takes.</param>
/// <param name="StepEpochs">How often some are.</param>
/// <param name="QuantizationEpochs">To what the epochs are rounded up.</param>
public readonly record struct VestingSchedule(
    long PeriodEpochs, long StepEpochs, long QuantizationEpochs)
{
    /// <summary>How rewards are.</summary>
    public static VestingSchedule Reward { get; } =
        new(180 * Epochs.InDay, Epochs.InDay, 12 * Epochs.InHour);

    /// <summary>An amount by the epochs at which it is unlocked; each part rounded down.</summary>
    public List<VestingFund> Spread(long begin, TokenAmount amount, long periodStart)
    {
        Quantization quantization = new(QuantizationEpochs, periodStart);
        List<VestingFund> funds = [];
        TokenAmount vested = default;
        for (long epoch = begin + StepEpochs; vested < amount; epoch += StepEpochs)
        {
            long vestEpoch = quantization.Up(epoch);
            long elapsed = vestEpoch - begin;
            TokenAmount target = elapsed < PeriodEpochs
                ? (amount * elapsed).DivideFloor(PeriodEpochs)
                : amount;
            funds.Add(new(vestEpoch, target - vested));
            vested = target;
        }

        return funds;
    }
}
