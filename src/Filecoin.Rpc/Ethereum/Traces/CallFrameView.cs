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
}

/// <summary>Shows calls as geth's call tracer would.</summary>
internal static class CallFrames
{
    /// <summary>How deep calls are shown one within the other: what JSON nests to.</summary>
    private const int DepthMax = 450;

    /// <summary>A call with all in it, or without.</summary>
    /// <param name="call">The call.</param>
    /// <param name="state">A state that has the contracts that were made.</param>
    /// <param name="isTopOnly">Without the calls in it.</param>
    /// <exception cref="RpcException">Calls nest too deep.</exception>
    public static CallFrameView Of(TracedCall call, ActorView state, bool isTopOnly = false) =>
        Of(call, state, isTopOnly ? 0 : DepthMax, isTopOnly);

    private static CallFrameView Of(TracedCall call, ActorView state, int depth, bool isTopOnly)
    {
        bool isReverted = call.Exit.Value == ExitText.Reverted && call.Output.Length > 0;
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
                ? Hex.OfBytes(CodeOf(call.To, state).Span)
                : Hex.OfBytes(call.Output),
            Error = ExitText.Frame(call),
            RevertReason = isReverted ? RevertReason.Of(call.Output) : null,
            Calls = isTopOnly || call.Calls.Count == 0
                ? null
                : depth == 0
                    ? throw new RpcException(new RpcError(
                        RpcError.LimitCode,
                        $"calls nest deeper than {DepthMax}: trace_transaction shows them flat"))
                    : call.Calls.ConvertAll(next => Of(next, state, depth - 1, isTopOnly)),
        };
    }

    private static ReadOnlyMemory<byte> CodeOf(string address, ActorView state) => state.CodeOf(
        Address.FromEthereum(Convert.FromHexString(address.AsSpan(2))));

    private static string NameOf(TracedKind kind) => kind switch
    {
        TracedKind.Create => "CREATE",
        TracedKind.DelegateCall => "DELEGATECALL",
        TracedKind.StaticCall => "STATICCALL",
        TracedKind.Call => "CALL",
    };
}
