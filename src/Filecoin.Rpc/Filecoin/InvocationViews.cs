namespace Filecoin.Rpc;

/// <summary>What a message led to, with its cost and its calls.</summary>
public sealed record InvocationView(
    CidLink MsgCid,
    MessageView Msg,
    MessageReceiptView MsgRct,
    GasCostView GasCost,
    ExecutionTraceView? ExecutionTrace,
    string Error,
    long Duration)
{
    /// <summary>The view of a message that ran.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cid">What names it.</param>
    /// <param name="result">What it led to.</param>
    /// <param name="duration">How long it took.</param>
    internal static InvocationView Of(
        Message message, Cid cid, ApplyResult result, TimeSpan duration) => new(
            new(cid),
            MessageView.Of(message),
            MessageReceiptView.Of(result.Receipt),
            GasCostView.Of(message, cid, result),
            result.Trace is { Root: CallTrace root } trace
                ? ExecutionTraceView.Of(trace, root, (long)message.GasLimit)
                : null,
            result.Failure ?? "",
            (long)duration.TotalNanoseconds);
}

/// <summary>What a message paid for.</summary>
/// <remarks>Spec: lotus chain/stmgr/utils.go, MakeMsgGasCost.</remarks>
public sealed record GasCostView(
    CidLink Message,
    string GasUsed,
    AmountView BaseFeeBurn,
    AmountView OverEstimationBurn,
    AmountView MinerPenalty,
    AmountView MinerTip,
    AmountView Refund,
    AmountView TotalCost)
{
    internal static GasCostView Of(Message message, Cid cid, ApplyResult result) => new(
        new(cid),
        $"{result.Receipt.GasUsed}",
        new(result.Gas.BaseFeeBurn),
        new(result.Gas.OverEstimationBurn),
        new(result.Gas.MinerPenalty),
        new(result.Gas.MinerTip),
        new(result.Gas.Refund),
        new((message.GasFeeCap * (long)message.GasLimit) - result.Gas.Refund));
}

/// <summary>A call, what was charged in it, and the calls that it made.</summary>
/// <remarks>Spec: lotus chain/types/execresult.go.</remarks>
public sealed record ExecutionTraceView(
    CallMessageView Msg,
    CallReceiptView MsgRct,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    InvokedActorView? InvokedActor,
    IReadOnlyList<GasChargeView> GasCharges,
    IReadOnlyList<ExecutionTraceView> Subcalls)
{
    internal static ExecutionTraceView Of(ExecutionTrace trace, CallTrace call, long gasLimit)
    {
        List<GasChargeView> charges = [];
        List<ExecutionTraceView> calls = [];
        int at = call.FirstCharge;
        foreach (CallTrace inner in call.Calls)
        {
            Add(at, inner.FirstCharge);
            calls.Add(Of(trace, inner, 0));
            at = inner.EndCharge;
        }

        Add(at, call.EndCharge);
        return new(
            CallMessageView.Of(call, gasLimit),
            CallReceiptView.Of(call),
            call.Receiver is ActorId receiver && call.Code.IsDefined
                ? new InvokedActorView(receiver.Value, new(new(call.Code)))
                : null,
            charges,
            calls);

        void Add(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                charges.Add(GasChargeView.Of(trace.Charges[i]));
            }
        }
    }
}

/// <summary>What a call asked for.</summary>
/// <param name="From">The caller.</param>
/// <param name="To">The receiver, as the caller named it.</param>
/// <param name="Value">What it was given.</param>
/// <param name="Method">The method.</param>
/// <param name="Params">Its parameters; null for none.</param>
/// <param name="ParamsCodec">Their codec; 0 for none.</param>
/// <param name="GasLimit">Of the message; 0 for a call within it.</param>
/// <param name="ReadOnly">Whether it could change nothing.</param>
public sealed record CallMessageView(
    AddressView From,
    AddressView To,
    AmountView Value,
    ulong Method,
    byte[]? Params,
    ulong ParamsCodec,
    long GasLimit,
    bool ReadOnly)
{
    internal static CallMessageView Of(CallTrace call, long gasLimit) => new(
        new(Address.FromId(call.From)),
        new(call.To),
        new(call.Value),
        call.Method.Value,
        GoBytes.Of(call.Parameters),
        call.Parameters?.Codec ?? 0,
        gasLimit,
        call.IsReadOnly);
}

/// <summary>What a call gave.</summary>
public sealed record CallReceiptView(uint ExitCode, byte[]? Return, ulong ReturnCodec)
{
    /// <summary>A call that was refused has no exit code of its own.</summary>
    private const uint Refused = 1;

    internal static CallReceiptView Of(CallTrace call) => new(
        call.ExitCode?.Value ?? Refused,
        GoBytes.Of(call.Return),
        call.Return?.Codec ?? 0);
}

/// <summary>An actor that was called.</summary>
public sealed record InvokedActorView(ulong Id, InvokedCodeView State);

/// <summary>What is known of an actor that was called: its code.</summary>
public sealed record InvokedCodeView(CidLink Code);

/// <summary>A charge of gas.</summary>
/// <param name="Name">What for.</param>
/// <param name="Total">All of it.</param>
/// <param name="Compute">For computing.</param>
/// <param name="Storage">For the rest.</param>
/// <param name="Time">Nanoseconds; not measured: 0.</param>
public sealed record GasChargeView(
    string Name,
    [property: JsonPropertyName("tg")] long Total,
    [property: JsonPropertyName("cg")] long Compute,
    [property: JsonPropertyName("sg")] long Storage,
    [property: JsonPropertyName("tt")] long Time)
{
    internal static GasChargeView Of(GasCharge charge) => new(
        charge.Name,
        charge.Total.RoundUp(),
        charge.Compute.RoundUp(),
        charge.Other.RoundUp(),
        0);
}

/// <summary>What running messages on a state led to.</summary>
/// <param name="Root">The state afterwards.</param>
/// <param name="Trace">The messages.</param>
public sealed record ComputedStateView(CidLink Root, IReadOnlyList<InvocationView> Trace);
