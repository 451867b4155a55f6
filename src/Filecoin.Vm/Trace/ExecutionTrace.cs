namespace Filecoin.Vm;

/// <summary>An event of a traced call.</summary>
/// <param name="Index">Its place among the message's events, if the call's are kept.</param>
/// <param name="CallsBefore">How many calls the emitting one had made before.</param>
/// <param name="Event">The event.</param>
public readonly record struct TracedEvent(int Index, int CallsBefore, StampedEvent Event);

/// <summary>One call of a traced message, with the calls that it made.</summary>
public sealed class CallTrace
{
    /// <summary>0 for the message itself.</summary>
    public required int Depth { get; init; }

    /// <summary>Who calls.</summary>
    public required ActorId From { get; init; }

    /// <summary>Who is called, as the caller wrote it.</summary>
    public required Address To { get; init; }

    /// <summary>Who that is; null if nobody was found.</summary>
    public ActorId? Receiver { get; internal set; }

    /// <summary>The receiver's code; undefined if nobody was found.</summary>
    public Cid Code { get; internal set; }

    /// <summary>The receiver's f4 address; null for none.</summary>
    public Address? DelegatedAddress { get; internal set; }

    /// <summary>The method called.</summary>
    public required MethodNumber Method { get; init; }

    /// <summary>The value given.</summary>
    public required TokenAmount Value { get; init; }

    /// <summary>The parameters; null for none.</summary>
    public required IpldBlock? Parameters { get; init; }

    /// <summary>Whether nothing may change.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>Gas that it may use.</summary>
    public required long GasLimit { get; init; }

    /// <summary>The exit code; null if the call could not be made or gas ran out.</summary>
    public ExitCode? ExitCode { get; internal set; }

    /// <summary>Why the call could not be made; None if it could.</summary>
    public ErrorNumber Error { get; internal set; }

    /// <summary>The actor's own words on its failure, or the machine's; null for none.</summary>
    public string? Failure { get; internal set; }

    /// <summary>What was returned; null for nothing.</summary>
    public IpldBlock? Return { get; internal set; }

    /// <summary>Charges of this call and the calls in it: from this one of the trace.</summary>
    public required int FirstCharge { get; init; }

    /// <summary>Up to this charge, not included.</summary>
    public int EndCharge { get; internal set; }

    /// <summary>Calls that it made, in order.</summary>
    public List<CallTrace> Calls { get; } = [];

    /// <summary>
    /// Events that it emitted, in order; dropped if it failed, or one that it is part of.
    /// </summary>
    public List<TracedEvent> Events { get; } = [];
}

/// <summary>What a message did, charge by charge and call by call.</summary>
/// <param name="Charges">All charges in order.</param>
/// <param name="Root">The message's own call; null if it was refused before.</param>
public sealed record ExecutionTrace(IReadOnlyList<GasCharge> Charges, CallTrace? Root);

/// <summary>Records calls while they happen.</summary>
internal sealed class TraceRecorder(GasTracker gas)
{
    private readonly Stack<CallTrace> open = new();
    private CallTrace? root;

    public ExecutionTrace Finish() => new(gas.Charges!, root);

    public void Enter(in Call call, int depth)
    {
        CallTrace trace = new()
        {
            Depth = depth,
            From = call.From,
            To = call.To,
            Method = call.Method,
            Value = call.Value,
            Parameters = Describe(call.Parameters),
            IsReadOnly = call.IsReadOnly,
            GasLimit = Gas.Min(gas.Available, call.GasLimit ?? gas.Available).RoundUp(),
            FirstCharge = gas.Charges!.Count,
        };
        if (open.TryPeek(out CallTrace? caller))
        {
            caller.Calls.Add(trace);
        }

        root ??= trace;
        open.Push(trace);
    }

    public void Invoke(ActorId receiver, in ActorState actor)
    {
        // A constructor that creation implies has no call of its own in the trace.
        if (open.TryPeek(out CallTrace? trace))
        {
            (trace.Receiver, trace.Code) = (receiver, actor.Code);
            trace.DelegatedAddress = actor.DelegatedAddress;
        }
    }

    public void Emit(StampedEvent stamped, int index)
    {
        if (open.TryPeek(out CallTrace? trace))
        {
            trace.Events.Add(new(index, trace.Calls.Count, stamped));
        }
    }

    public void Explain(string failure)
    {
        if (open.TryPeek(out CallTrace? trace))
        {
            trace.Failure = failure;
        }
    }

    public void Leave(in CallResult result)
    {
        CallTrace trace = open.Pop();
        trace.EndCharge = gas.Charges!.Count;
        trace.ExitCode = result.End == CallEnd.Exited ? result.ExitCode : null;
        trace.Error = result.End == CallEnd.Refused ? result.Error : ErrorNumber.None;
        trace.Return = Describe(result.Value);
    }

    private static IpldBlock? Describe(Block? block) =>
        block is null ? null : new(block.Codec, block.Data);
}
