namespace Filecoin.Rpc;

/// <summary>Runs transactions and calls again under one of geth's tracers.</summary>
/// <remarks>
/// Instructions are seen only where contracts run in C#: a network on the official Wasm refuses
/// the tracer of opcodes, since its gas would be another's.
/// </remarks>
internal sealed class Tracing(RpcNode node)
{
    /// <summary>What a transaction of the chain did.</summary>
    public object OfTransaction(Tipset tipset, int index, TracerOptions options) =>
        OfTransactions(tipset, options, index)[0].Result;

    /// <summary>What the transactions of a block did.</summary>
    /// <param name="tipset">The block.</param>
    /// <param name="options">How it is shown.</param>
    /// <param name="only">Which one; null for all.</param>
    public List<TracedTransactionView> OfTransactions(
        Tipset tipset, TracerOptions options, int? only = null)
    {
        List<TracedTransactionView> views = [];
        if (node.MessagesOf(tipset).Count == 0)
        {
            return views;
        }

        bool showsCalls = options.ShowsCalls();
        RequireInstructions(showsCalls);
        Dictionary<int, StructLogRecorder> recorders = [];
        IReadOnlyList<AppliedMessage> messages = node.Chain.Replay(
            tipset,
            isTracing: true,
            index => showsCalls || index != (only ?? index)
                ? null
                : recorders[index] = new(options)).Messages;
        ActorView state = node.StateAfter(tipset);
        for (int i = only ?? 0; i <= (only ?? (messages.Count - 1)); i++)
        {
            AppliedMessage applied = messages[i];
            views.Add(new(
                TransactionViews.HashOf(applied.Message, node.Chain.Network),
                ViewOf(
                    new(applied.Message.Message, applied.Result, state),
                    options,
                    recorders.GetValueOrDefault(i))));
        }

        return views;
    }

    /// <summary>What a call would do after a block.</summary>
    public object OfCall(CallRequest request, Tipset tipset, TracerOptions options)
    {
        bool showsCalls = options.ShowsCalls();
        RequireInstructions(showsCalls);
        StructLogRecorder? recorder = showsCalls ? null : new(options);
        Message message = EthereumCalls.MessageOf(request, node.Chain.Network.BlockGasMax);
        ApplyResult result = node.Calls.Run(
            message,
            node.Chain.ContextAfter(tipset) with { IsTracing = true },
            tipset,
            observer: recorder);
        return ViewOf(new(message, result, node.StateAfter(tipset)), options, recorder);
    }

    private readonly record struct Ran(Message Message, ApplyResult Result, ActorView State);

    private static object ViewOf(in Ran ran, TracerOptions options, StructLogRecorder? recorder)
    {
        TracedCall call = ran.Result.Trace is ExecutionTrace trace
            && new CallReading(trace, ran.State).Read(ran.Message) is TracedCall read
                ? read
                : throw new RpcException($"it did not run: {ran.Result.Failure}");
        CallFrameView frame = CallFrames.Of(
            call, ran.State, recorder is not null || options.TracerConfig is { OnlyTopCall: true });
        return recorder is null ? frame : new StructLogsView
        {
            Gas = ran.Result.Receipt.GasUsed,
            Failed = !ran.Result.Receipt.ExitCode.IsSuccess,
            ReturnValue = Convert.FromHexString(frame.Output.AsSpan(2)),
            Steps = recorder.Steps,
        };
    }

    private void RequireInstructions(bool showsCalls)
    {
        Tipset head = node.Chain.Head;
        bool isSeen = showsCalls || node.Chain.OpenMachine(node.Chain.ContextAfter(head), head)
            .RunsNatively(node.StateAfter(head).CodeNamed("evm"));
        if (!isSeen)
        {
            throw new RpcException(
                "opcodes are not seen where contracts run as the official Wasm (--exact-gas): use"
                    + " callTracer, or a network on actors in C#");
        }
    }
}
