namespace Filecoin.Rpc;

/// <summary>Methods that show how a transaction ran.</summary>
/// <remarks>Spec: eth-compat 11 for <c>trace_*</c>; geth's for <c>debug_*</c>.</remarks>
public static class TraceMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<BlockParameter, List<TraceView>>(
            "trace_block", Permission.Read, "The calls of a block's transactions.", Block),
        RpcMethod.Of<Hash32, List<TraceView>>(
            "trace_transaction", Permission.Read, "The calls of a transaction.", Transaction),
        RpcMethod.Of<TraceFilter, List<TraceView>>(
            "trace_filter", Permission.Read, "Calls of blocks, by sender and receiver.", Filter),
        RpcMethod.Of<BlockParameter, IReadOnlyList<string>, List<TraceReplayView>>(
            "trace_replayBlockTransactions", Permission.Read,
            "What each transaction of a block did.", ReplayBlock),
        RpcMethod.Of<CallRequest, IReadOnlyList<string>, BlockParameter?, TraceReplayView>(
            "trace_call", Permission.Read, "What a call would do.", Call, 2),
        RpcMethod.Of<Hash32, TracerOptions?, object>(
            "debug_traceTransaction", Permission.Read,
            "The opcodes of a transaction, its calls, or what it touched.", DebugTransaction, 1),
        RpcMethod.Of<CallRequest, BlockParameter?, TracerOptions?, object>(
            "debug_traceCall", Permission.Read,
            "The opcodes of a call, its calls, or what it touched.", DebugCall, 1),
        RpcMethod.Of<BlockParameter, TracerOptions?, List<TracedTransactionView>>(
            "debug_traceBlockByNumber", Permission.Read,
            "The opcodes of a block's transactions, their calls, or what they touched.",
            DebugBlock, 1),
        RpcMethod.Of<Hash32, TracerOptions?, List<TracedTransactionView>>(
            "debug_traceBlockByHash", Permission.Read,
            "The opcodes of a block's transactions, their calls, or what they touched.",
            DebugBlockByHash, 1),
    ];

    private static List<TraceView> Block(RpcCall call, BlockParameter block) =>
        call.Node.BlockTraces.OfBlock(call.Node.Blocks.GetStrict(block));

    private static List<TraceView> Transaction(RpcCall call, Hash32 hash)
    {
        (Tipset tipset, _) = Find(call, hash);
        string wanted = Hex.OfBytes(hash.Bytes.Span);
        return call.Node.BlockTraces.OfBlock(tipset)
            .FindAll(trace => trace.TransactionHash == wanted);
    }

    private static List<TraceView> Filter(RpcCall call, TraceFilter filter) =>
        call.Node.BlockTraces.Find(filter);

    private static List<TraceReplayView> ReplayBlock(
        RpcCall call, BlockParameter block, IReadOnlyList<string> types)
    {
        CheckTypes(types);
        return call.Node.BlockTraces.Whole(call.Node.Blocks.GetStrict(block));
    }

    private static TraceReplayView Call(
        RpcCall call, CallRequest request, IReadOnlyList<string> types, BlockParameter? block)
    {
        CheckTypes(types);
        return call.Node.BlockTraces.OfCall(request, call.Node.Blocks.Get(block));
    }

    private static object DebugTransaction(RpcCall call, Hash32 hash, TracerOptions? options)
    {
        (Tipset tipset, int index) = Find(call, hash);
        return call.Node.Tracing.OfTransaction(tipset, index, options ?? new());
    }

    private static object DebugCall(
        RpcCall call, CallRequest request, BlockParameter? block, TracerOptions? options) =>
        call.Node.Tracing.OfCall(request, call.Node.Blocks.Get(block), options ?? new());

    private static List<TracedTransactionView> DebugBlock(
        RpcCall call, BlockParameter block, TracerOptions? options) =>
        call.Node.Tracing.OfTransactions(call.Node.Blocks.GetStrict(block), options ?? new());

    private static List<TracedTransactionView> DebugBlockByHash(
        RpcCall call, Hash32 hash, TracerOptions? options) => call.Node.Tracing.OfTransactions(
            call.Node.Blocks.Get(new(null, null, hash.Bytes.ToArray(), false)), options ?? new());

    private static void CheckTypes(IReadOnlyList<string> types)
    {
        if (types is not ["trace"])
        {
            throw new RpcException("only 'trace' is supported");
        }
    }

    private static (Tipset Tipset, int Index) Find(RpcCall call, Hash32 hash)
    {
        if (EthereumMethods.TryFind(call, hash, out Tipset? tipset, out int index))
        {
            return (tipset, index);
        }

        throw new RpcException(
            call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out _)
                ? "no trace for pending transactions"
                : $"transaction not found: {Hex.OfBytes(hash.Bytes.Span)}");
    }
}
