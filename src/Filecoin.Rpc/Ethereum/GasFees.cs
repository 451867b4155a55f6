namespace Filecoin.Rpc;

/// <summary>What gas cost of late.</summary>
/// <param name="OldestBlock">The first block's number.</param>
/// <param name="BaseFeePerGas">Base fees, one more than blocks.</param>
/// <param name="GasUsedRatio">How full blocks were, 0 to 1.</param>
/// <param name="Reward">For each block the premiums at the percentiles.</param>
public sealed record FeeHistoryView(
    string OldestBlock,
    IReadOnlyList<string> BaseFeePerGas,
    IReadOnlyList<double> GasUsedRatio,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyList<IReadOnlyList<string>>? Reward);

/// <summary>What gas costs.</summary>
/// <remarks>Spec: eth-compat 9.</remarks>
internal sealed class GasFees(RpcNode node)
{
    private const int BlocksMax = 1_024;
    private const int PercentilesMax = 100;

    /// <summary>What is offered to the miner where nothing else is asked for.</summary>
    public static TokenAmount Premium { get; } = TokenAmount.FromAtto(100_000);

    /// <summary>What a unit of gas costs in the next block.</summary>
    public TokenAmount Price => node.Chain.NextBaseFee + Premium;

    /// <summary>What a transaction is given for a fee cap: the fee may double twice.</summary>
    public TokenAmount Cap => (node.Chain.NextBaseFee * 4) + Premium;

    /// <summary>What gas cost up to a block.</summary>
    public FeeHistoryView History(
        ulong count, BlockParameter newest, IReadOnlyList<double>? percentiles)
    {
        if (count is 0 or > BlocksMax)
        {
            throw RpcException.BadParameters($"{count} blocks are not 1 to {BlocksMax}");
        }

        Check(percentiles);
        List<string> fees = [];
        List<double> ratios = [];
        List<IReadOnlyList<string>> rewards = [];
        Tipset tipset = node.Blocks.Get(newest);
        fees.Add(Hex.Of(tipset == node.Chain.Head
            ? node.Chain.NextBaseFee
            : tipset.ParentBaseFee));
        while (true)
        {
            List<(TokenAmount Premium, long Gas)> paid = PaidIn(tipset);
            long gas = 0;
            paid.ForEach(entry => gas += entry.Gas);
            fees.Add(Hex.Of(tipset.ParentBaseFee));
            ratios.Add((double)gas / (node.Chain.Network.BlockGasMax * tipset.Blocks.Count));
            rewards.Add(Rewards(paid, gas, percentiles ?? []));
            if (ratios.Count == (int)count
                || tipset.Epoch.Value == 0
                || !node.Chain.Store.TryGetTipset(tipset.Parents, out Tipset? parent))
            {
                break;
            }

            tipset = parent;
        }

        fees.Reverse();
        ratios.Reverse();
        rewards.Reverse();
        return new(
            Hex.Of((ulong)tipset.Epoch.Value), fees, ratios, percentiles is null ? null : rewards);
    }

    private static void Check(IReadOnlyList<double>? percentiles)
    {
        double last = 0;
        foreach (double percentile in percentiles ?? [])
        {
            if (!(percentile >= last && percentile <= 100))
            {
                throw RpcException.BadParameters("percentiles rise from 0 to 100");
            }

            last = percentile;
        }

        if (percentiles?.Count > PercentilesMax)
        {
            throw RpcException.BadParameters($"more than {PercentilesMax} percentiles");
        }
    }

    private List<(TokenAmount Premium, long Gas)> PaidIn(Tipset tipset)
    {
        List<(TokenAmount Premium, long Gas)> paid = [];
        IReadOnlyList<ChainMessage> messages = node.MessagesOf(tipset);
        if (!node.Chain.Store.TryGetRecord(tipset, out TipsetRecord? record))
        {
            return paid;
        }

        for (int i = 0; i < messages.Count; i++)
        {
            if (node.Chain.Store.TryGetReceipt(record, (ulong)i, out Receipt? receipt))
            {
                paid.Add((
                    BlockFees.EffectivePremium(messages[i].Message, tipset.ParentBaseFee),
                    receipt.GasUsed));
            }
        }

        paid.Sort(static (left, right) => left.Premium.CompareTo(right.Premium));
        return paid;
    }

    private static string[] Rewards(
        List<(TokenAmount Premium, long Gas)> paid, long gas, IReadOnlyList<double> percentiles)
    {
        string[] rewards = new string[percentiles.Count];
        int at = 0;
        long passed = paid.Count > 0 ? paid[0].Gas : 0;
        for (int i = 0; i < rewards.Length; i++)
        {
            double threshold = gas * percentiles[i] / 100;
            while (at < paid.Count - 1 && passed < threshold)
            {
                passed += paid[++at].Gas;
            }

            rewards[i] = Hex.Of(paid.Count == 0 ? Premium : paid[at].Premium);
        }

        return rewards;
    }
}
