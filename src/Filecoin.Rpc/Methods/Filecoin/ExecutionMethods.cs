namespace Filecoin.Rpc;

/// <summary>Messages: to run them for nothing or again, to find them, to wait for them.</summary>
/// <remarks>
/// Spec: lotus node/impl/full/state.go; eth-compat 13. A tipset is executed when the chain takes
/// it: a message is found in the tipset that it ran in, not in the one after.
/// </remarks>
public static class ExecutionMethods
{
    private const int ComputedMax = 1_000;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<MessageView, TipsetLinks?, InvocationView>(
            "Filecoin.StateCall", Permission.Read, "Runs a message for nothing.", Call, 1),
        RpcMethod.Of<TipsetLinks?, CidLink, InvocationView>(
            "Filecoin.StateReplay", Permission.Read, "Runs a message of the chain again.",
            Replay),
        RpcMethod.Of<long, IReadOnlyList<MessageView>?, TipsetLinks?, ComputedStateView>(
            "Filecoin.StateCompute", Permission.Read, "Runs messages on a state.", Compute, 1),
        RpcMethod.Of<TipsetLinks?, CidLink, long?, bool?, MessageLookupView?>(
            "Filecoin.StateSearchMsg", Permission.Read,
            "Finds a message, or what took its place, at most so many epochs back.", Search, 2),
        RpcMethod.Of<CidLink, ulong?, long?, bool?, MessageLookupView>(
            "Filecoin.StateWaitMsg", Permission.Read,
            "Waits for a message, and where blocks are made by time for epochs after it.",
            WaitFor, 1),
        RpcMethod.Of<MessageMatch, TipsetLinks?, long, IReadOnlyList<CidLink>>(
            "Filecoin.StateListMessages", Permission.Read,
            "The messages to or from somebody since an epoch.", ListMessages),
    ];

    /// <summary>A message of the store or the pool.</summary>
    /// <exception cref="RpcException">It is not there, or is none.</exception>
    internal static Message MessageOf(RpcCall call, Cid cid) =>
        TryGetMessage(call, cid, out Message? message)
            ? message
            : throw new RpcException(call.Node.Chain.Store.Blocks.Has(cid)
                ? $"{cid} is no message"
                : $"block not found: {cid}");

    /// <summary>Gets a message of the store or the pool.</summary>
    internal static bool TryGetMessage(
        RpcCall call,
        Cid cid,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Message? message)
    {
        message = !call.Node.Chain.Store.Blocks.TryGet(cid, out ReadOnlyMemory<byte> block)
            ? call.Node.Chain.Pool.TryGet(cid, out PoolEntry? entry) ? entry.Message.Message : null
            : Cbor.TryDecode<SignedMessage>(block.Span, out SignedMessage? signed, out _)
                ? signed.Message
                : Cbor.TryDecode<Message>(block.Span, out Message? bare, out _) ? bare : null;
        return message is not null;
    }

    /// <summary>What a message would lead to after a tipset.</summary>
    internal static InvocationView Call(RpcCall call, MessageView message, TipsetLinks? key)
    {
        Tipset at = call.TipsetOf(key);
        Message asked = message.ToMessage();
        Message run = WithGas(call, asked);
        long start = TimeProvider.System.GetTimestamp();
        ApplyResult result = call.Node.Calls.Run(
            run, call.Node.Chain.ContextAfter(at) with { IsTracing = true }, at);
        return InvocationView.Of(
            run, asked.Cid, result, TimeProvider.System.GetElapsedTime(start)) with
        {
            Msg = MessageView.Of(asked),
        };
    }

    /// <summary>A message that pays nothing for gas, and has all there is by default.</summary>
    private static Message WithGas(RpcCall call, Message message) => message with
    {
        GasLimit = message.GasLimit == 0
            ? (ulong)call.Node.Chain.Network.BlockGasMax
            : message.GasLimit,
        GasFeeCap = TokenAmount.Zero,
        GasPremium = TokenAmount.Zero,
    };

    private static InvocationView Replay(RpcCall call, TipsetLinks? key, CidLink message)
    {
        Tipset? tipset = key is { Count: > 0 } ? call.TipsetOf(key)
            : MessageSearch.Any(message.Cid).TryFind(call, out Tipset? found, out _) ? found
            : throw NotFound(message);
        foreach (AppliedMessage applied in
            call.Node.Chain.Replay(tipset, isTracing: true).Messages)
        {
            if (applied.Message.Cid == message.Cid)
            {
                return InvocationView.Of(
                    applied.Message.Message, message.Cid, applied.Result, TimeSpan.Zero);
            }
        }

        throw NotFound(message);
    }

    private static RpcException NotFound(CidLink message) => new($"didn't find msg {message.Cid}");

    private static ComputedStateView Compute(
        RpcCall call, long height, IReadOnlyList<MessageView>? messages, TipsetLinks? key)
    {
        if (messages?.Count > ComputedMax)
        {
            throw RpcException.BadParameters($"more than {ComputedMax} messages");
        }

        Tipset tipset = call.TipsetOf(key);
        if (messages is null or { Count: 0 } && height == tipset.Epoch.Value && height > 0)
        {
            return Recompute(call, tipset);
        }

        MachineContext context = call.Node.Chain.ContextAfter(tipset) with
        {
            Epoch = new(long.Max(height, tipset.Epoch.Value)),
            IsTracing = true,
        };
        return ExecutorThread.Run(() =>
        {
            Executor executor = new(call.Node.Chain.OpenMachine(context, tipset));
            List<InvocationView> traces = [];
            foreach (MessageView message in messages ?? [])
            {
                Message run = WithGas(call, message.ToMessage());
                traces.Add(InvocationView.Of(
                    run, run.Cid, executor.Apply(run, ApplyKind.Implicit), TimeSpan.Zero));
            }

            return new ComputedStateView(new(executor.Flush()), traces);
        });
    }

    private static ComputedStateView Recompute(RpcCall call, Tipset tipset)
    {
        TipsetOutcome outcome = call.Node.Chain.Replay(tipset, isTracing: true);
        List<InvocationView> traces = [];
        foreach (AppliedMessage applied in outcome.Messages)
        {
            traces.Add(InvocationView.Of(
                applied.Message.Message, applied.Message.Cid, applied.Result, TimeSpan.Zero));
        }

        foreach (ImplicitMessage applied in outcome.Implicit)
        {
            traces.Add(InvocationView.Of(
                applied.Message, applied.Message.Cid, applied.Result, TimeSpan.Zero));
        }

        return new(new(outcome.StateRoot), traces);
    }

    private static MessageLookupView? Search(
        RpcCall call, TipsetLinks? tipset, CidLink message, long? limit, bool? replaced) =>
        new MessageSearch(message.Cid, limit ?? MessageSearch.NoLimit, replaced ?? true)
            .Find(call, call.TipsetOf(tipset));

    private static MessageLookupView WaitFor(
        RpcCall call, CidLink message, ulong? confidence, long? limit, bool? replaced) =>
        new MessageSearch(message.Cid, limit ?? MessageSearch.NoLimit, replaced ?? true)
            .Wait(call, confidence ?? 0);

    private static IReadOnlyList<CidLink> ListMessages(
        RpcCall call, MessageMatch match, TipsetLinks? key, long height)
    {
        if (match.To is null && match.From is null)
        {
            throw RpcException.BadParameters("must specify at least To or From in message filter");
        }

        ChainState state = ChainState.At(call, key);
        List<CidLink> found = [];
        Tipset at = state.Tipset;
        long last = long.Max(height, at.Epoch.Value - call.Node.Limits.RangeMax);
        while (at.Epoch.Value >= last && found.Count < call.Node.Limits.ResultsMax)
        {
            foreach (ChainMessage message in call.Node.MessagesOf(at))
            {
                if (IsMatch(state, match.From, message.Message.From)
                    && IsMatch(state, match.To, message.Message.To))
                {
                    found.Add(new(message.Cid));
                }
            }

            if (at.Epoch.Value == 0)
            {
                break;
            }

            at = call.ParentOf(at);
        }

        return found;
    }

    private static bool IsMatch(ChainState state, AddressView? wanted, Address address) =>
        wanted is not AddressView given || state.IsSame(given.Address, address);
}
