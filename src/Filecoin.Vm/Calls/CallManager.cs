namespace Filecoin.Vm;

/// <summary>The call stack of one message.</summary>
/// <remarks>Spec: message-execution 5 to 7; ref-fvm fvm/src/call_manager/default.rs.</remarks>
internal sealed partial class CallManager
{
    /// <summary>Calls on top of each other that take more stack than a thread is to keep.</summary>
    private const int DeepFrom = 32;

    private readonly Address originAddress;

    public CallManager(Machine machine, Message message, ActorId origin, TokenAmount premium)
    {
        Machine = machine;
        Origin = origin;
        originAddress = message.From;
        Nonce = message.Nonce;
        GasPremium = premium;
        Gas = new(
            Vm.Gas.Of(message.GasLimit), machine.Context.IsTracing, machine.Context.Script);
        Trace = machine.Context.IsTracing ? new(Gas) : null;
        Access.Record(origin, StateAccessTracker.Access.Updated);
        Access.RecordResolved(message.From);
        Access.RecordResolved(message.To);
        if (State.TryResolve(message.To, out ActorId receiver))
        {
            Access.Record(receiver, StateAccessTracker.Access.Read);
        }
    }

    public Machine Machine { get; }

    public GasTracker Gas { get; }

    public EventLog Events { get; } = new();

    public Backtrace Backtrace { get; } = new();

    public TraceRecorder? Trace { get; }

    /// <summary>The sender of the message.</summary>
    public ActorId Origin { get; }

    /// <summary>The message's nonce.</summary>
    public ulong Nonce { get; }

    /// <summary>What the miner gets for a unit of gas.</summary>
    public TokenAmount GasPremium { get; }

    public int Depth { get; private set; }

    /// <summary>Bytes of the memories and tables of all instances that are running.</summary>
    public long MemoryBytes { get; set; }

    public StateTree State => Machine.State;

    public PriceList Prices => Machine.Config.Prices;

    private StateAccessTracker Access { get; } = new();

    private ProtocolLine Line => Machine.Config.Line;

    /// <summary>Takes an event of the running call down.</summary>
    public void Emit(StampedEvent stamped)
    {
        Trace?.Emit(stamped, Events.Events.Count);
        Events.Add(stamped);
    }

    /// <summary>
    /// Calls in a layer of its own, which is taken back unless the call succeeds.
    /// </summary>
    public CallResult CallInLayer(in Call call, Func<CallResult, CallResult>? atEnd = null)
    {
        BeginLayer();
        try
        {
            CallResult result = CallActor(call);
            result = atEnd is null ? result : atEnd(result);
            EndLayer(result.IsSuccess);
            return result;
        }
        catch
        {
            EndLayer(keep: false);
            throw;
        }
    }

    /// <summary>Takes down why the actor that runs has failed.</summary>
    public void Explain(BacktraceFrame frame)
    {
        Backtrace.Add(frame);
        Trace?.Explain(frame.Message);
    }

    private void BeginLayer()
    {
        State.Begin();
        Events.Begin();
        Access.Begin();
    }

    private void EndLayer(bool keep)
    {
        if (keep)
        {
            State.Commit();
            Events.Commit();
            Access.Commit();
        }
        else
        {
            State.Rollback();
            Events.Rollback();
            Access.Rollback();
        }
    }

    /// <summary>One frame: limits on depth and gas around what the call does.</summary>
    private CallResult CallActor(in Call call)
    {
        ExecutorThread.Pause();
        Trace?.Enter(call, Depth);
        CallResult result = CallWithLimits(call);
        Trace?.Leave(result);
        return result;
    }

    private CallResult CallWithLimits(in Call call)
    {
        if (call.GasLimit is Gas limit)
        {
            Gas.PushLimit(limit);
        }

        if (Depth >= Machine.Config.CallDepthMax)
        {
            // Quirk: in versions 18 to 20 the limit stays pushed when a call is too deep.
            if (call.GasLimit is not null && Line != ProtocolLine.Hygge)
            {
                Gas.PopLimit();
            }

            return CallResult.Refused(ErrorNumber.LimitExceeded);
        }

        if (++Depth == DeepFrom)
        {
            ExecutorThread.Wear();
        }

        long memoryBytes = MemoryBytes;
        CallResult result;
        try
        {
            result = CallUnchecked(call);
        }
        catch (OutOfGasException)
        {
            result = CallResult.OutOfGas;
        }

        MemoryBytes = memoryBytes;
        Depth--;
        if (call.GasLimit is not null)
        {
            Gas.PopLimit();
        }

        bool onlyLimitReached = result.End == CallEnd.OutOfGas
            && Line != ProtocolLine.Shark
            && Gas.Available != Vm.Gas.Zero;
        return onlyLimitReached ? CallResult.Exited(ExitCode.SysOutOfGas, null) : result;
    }

    private CallResult CallUnchecked(in Call call)
    {
        if (!TryResolve(call.To, out ActorId receiver))
        {
            ErrorNumber refused = AutoCreate(call.To, call.IsReadOnly, out receiver);
            if (refused != ErrorNumber.None)
            {
                return CallResult.Refused(refused);
            }
        }

        return Line == ProtocolLine.Shark
            ? CallResolvedShark(call, receiver)
            : CallResolved(call, receiver);
    }

    private CallResult CallResolved(in Call call, ActorId receiver)
    {
        if (!TryGetActor(receiver, out ActorState actor))
        {
            return CallResult.Refused(ErrorNumber.NotFound);
        }

        Trace?.Invoke(receiver, actor);
        if (!call.Value.IsZero)
        {
            Gas.Charge(Prices.OnValueTransfer());
            ErrorNumber refused = Transfer(call.From, receiver, call.Value);
            if (refused != ErrorNumber.None)
            {
                return CallResult.Refused(refused);
            }
        }

        if (call.Method == MethodNumber.Send)
        {
            return CallResult.Exited(ExitCode.Ok, null);
        }

        Gas.Charge(Prices.OnMethodInvocation(call.Parameters?.Links.Length ?? 0));
        CallResult result = Run(call, receiver, actor);
        if (result is { End: CallEnd.Exited, Value: Block value })
        {
            ChargeReturn(value);
        }

        return result;
    }

    private void ChargeReturn(Block value)
    {
        if (Depth == 1)
        {
            Gas.Charge(Prices.OnChainReturnValue(value.Size));
        }
        else if (Line == ProtocolLine.Watermelon)
        {
            Gas.Charge(Prices.OnReturnValue(value.Links.Length));
        }
    }

    /// <summary>As version 17 calls: one charge before value moves.</summary>
    private CallResult CallResolvedShark(in Call call, ActorId receiver)
    {
        if (!TryGetActor(receiver, out ActorState actor))
        {
            return CallResult.Refused(ErrorNumber.NotFound);
        }

        Trace?.Invoke(receiver, actor);
        bool callsMethod = call.Method != MethodNumber.Send;
        Gas.Charge(Prices.OnMethodInvocation(!call.Value.IsZero, callsMethod));
        if (!call.Value.IsZero)
        {
            ErrorNumber refused = Transfer(call.From, receiver, call.Value);
            if (refused != ErrorNumber.None)
            {
                return CallResult.Refused(refused);
            }
        }

        return callsMethod
            ? Run(call, receiver, actor)
            : CallResult.Exited(ExitCode.Ok, null);
    }

    private CallResult Run(in Call call, ActorId receiver, in ActorState actor)
    {
        BlockRegistry registry = new(Line);
        uint parameters = BlockRegistry.NoData;
        if (call.Parameters is Block block)
        {
            ErrorNumber refused = registry.PutReachable(block, out parameters);
            if (refused != ErrorNumber.None)
            {
                return CallResult.Refused(refused);
            }
        }

        Invocation invocation = new(
            call.From,
            receiver,
            call.Method,
            call.Value,
            call.IsReadOnly,
            registry,
            parameters);
        Kernel kernel = new(this, invocation);
        ChargeScript? script = Machine.Context.Script;
        if (Machine.Native is NativeActors native
            && native.TryGet(actor.Code, out NativeCode found))
        {
            ExecutionSample? sample =
                script is null ? null : new(found.Actor.Type, call.Method);
            script?.Begin(sample);
            CallResult result =
                new NativeActor(found, native.Estimate, this, kernel, sample).Run(actor.Code);
            script?.End();
            return result;
        }

        script?.Begin(null);
        CallResult outcome = new WasmActor(this, kernel).Run(actor.Code);
        script?.End();
        return outcome;
    }
}
