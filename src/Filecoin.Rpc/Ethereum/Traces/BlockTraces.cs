namespace Filecoin.Rpc;

/// <summary>Executes blocks again to show the calls of their transactions.</summary>
/// <remarks>
/// Spec: eth-compat 11. Messages of the protocol itself, rewards and cron, are left out as a node
/// of the network leaves them out: no trace is of type reward.
/// </remarks>
internal sealed class BlockTraces(RpcNode node)
{
    private const long SafeDistance = 31;

    /// <summary>The calls of a block's transactions.</summary>
    public List<TraceView> OfBlock(Tipset tipset)
    {
        List<TraceView> traces = [];
        int position = 0;
        foreach ((string hash, TracedCall? call) in Read(tipset))
        {
            position++;
            foreach (TraceView trace in FlatTrace.Of(call))
            {
                traces.Add(trace with
                {
                    BlockHash = Hex.OfBytes(tipset.KeyCid.Digest),
                    BlockNumber = tipset.Epoch.Value,
                    TransactionHash = hash,

                    // Quirk: counted from 1, unlike the receipt's index.
                    TransactionPosition = position,
                });
            }
        }

        return traces;
    }

    /// <summary>What each transaction of a block did.</summary>
    public List<TraceReplayView> Whole(Tipset tipset)
    {
        List<TraceReplayView> traces = [];
        foreach ((string hash, TracedCall? call) in Read(tipset))
        {
            traces.Add(FlatTrace.Whole(call, hash));
        }

        return traces;
    }

    /// <summary>What a call would do after a block.</summary>
    /// <exception cref="RpcException">It cannot be made at all.</exception>
    public TraceReplayView OfCall(CallRequest request, Tipset tipset)
    {
        CallPlan plan = node.Calls.Plan(request, tipset, null);
        ApplyResult result = node.Calls.Run(
            plan with { Context = plan.Context with { IsTracing = true } });
        return result.Trace is ExecutionTrace trace
            ? FlatTrace.Whole(
                new CallReading(trace, node.Calls.StateOf(plan)).Read(plan.Message), null)
            : throw new RpcException($"it did not run: {result.Failure}");
    }

    /// <summary>The calls that a filter wants.</summary>
    /// <exception cref="RpcException">It asks for more than is given.</exception>
    public List<TraceView> Find(TraceFilter filter)
    {
        RpcLimits limits = node.Limits;
        if (filter.Count is Quantity wanted && wanted.Value > limits.TracesMax)
        {
            throw new RpcException(
                $"invalid response count, requested {wanted.Value}, maximum supported is"
                    + $" {limits.TracesMax}");
        }

        (long from, long to) = (EpochOf(filter.FromBlock), EpochOf(filter.ToBlock));
        if (to - from > limits.TraceRangeMax)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode,
                $"block range exceeds maximum of {limits.TraceRangeMax} (got {to - from})"));
        }

        return Find(filter, from, to);
    }

    private List<TraceView> Find(TraceFilter filter, long from, long to)
    {
        List<TraceView> found = [];
        System.Numerics.BigInteger skipped = filter.After?.Value ?? 0;
        int wanted = (int?)filter.Count?.Value ?? node.Limits.TracesMax + 1;
        for (long epoch = from; epoch <= to && found.Count < wanted; epoch++)
        {
            if (!node.Chain.TryGetTipset(new(epoch), NullRound.Refused, out Tipset? tipset))
            {
                continue;
            }

            foreach (TraceView trace in OfBlock(tipset))
            {
                if (filter.Matches(trace) && skipped-- <= 0 && found.Count < wanted)
                {
                    found.Add(trace);
                }
            }
        }

        return found.Count <= node.Limits.TracesMax ? found : throw new RpcException(
            $"too many results, maximum supported is {node.Limits.TracesMax}, try paginating"
                + " requests with After and Count");
    }

    private long EpochOf(BlockParameter? block)
    {
        Tipset head = node.Chain.Head;
        return block switch
        {
            { Tag: "earliest" or "finalized" } tag => throw new RpcException(
                $"block param \"{tag.Tag}\" is not supported"),
            { Tag: "safe" } => long.Max(0, head.Epoch.Value - SafeDistance),
            { Number: ulong number } => (long)ulong.Min(number, (ulong)head.Epoch.Value),
            _ => node.Blocks.Get(block).Epoch.Value,
        };
    }

    private IEnumerable<(string Hash, TracedCall? Call)> Read(Tipset tipset)
    {
        if (node.MessagesOf(tipset).Count == 0)
        {
            yield break;
        }

        ActorView state = node.StateAfter(tipset);
        foreach (AppliedMessage applied in node.Chain.Replay(tipset, isTracing: true).Messages)
        {
            yield return (
                TransactionViews.HashOf(applied.Message, node.Chain.Network),
                applied.Result.Trace is ExecutionTrace trace
                    ? new CallReading(trace, state).Read(applied.Message.Message)
                    : null);
        }
    }
}
