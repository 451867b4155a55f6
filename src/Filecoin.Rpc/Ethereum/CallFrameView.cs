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

    /// <summary>Gas that it may use; known of the first call alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Gas { get; init; }

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

/// <summary>Shows a trace as geth's call tracer would.</summary>
/// <remarks>Spec: eth-compat 11.</remarks>
internal sealed class CallFrames(ActorView state, ExecutionTrace trace)
{
    private const uint RevertedCode = 33;
    private const ulong GetBytecode = 3;
    private const ulong InvokeDelegate = 6;
    private const ulong InternalMax = 1_023;

    private static readonly MethodNumber InvokeContract = MethodNumber.Exported("InvokeEVM");

    /// <summary>The frame of the message; null if it was refused before.</summary>
    public CallFrameView? Of(Message message) => trace.Root is CallTrace root
        ? FrameOf(root, null) with { Gas = Hex.Of(message.GasLimit) }
        : null;

    private CallFrameView FrameOf(CallTrace call, string? code)
    {
        bool isDelegate = code is not null;
        bool creates = call.Receiver == WellKnownActors.EthereumAddressManager
            && call.Method.Value is >= 2 and <= 4;
        byte[] output = BytesOf(call.Return);
        string? error = ErrorOf(call);
        bool reverts = call.ExitCode is { Value: RevertedCode };
        return new()
        {
            Type = creates ? "CREATE"
                : isDelegate ? "DELEGATECALL"
                : call.IsReadOnly ? "STATICCALL" : "CALL",
            From = state.EthereumOf(call.From),
            To = code ?? (creates && error is null && CreatedOf(call.Return) is string created
                ? created
                : AddressOf(call)),
            Value = Hex.Of(call.Value),
            GasUsed = Hex.Of((ulong)GasOf(call)),
            Input = Hex.OfBytes(InputOf(call, isDelegate, creates)),
            Output = Hex.OfBytes(output),
            Error = error,
            RevertReason = reverts && output.Length > 0 ? RevertReason.Of(output) : null,
            Calls = CallsOf(call),
        };
    }

    private List<CallFrameView>? CallsOf(CallTrace caller)
    {
        List<CallFrameView> frames = [];
        string? code = null;
        foreach (CallTrace call in caller.Calls)
        {
            bool isInternal = call.Method.Value is > 0 and <= InternalMax
                && state.State.TryGetActor(caller.Receiver ?? default, out ActorState actor)
                && state.IsContract(actor);
            if (isInternal && call.Method.Value == GetBytecode)
            {
                code = AddressOf(call);
            }
            else if (isInternal && call.Method.Value == InvokeDelegate)
            {
                frames.Add(FrameOf(call, code ?? AddressOf(call)));
            }
            else
            {
                frames.Add(FrameOf(call, null));
            }
        }

        return frames.Count > 0 ? frames : null;
    }

    private string AddressOf(CallTrace call) => call.Receiver is ActorId receiver
        ? state.EthereumOf(receiver)
        : state.EthereumOf(call.To);

    private long GasOf(CallTrace call)
    {
        Gas gas = default;
        for (int i = call.FirstCharge; i < call.EndCharge; i++)
        {
            gas += trace.Charges[i].Total;
        }

        return gas.RoundUp();
    }

    private static byte[] InputOf(CallTrace call, bool isDelegate, bool creates)
    {
        if (call.Parameters is null)
        {
            return [];
        }

        CborReader reader = new(call.Parameters.Data.Span);
        if (isDelegate)
        {
            // [code, input, caller, value]
            return reader.TryReadArrayHeader(out _) && reader.TrySkip()
                && reader.TryReadBytes(out ReadOnlySpan<byte> input) ? input.ToArray() : [];
        }

        if (creates && call.Method.Value != 4)
        {
            return reader.TryReadArrayHeader(out _)
                && reader.TryReadBytes(out ReadOnlySpan<byte> initcode) ? initcode.ToArray() : [];
        }

        return (creates || call.Method == InvokeContract)
            && reader.TryReadBytes(out ReadOnlySpan<byte> bytes)
            ? bytes.ToArray()
            : call.Parameters.Data.ToArray();
    }

    private static byte[] BytesOf(IpldBlock? returned)
    {
        CborReader reader = new(returned is null ? default : returned.Data.Span);
        return reader.TryReadBytes(out ReadOnlySpan<byte> bytes) && reader.AtEnd
            ? bytes.ToArray()
            : returned?.Data.ToArray() ?? [];
    }

    private static string? CreatedOf(IpldBlock? returned)
    {
        CborReader reader = new(returned is null ? default : returned.Data.Span);
        return reader.TryReadArrayOf(3) && reader.TrySkip() && reader.TrySkip()
            && reader.TryReadBytes(out ReadOnlySpan<byte> address)
                ? Hex.OfBytes(address)
                : null;
    }

    private static string? ErrorOf(CallTrace call) => call.ExitCode switch
    {
        { IsSuccess: true } => null,
        { Value: RevertedCode } => "execution reverted",
        { Value: 7 } => "out of gas",
        { IsSystem: true } exit => $"vm error: {exit}",
        ExitCode exit => $"actor error: {exit}",
        null => call.Error == ErrorNumber.None ? "out of gas" : $"vm error: {call.Error}",
    };
}
