namespace Filecoin.Rpc;

/// <summary>Methods that show how a transaction ran.</summary>
public static class TraceMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<Hash32, JsonElement?, CallFrameView>(
            "debug_traceTransaction", Permission.Read, "The calls of a transaction.",
            TraceTransaction, 1),
        RpcMethod.Of<CallRequest, BlockParameter?, JsonElement?, CallFrameView>(
            "debug_traceCall", Permission.Read, "The calls of a call.", TraceCall, 1),
    ];

    private static CallFrameView TraceTransaction(RpcCall call, Hash32 hash, JsonElement? options)
    {
        CheckTracer(options);
        if (!EthereumMethods.TryFind(call, hash, out Tipset? tipset, out int index))
        {
            throw new RpcException($"transaction not found: {Hex.OfBytes(hash.Bytes.Span)}");
        }

        AppliedMessage applied =
            call.Node.Chain.Replay(tipset, isTracing: true).Messages[index];
        return FrameOf(call.Node.StateAfter(tipset), applied.Message.Message, applied.Result);
    }

    private static CallFrameView TraceCall(
        RpcCall call, CallRequest request, BlockParameter? block, JsonElement? options)
    {
        CheckTracer(options);
        Tipset tipset = call.Node.Blocks.Get(block);
        Message message = EthereumCalls.MessageOf(request, call.Node.Chain.Network.BlockGasMax);
        ApplyResult result = call.Node.Calls.Run(
            message, call.Node.Chain.ContextAfter(tipset) with { IsTracing = true }, tipset);
        return FrameOf(call.Node.StateAfter(tipset), message, result);
    }

    private static CallFrameView FrameOf(ActorView state, Message message, ApplyResult result) =>
        (result.Trace is ExecutionTrace trace ? new CallFrames(state, trace).Of(message) : null)
        ?? throw new RpcException($"it did not run: {result.Failure}");

    private static void CheckTracer(JsonElement? options)
    {
        string? tracer = options is JsonElement { ValueKind: JsonValueKind.Object } given
            && given.TryGetProperty("tracer", out JsonElement name)
                ? name.GetString()
                : null;
        if (tracer != "callTracer")
        {
            throw RpcException.BadParameters(
                $"tracer {tracer ?? "of opcodes"} is not there: callTracer is");
        }
    }
}
