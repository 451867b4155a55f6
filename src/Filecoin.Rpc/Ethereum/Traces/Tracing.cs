using System.Diagnostics;
using Filecoin.ActorRuntime;

namespace Filecoin.Rpc;

/// <summary>Runs transactions and calls again under one of geth's tracers.</summary>
/// <remarks>
/// Instructions are seen only where contracts run in C#: a network on the official Wasm refuses
/// the tracers of opcodes and of states, since its gas would be another's.
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

        TracerKind kind = options.Kind();
        RequireInstructions(kind);
        Dictionary<int, IInstructionObserver> recorders = [];
        BatchBlockstore blocks = new(node.Chain.Store.Blocks);
        IReadOnlyList<AppliedMessage> messages = Within(options, () => node.Chain.Replay(
            tipset,
            isTracing: true,
            index => index == (only ?? index) && RecorderOf(kind, options) is { } recorder
                ? recorders[index] = recorder
                : null,
            kind == TracerKind.States ? blocks : null).Messages);
        ActorView state = node.StateAfter(tipset);
        for (int i = only ?? 0; i <= (only ?? (messages.Count - 1)); i++)
        {
            AppliedMessage applied = messages[i];
            Ran ran = new(applied.Message.Message, applied.Result, state, LogsBefore(messages, i));
            views.Add(new(
                TransactionViews.HashOf(applied.Message, node.Chain.Network),
                recorders.GetValueOrDefault(i) switch
                {
                    StructLogRecorder opcodes => LogsOf(ran, opcodes),
                    AccessListRecorder touched when applied.States is (Cid before, Cid after) =>
                        StatesOf(ran, touched, blocks, before, after, options.Config),
                    _ when kind == TracerKind.Nothing => new object(),
                    _ when kind == TracerKind.Selectors => Selectors.Of(CallOf(ran)),
                    _ => FrameOf(ran, options.Config, GasNeeded(tipset, applied)),
                }));
        }

        return views;
    }

    /// <summary>What a call would do after a block.</summary>
    public object OfCall(CallRequest request, Tipset tipset, TracerOptions options)
    {
        TracerKind kind = options.Kind();
        RequireInstructions(kind);
        CallPlan plan = node.Calls.Plan(request, tipset, options.Overrides());
        plan = plan with { Context = plan.Context with { IsTracing = true } };
        IInstructionObserver? recorder = RecorderOf(kind, options);
        if (recorder is AccessListRecorder touched)
        {
            BatchBlockstore blocks = new(plan.Blocks ?? node.Chain.Store.Blocks);
            (ApplyResult outcome, Cid after) =
                Within(options, () => node.Calls.Run(plan, blocks, touched));
            RequireFunds(plan, outcome);
            return StatesOf(
                new(plan.Message, outcome, node.Calls.StateOf(plan), LogsBefore: 0),
                touched, blocks, plan.Context.StateRoot, after, options.Config);
        }

        ApplyResult result = Within(options, () => node.Calls.Run(plan, recorder));
        RequireFunds(plan, result);
        Ran ran = new(plan.Message, result, node.Calls.StateOf(plan), LogsBefore: 0);
        return recorder is StructLogRecorder opcodes ? LogsOf(ran, opcodes)
            : kind == TracerKind.Nothing ? new object()
            : kind == TracerKind.Selectors ? Selectors.Of(CallOf(ran))
            : FrameOf(ran, options.Config);
    }

    /// <summary>As a call without a tracer, which says who has what.</summary>
    private void RequireFunds(CallPlan plan, ApplyResult result)
    {
        if (result.Receipt.ExitCode == ExitCode.SysInsufficientFunds)
        {
            throw new CallFailures(node).Of(plan, result);
        }
    }

    /// <summary>Runs what must not take longer than its caller says.</summary>
    /// <exception cref="RpcException">It did.</exception>
    private static T Within<T>(TracerOptions options, Func<T> work)
    {
        if (options.Timeout is not string text)
        {
            return work();
        }

        TimeSpan most = GoDuration.Parse(text);
        long begun = Stopwatch.GetTimestamp();
        OperationCanceledException isOver = new("execution timeout");
        try
        {
            return ExecutorThread.RunWith(
                () =>
                {
                    if (Stopwatch.GetElapsedTime(begun) > most)
                    {
                        throw isOver;
                    }
                },
                work);
        }
        catch (OperationCanceledException ended) when (ended == isOver)
        {
            throw new RpcException(ended.Message);
        }
    }

    /// <summary>What a message that ran out of gas would have needed, in words.</summary>
    /// <remarks>
    /// On the state before its block: what messages before it changed may make a difference.
    /// </remarks>
    private string GasNeeded(Tipset tipset, in AppliedMessage applied)
    {
        if (applied.Result.Receipt.ExitCode != ExitCode.SysOutOfGas
            || !node.Chain.Store.TryGetTipset(tipset.Parents, out Tipset? parent))
        {
            return "";
        }

        Message message = applied.Message.Message;
        MachineContext context = node.Chain.ContextAfter(parent) with
        {
            StateRoot = tipset.ParentStateRoot,
            Epoch = tipset.Epoch,
            Timestamp = tipset.Timestamp,
        };
        ApplyResult whole = node.Calls.Run(
            message with
            {
                GasLimit = (ulong)node.Chain.Network.BlockGasMax,
                GasFeeCap = TokenAmount.Zero,
                GasPremium = TokenAmount.Zero,
            },
            context,
            parent);
        return whole.Receipt.ExitCode.IsSuccess
            ? $": the limit was {message.GasLimit}, it needs about {whole.Receipt.GasUsed}"
            : $": the limit was {message.GasLimit}";
    }

    private static int LogsBefore(IReadOnlyList<AppliedMessage> messages, int index)
    {
        int count = 0;
        for (int i = 0; i < index; i++)
        {
            count += messages[i].Result.Events.Count;
        }

        return count;
    }

    private static IInstructionObserver? RecorderOf(TracerKind kind, TracerOptions options) =>
        kind switch
        {
            TracerKind.Opcodes => new StructLogRecorder(options),
            TracerKind.Calls or TracerKind.Selectors or TracerKind.Nothing => null,
            TracerKind.States => new AccessListRecorder(),
        };

    private readonly record struct Ran(
        Message Message, ApplyResult Result, ActorView State, int LogsBefore);

    private static CallFrameView FrameOf(in Ran ran, TracerConfig config, string needed = "")
    {
        TracedCall call = CallOf(ran);
        CallFrameView frame = new CallFrames(ran.State, config, ran.LogsBefore).Of(call);
        return frame with
        {
            // As geth: the outermost call has all that the transaction may use, and has used.
            Gas = Hex.Of(ran.Message.GasLimit),
            GasUsed = Hex.Of((ulong)ran.Result.Receipt.GasUsed),
            Error = frame.Error is string error ? error + needed : null,
        };
    }

    private static TracedCall CallOf(in Ran ran) =>
        ran.Result.Trace is ExecutionTrace trace
        && new CallReading(trace, ran.State).Read(ran.Message) is TracedCall read
            ? read
            : throw new RpcException($"it did not run: {ran.Result.Failure}".TrimEnd());

    private object StatesOf(
        in Ran ran,
        AccessListRecorder recorder,
        IBlockstore blocks,
        Cid before,
        Cid after,
        TracerConfig config)
    {
        ActorView left = new(blocks, before, node.Line);
        ActorView right = new(blocks, after, node.Line);
        TouchedAccounts touched = new();
        touched.Add(left.EthereumOf(ran.Message.From));
        touched.Add(right.EthereumOf(ran.Message.To));
        touched.Add(recorder.List());
        if (ran.Result.Trace is ExecutionTrace trace
            && new CallReading(trace, right).Read(ran.Message) is TracedCall call)
        {
            touched.Add(call);
        }

        AccountStates states = new(left, right, config);
        return config.DiffMode ? states.Changes(touched) : states.Before(touched);
    }

    private static StructLogsView LogsOf(in Ran ran, StructLogRecorder recorder) => new()
    {
        Gas = ran.Result.Receipt.GasUsed,
        Failed = !ran.Result.Receipt.ExitCode.IsSuccess,
        ReturnValue = Convert.FromHexString(
            FrameOf(ran, new() { OnlyTopCall = true }).Output.AsSpan(2)),
        Steps = recorder.Steps,
    };

    /// <summary>Ends a call that looks at instructions where they are not seen.</summary>
    /// <param name="what">What it wants, with its verb.</param>
    /// <exception cref="RpcException">Contracts run as Wasm.</exception>
    public void RequireInstructions(string what)
    {
        Tipset head = node.Chain.Head;
        Machine machine = node.Chain.OpenMachine(node.Chain.ContextAfter(head), head);
        if (!machine.RunsNatively(node.StateAfter(head).CodeNamed("evm")))
        {
            throw new RpcException(
                $"{what} not seen where contracts run as the official Wasm (--exact-gas): use"
                    + " callTracer, or a network on actors in C#");
        }
    }

    private void RequireInstructions(TracerKind kind)
    {
        if (kind is TracerKind.Opcodes or TracerKind.States)
        {
            RequireInstructions(kind == TracerKind.Opcodes ? "opcodes are" : "slots are");
        }
    }
}
