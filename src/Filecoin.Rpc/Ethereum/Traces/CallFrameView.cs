namespace Filecoin.Rpc;

/// <summary>A call of a traced transaction, as geth's call tracer shows it.</summary>
public sealed record CallFrameView
{
    /// <summary>CALL, STATICCALL, DELEGATECALL or CREATE.</summary>
    public required string Type { get; init; }

    /// <summary>Who calls.</summary>
    public required string From { get; init; }

    /// <summary>Who is called.</summary>
    public required string To { get; init; }

    /// <summary>What the receiver is given.</summary>
    public required string Value { get; init; }

    /// <summary>Gas that it may use.</summary>
    public required string Gas { get; init; }

    /// <summary>Gas that it used.</summary>
    public required string GasUsed { get; init; }

    /// <summary>Input or code.</summary>
    public required string Input { get; init; }

    /// <summary>What it returned.</summary>
    public required string Output { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>What a contract said when it reverted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RevertReason { get; init; }

    /// <summary>Calls that it made, in order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CallFrameView>? Calls { get; init; }

    /// <summary>Logs of its own, in order; null for none, or where nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CallLogView>? Logs { get; init; }
}

/// <summary>A log of a traced call, as geth's call tracer shows it.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">Up to four words.</param>
/// <param name="Data">What it says.</param>
/// <param name="Index">Its place among the logs of the block, or of the call that is tried.</param>
/// <param name="Position">How many of the calls that are shown came before it.</param>
public sealed record CallLogView(
    string Address, IReadOnlyList<string> Topics, string Data, string Index, string Position);

/// <summary>Shows calls as geth's call tracer would.</summary>
/// <param name="state">A state that has the contracts that were made.</param>
/// <param name="config">What is shown.</param>
/// <param name="logsBefore">How many events the block has before the transaction's.</param>
internal sealed class CallFrames(ActorView state, TracerConfig config, int logsBefore = 0)
{
    /// <summary>How deep calls are shown one within the other: what JSON nests to.</summary>
    private const int DepthMax = 450;

    /// <summary>A call with all in it, or without.</summary>
    /// <exception cref="RpcException">Calls nest too deep.</exception>
    public CallFrameView Of(TracedCall call) =>
        Of(call, config.OnlyTopCall ? 0 : DepthMax, config.WithLog);

    private CallFrameView Of(TracedCall call, int depth, bool showsLogs)
    {
        bool isReverted = call.Exit.Value == ExitText.Reverted && call.Output.Length > 0;
        showsLogs &= call.Exit.IsSuccess;
        return new()
        {
            Type = NameOf(call.Kind),
            From = call.From,
            To = call.To,
            Value = Hex.Of(call.Source.Value),
            Gas = Hex.Of((ulong)call.Source.GasLimit),
            GasUsed = Hex.Of((ulong)call.GasInAll),
            Input = Hex.OfBytes(call.Input),
            Output = call.Kind == TracedKind.Create && call.Exit.IsSuccess
                ? Hex.OfBytes(CodeOf(call.To).Span)
                : Hex.OfBytes(call.Output),
            Error = ExitText.Frame(call),
            RevertReason = isReverted ? RevertReason.Of(call.Output) : null,
            Calls = config.OnlyTopCall || call.Calls.Count == 0
                ? null
                : depth == 0
                    ? throw new RpcException(new RpcError(
                        RpcError.LimitCode,
                        $"calls nest deeper than {DepthMax}: trace_transaction shows them flat"))
                    : call.Calls.ConvertAll(next => Of(next, depth - 1, showsLogs)),
            Logs = showsLogs ? LogsOf(call) : null,
        };
    }

    private List<CallLogView>? LogsOf(TracedCall call)
    {
        List<CallLogView> logs = [];
        foreach (TracedLog traced in call.Logs)
        {
            int index = logsBefore + traced.Event.Index;
            if (LogIndex.TryMake(traced.Event.Event, default, state, index) is LogView log)
            {
                logs.Add(new(
                    log.Address, log.Topics, log.Data, log.LogIndex,
                    Hex.Of((ulong)traced.CallsBefore)));
            }
        }

        return logs.Count == 0 ? null : logs;
    }

    private ReadOnlyMemory<byte> CodeOf(string address) => state.CodeOf(
        Address.FromEthereum(Convert.FromHexString(address.AsSpan(2))));

    private static string NameOf(TracedKind kind) => kind switch
    {
        TracedKind.Create => "CREATE",
        TracedKind.DelegateCall => "DELEGATECALL",
        TracedKind.StaticCall => "STATICCALL",
        TracedKind.Call => "CALL",
    };
}
