using System.Collections.Concurrent;

namespace Filecoin.Rpc;

/// <summary>The logs of tipsets, those of late kept.</summary>
/// <remarks>Spec: eth-compat 7.1 and 7.3.</remarks>
internal sealed class LogIndex(RpcNode node)
{
    private const int KeptMax = 4_096;
    private const int TopicLength = 32;

    private readonly ConcurrentDictionary<Cid, IReadOnlyList<LogView>> kept = [];

    /// <summary>The logs of a tipset in order.</summary>
    /// <param name="tipset">The tipset.</param>
    /// <param name="state">The state that it led to; null to open it where it is needed.</param>
    public IReadOnlyList<LogView> Of(Tipset tipset, ActorView? state = null)
    {
        if (kept.TryGetValue(tipset.KeyCid, out IReadOnlyList<LogView>? logs))
        {
            return logs;
        }

        logs = Read(tipset, state);
        if (kept.Count >= KeptMax)
        {
            kept.Clear();
        }

        kept[tipset.KeyCid] = logs;
        return logs;
    }

    /// <summary>
    /// The logs of a tipset that the chain has no longer, marked as removed, the last one first.
    /// </summary>
    /// <remarks>Spec: go-ethereum core/blockchain.go, reorg.</remarks>
    public IEnumerable<LogView> RemovedOf(Tipset tipset)
    {
        foreach (LogView log in Of(tipset).Reverse())
        {
            yield return log with { Removed = true };
        }
    }

    /// <summary>The logs that a filter wants, of the whole chain.</summary>
    public List<LogView> Find(LogFilter filter)
    {
        List<LogView> found = [];
        if (filter.Block is BlockParameter block)
        {
            Take(filter, node.Blocks.Get(block), found);
            return found;
        }

        Tipset head = node.Chain.Head;
        long from = EpochOf(filter.FromBlock, head);
        long to = long.Min(EpochOf(filter.ToBlock, head), head.Epoch.Value);
        if (from > to + 1 && filter.ToBlock is not null)
        {
            throw new RpcException($"fromBlock {from} is after toBlock {to}");
        }

        if (to - from > node.Limits.RangeMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode,
                $"block range exceeds maximum of {node.Limits.RangeMax} (got {to - from})"));
        }

        for (long epoch = from; epoch <= to; epoch++)
        {
            ExecutorThread.Pause();
            if (node.Chain.TryGetTipset(new(epoch), NullRound.Refused, out Tipset? tipset))
            {
                Take(filter, tipset, found);
            }
        }

        return found;
    }

    private void Take(LogFilter filter, Tipset tipset, List<LogView> found)
    {
        foreach (LogView log in Of(tipset))
        {
            if (filter.Matches(log))
            {
                found.Add(log);
            }
        }

        if (found.Count > node.Limits.ResultsMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {node.Limits.ResultsMax} logs: ask for less"));
        }
    }

    private long EpochOf(BlockParameter? block, Tipset head) => block is { Number: ulong number }
        ? (long)ulong.Min(number, long.MaxValue)
        : block is null ? head.Epoch.Value : node.Blocks.Get(block).Epoch.Value;

    private List<LogView> Read(Tipset tipset, ActorView? state)
    {
        List<LogView> logs = [];
        if (tipset.Epoch.Value == 0
            || !node.Chain.Store.TryGetRecord(tipset, out TipsetRecord? record))
        {
            return logs;
        }

        IReadOnlyList<ChainMessage> messages = node.MessagesOf(tipset);
        int number = 0;
        for (int i = 0; i < messages.Count; i++)
        {
            if (!node.Chain.Store.TryGetReceipt(record, (ulong)i, out Receipt? receipt)
                || receipt.EventsRoot is not Cid root)
            {
                continue;
            }

            state ??= node.StateAfter(tipset);
            LogPlace place = new(
                Hex.Of((ulong)tipset.Epoch.Value),
                Hex.OfBytes(tipset.KeyCid.Digest),
                TransactionViews.HashOf(messages[i], node.Chain.Network),
                Hex.Of((ulong)i));
            foreach (StampedEvent stamped in EventTree.Load(node.Chain.Store.Blocks, root))
            {
                // Quirk: events that are no logs are counted as well.
                if (TryMake(stamped, place, state, number++) is LogView log)
                {
                    logs.Add(log);
                }
            }
        }

        return logs;
    }

    internal readonly record struct LogPlace(
        string BlockNumber, string BlockHash, string TransactionHash, string TransactionIndex);

    /// <summary>The log that an event is; null if it is none.</summary>
    internal static LogView? TryMake(
        StampedEvent stamped, LogPlace place, ActorView state, int number)
    {
        string?[] topics = new string?[4];
        string? data = null;
        foreach (EventEntry entry in stamped.Entries)
        {
            if (entry.Codec != Codec.Raw)
            {
                return null;
            }

            if (entry.Key == "d")
            {
                if (data is not null)
                {
                    return null;
                }

                data = Hex.OfBytes(entry.Value.Span);
            }
            else if (entry.Key is ['t', >= '1' and <= '4'])
            {
                int index = entry.Key[1] - '1';
                if (entry.Value.Length != TopicLength || topics[index] is not null)
                {
                    return null;
                }

                topics[index] = Hex.OfBytes(entry.Value.Span);
            }
        }

        int count = Array.FindLastIndex(topics, static topic => topic is not null) + 1;
        return Array.IndexOf(topics, null, 0, count) >= 0 ? null : new(
            state.EthereumOf(stamped.Emitter),
            topics[..count]!,
            data ?? "0x",
            place.BlockNumber,
            place.BlockHash,
            place.TransactionHash,
            place.TransactionIndex,
            Hex.Of((ulong)number),
            false);
    }
}
