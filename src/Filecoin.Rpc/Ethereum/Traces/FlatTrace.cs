namespace Filecoin.Rpc;

/// <summary>Lays the calls of a transaction out in the order they began.</summary>
/// <remarks>Spec: eth-compat 11.</remarks>
internal static class FlatTrace
{
    /// <summary>Most numbers that the addresses of a transaction's calls may have in all.</summary>
    private const int AddressNumbersMax = 4_000_000;

    private const string MadeCode = "0xfe";

    /// <summary>The calls of a transaction; none if nobody was called.</summary>
    /// <exception cref="RpcException">They are too many, too deep.</exception>
    public static List<TraceView> Of(TracedCall? root)
    {
        List<TraceView> traces = [];
        if (root is not null)
        {
            int left = AddressNumbersMax;
            Add(root, [], traces, ref left);
        }

        return traces;
    }

    /// <summary>What a transaction or a call did as a whole.</summary>
    public static TraceReplayView Whole(TracedCall? root, string? hash)
    {
        List<TraceView> traces = Of(root);
        return new()
        {
            Output = traces.Count == 0
                ? "0x"
                : traces[0].Result.Output ?? traces[0].Result.Code ?? "0x",
            Trace = traces,
            TransactionHash = hash,
        };
    }

    private static void Add(
        TracedCall call, int[] address, List<TraceView> traces, ref int left)
    {
        left -= address.Length;
        if (left < 0)
        {
            throw new RpcException(new RpcError(
                RpcError.LimitCode, "the calls are too many, too deep to be shown one by one"));
        }

        traces.Add(call.Kind == TracedKind.Create ? Creation(call, address) : Call(call, address));
        for (int i = 0; i < call.Calls.Count; i++)
        {
            Add(call.Calls[i], [.. address, i], traces, ref left);
        }
    }

    private static TraceView Call(TracedCall call, int[] address) => new()
    {
        Type = "call",
        Error = ExitText.Trace(call.Exit, call.IsContract),
        Subtraces = call.Calls.Count,
        TraceAddress = address,
        Action = new()
        {
            CallType = call.Kind switch
            {
                TracedKind.DelegateCall => "delegatecall",
                TracedKind.StaticCall => "staticcall",
                _ => "call",
            },
            From = call.From,
            To = call.To,
            Gas = Hex.Of((ulong)call.Source.GasLimit),
            Value = Hex.Of(call.Source.Value),
            Input = Hex.OfBytes(call.Input),
        },
        Result = new()
        {
            GasUsed = Hex.Of((ulong)call.GasOwn),
            Output = Hex.OfBytes(call.Output),
        },
    };

    private static TraceView Creation(TracedCall call, int[] address) => new()
    {
        Type = "create",
        Error = ExitText.Trace(call.Exit, call.IsContract),
        Subtraces = call.Calls.Count,
        TraceAddress = address,
        Action = new()
        {
            From = call.From,
            Gas = Hex.Of((ulong)call.Source.GasLimit),
            Value = Hex.Of(call.Source.Value),
            Init = Hex.OfBytes(call.Input),
        },
        Result = new()
        {
            Address = call.Exit.IsSuccess ? call.To : null,
            GasUsed = Hex.Of((ulong)call.GasOwn),
            Code = call.Exit.IsSuccess ? MadeCode : Hex.OfBytes(call.Output),
        },
    };
}
