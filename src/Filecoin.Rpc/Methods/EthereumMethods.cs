namespace Filecoin.Rpc;

/// <summary>The methods that Ethereum's tools call.</summary>
/// <remarks>Spec: eth-compat 3.</remarks>
public static class EthereumMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of("eth_chainId", Permission.Read, "The chain id.", ChainId),
        RpcMethod.Of("eth_blockNumber", Permission.Read, "The latest block's number.", BlockNumber),
        RpcMethod.Of("eth_protocolVersion", Permission.Read, "The network version.", Protocol),
        RpcMethod.Of("eth_syncing", Permission.Read, "False: the node is its chain.", Syncing),
        RpcMethod.Of("eth_accounts", Permission.Read, "Accounts that it signs for.", Accounts),
        RpcMethod.Of("eth_gasPrice", Permission.Read, "What a unit of gas costs.", GasPrice),
        RpcMethod.Of("eth_baseFee", Permission.Read, "The next block's base fee.", BaseFee),
        RpcMethod.Of(
            "eth_maxPriorityFeePerGas", Permission.Read, "What to offer a miner.", Premium),
        RpcMethod.Of<Quantity, BlockParameter, IReadOnlyList<double>?, FeeHistoryView>(
            "eth_feeHistory", Permission.Read, "What gas cost of late.", FeeHistory, 2),
        RpcMethod.Of<BlockParameter, bool?, BlockView>(
            "eth_getBlockByNumber", Permission.Read, "A block by number or tag.", BlockByNumber, 1),
        RpcMethod.Of<Hash32, bool?, BlockView>(
            "eth_getBlockByHash", Permission.Read, "A block by its hash.", BlockByHash, 1),
        RpcMethod.Of<BlockParameter, Quantity>(
            "eth_getBlockTransactionCountByNumber", Permission.Read,
            "How many transactions a block has.", CountByNumber),
        RpcMethod.Of<Hash32, Quantity>(
            "eth_getBlockTransactionCountByHash", Permission.Read,
            "How many transactions a block has.", CountByHash),
        RpcMethod.Of<BlockParameter, List<ReceiptView>>(
            "eth_getBlockReceipts", Permission.Read, "A block's receipts.", BlockReceipts),
        RpcMethod.Of<Hash32, TransactionView?>(
            "eth_getTransactionByHash", Permission.Read,
            "A transaction, of the chain or waiting.", TransactionByHash),
        RpcMethod.Of<BlockParameter, Quantity, TransactionView>(
            "eth_getTransactionByBlockNumberAndIndex", Permission.Read,
            "A transaction by its place.", ByNumberAndIndex),
        RpcMethod.Of<Hash32, Quantity, TransactionView>(
            "eth_getTransactionByBlockHashAndIndex", Permission.Read,
            "A transaction by its place.", ByHashAndIndex),
        RpcMethod.Of<Hash32, ReceiptView?>(
            "eth_getTransactionReceipt", Permission.Read, "What a transaction led to.", Receipt),
        RpcMethod.Of<EthereumAddress, BlockParameter?, Quantity>(
            "eth_getBalance", Permission.Read, "What an address owns, in attoFIL.", Balance, 1),
        RpcMethod.Of<EthereumAddress, BlockParameter?, Quantity>(
            "eth_getTransactionCount", Permission.Read, "An address' next nonce.", Nonce, 1),
        RpcMethod.Of<EthereumAddress, BlockParameter?, HexBytes>(
            "eth_getCode", Permission.Read, "A contract's code.", Code, 1),
        RpcMethod.Of<EthereumAddress, Word, BlockParameter?, HexBytes>(
            "eth_getStorageAt", Permission.Read, "A slot of a contract.", StorageAt, 2),
        RpcMethod.Of<
            CallRequest, BlockParameter?, IReadOnlyDictionary<string, AccountOverride>?,
            BlockOverride?, HexBytes>(
            "eth_call", Permission.Read, "Runs a call that leaves nothing behind.", Call, 1),
        RpcMethod.Of<
            CallRequest, BlockParameter?, IReadOnlyDictionary<string, AccountOverride>?,
            BlockOverride?, Quantity>(
            "eth_estimateGas", Permission.Read, "The gas limit for a transaction.", Estimate, 1),
        RpcMethod.Of<HexBytes, Hash32>(
            "eth_sendRawTransaction", Permission.Write, "Brings a transaction.", SendRaw),
        RpcMethod.Of<CallRequest, Hash32>(
            "eth_sendTransaction", Permission.Sign, "Signs and brings a transaction.", Send),
        RpcMethod.Of<CallRequest, HexBytes>(
            "eth_signTransaction", Permission.Sign, "Signs a transaction.", Sign),
        RpcMethod.Of<LogFilter, List<LogView>>(
            "eth_getLogs", Permission.Read, "Logs of blocks.", Logs),
        RpcMethod.Of<LogFilter, string>(
            "eth_newFilter", Permission.Read, "Begins to collect logs.", NewFilter),
        RpcMethod.Of(
            "eth_newBlockFilter", Permission.Read, "Begins to collect blocks.", NewBlockFilter),
        RpcMethod.Of(
            "eth_newPendingTransactionFilter", Permission.Read,
            "Begins to collect transactions that wait.", NewPendingFilter),
        RpcMethod.Of<string, IReadOnlyList<object>>(
            "eth_getFilterChanges", Permission.Read, "What was collected since.", Changes),
        RpcMethod.Of<string, IReadOnlyList<LogView>>(
            "eth_getFilterLogs", Permission.Read, "All logs of a filter.", FilterLogs),
        RpcMethod.Of<string, bool>(
            "eth_uninstallFilter", Permission.Read, "Ends a filter.", Uninstall),
        RpcMethod.Of<string, SubscriptionOptions?, string>(
            "eth_subscribe", Permission.Read, "Begins to tell of something.", Subscribe, 1),
        RpcMethod.Of<string, bool>(
            "eth_unsubscribe", Permission.Read, "Ends a subscription.", Unsubscribe),
        RpcMethod.Of("net_version", Permission.Read, "The chain id in digits.", NetVersion),
        RpcMethod.Of("net_listening", Permission.Read, "True.", Listening),
        RpcMethod.Of("net_peerCount", Permission.Read, "None: it is alone.", PeerCount),
        RpcMethod.Of("web3_clientVersion", Permission.Read, "The node's name.", ClientVersion),
        RpcMethod.Of<HexBytes, Hash32>("web3_sha3", Permission.Read, "Keccak-256.", Keccak),
    ];

    private static Quantity ChainId(RpcCall call) => call.Node.Chain.Network.ChainId;

    private static Quantity BlockNumber(RpcCall call) => (ulong)call.Node.Chain.Head.Epoch.Value;

    private static Quantity Protocol(RpcCall call) => (ulong)call.Node.Chain.Network.Version;

    private static bool Syncing(RpcCall call) => false;

    private static IReadOnlyList<string> Accounts(RpcCall call)
    {
        List<string> accounts = [];
        foreach (Address address in call.Node.Keys.Senders)
        {
            accounts.Add(Hex.OfBytes(address.Payload[^Address.EthereumLength..]));
        }

        return accounts;
    }

    private static Quantity GasPrice(RpcCall call) =>
        new(call.Node.Fees.Price.ToBigInteger());

    private static Quantity BaseFee(RpcCall call) =>
        new(call.Node.Chain.NextBaseFee.ToBigInteger());

    private static Quantity Premium(RpcCall call) => new(GasFees.Premium.ToBigInteger());

    private static FeeHistoryView FeeHistory(
        RpcCall call, Quantity blocks, BlockParameter newest, IReadOnlyList<double>? percentiles) =>
        call.Node.Fees.History(blocks.ToUInt64(), newest, percentiles);

    private static BlockView BlockByNumber(RpcCall call, BlockParameter block, bool? isFull) =>
        BlockViews.Of(call.Node, call.Node.Blocks.GetStrict(block), isFull ?? false);

    private static BlockView BlockByHash(RpcCall call, Hash32 hash, bool? isFull) =>
        BlockViews.Of(call.Node, TipsetOf(call, hash), isFull ?? false);

    private static Quantity CountByNumber(RpcCall call, BlockParameter block) =>
        (ulong)call.Node.MessagesOf(call.Node.Blocks.GetStrict(block)).Count;

    private static Quantity CountByHash(RpcCall call, Hash32 hash) =>
        (ulong)call.Node.MessagesOf(TipsetOf(call, hash)).Count;

    private static List<ReceiptView> BlockReceipts(RpcCall call, BlockParameter block) =>
        ReceiptViews.OfAll(call.Node, call.Node.Blocks.GetStrict(block));

    private static TransactionView? TransactionByHash(RpcCall call, Hash32 hash)
    {
        if (TryFind(call, hash, out Tipset? tipset, out int index))
        {
            return TransactionViews.Of(
                call.Node.MessagesOf(tipset)[index],
                call.Node.Chain.Network,
                call.Node.StateAfter(tipset),
                tipset,
                index);
        }

        return call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out PoolEntry? entry)
            ? TransactionViews.Of(
                entry.Message,
                call.Node.Chain.Network,
                call.Node.StateAfter(call.Node.Chain.Head))
            : null;
    }

    /// <summary>A message, of the chain or waiting; null if there is none.</summary>
    internal static ChainMessage? Find(RpcCall call, Hash32 hash) =>
        TryFind(call, hash, out Tipset? tipset, out int index)
            ? call.Node.MessagesOf(tipset)[index]
            : call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out PoolEntry? entry)
                ? entry.Message
                : null;

    private static TransactionView ByNumberAndIndex(
        RpcCall call, BlockParameter block, Quantity index) =>
        At(call, call.Node.Blocks.GetStrict(block), index);

    private static TransactionView ByHashAndIndex(RpcCall call, Hash32 hash, Quantity index) =>
        At(call, TipsetOf(call, hash), index);

    internal static ReceiptView? Receipt(RpcCall call, Hash32 hash) =>
        TryFind(call, hash, out Tipset? tipset, out int index)
            ? ReceiptViews.Of(
                call.Node,
                tipset,
                call.Node.MessagesOf(tipset)[index],
                index,
                call.Node.StateAfter(tipset))
            : null;

    private static Quantity Balance(
        RpcCall call, EthereumAddress address, BlockParameter? block) =>
        new(StateAt(call, block).BalanceOf(address.ToAddress()).ToBigInteger());

    private static Quantity Nonce(RpcCall call, EthereumAddress address, BlockParameter? block) =>
        block is { Tag: "pending" }
            ? call.Node.PendingNonceOf(address.ToAddress())
            : StateAt(call, block).NonceOf(address.ToAddress());

    private static HexBytes Code(RpcCall call, EthereumAddress address, BlockParameter? block) =>
        new(StateAt(call, block).CodeOf(address.ToAddress()));

    private static HexBytes StorageAt(
        RpcCall call, EthereumAddress address, Word slot, BlockParameter? block) =>
        new(StateAt(call, block).SlotOf(address.ToAddress(), slot.ToBytes()));

    private static HexBytes Call(
        RpcCall call,
        CallRequest request,
        BlockParameter? block,
        IReadOnlyDictionary<string, AccountOverride>? stateOverrides,
        BlockOverride? blockOverrides) => new(call.Node.Calls.Call(
            request,
            call.Node.Blocks.Get(block),
            CallOverrides.Of(stateOverrides, blockOverrides)));

    private static Quantity Estimate(
        RpcCall call,
        CallRequest request,
        BlockParameter? block,
        IReadOnlyDictionary<string, AccountOverride>? stateOverrides,
        BlockOverride? blockOverrides) => (ulong)call.Node.Calls.Estimate(
            request, CallOverrides.Of(stateOverrides, blockOverrides));

    private static Hash32 SendRaw(RpcCall call, HexBytes transaction) =>
        call.Node.Sending.SendRaw(transaction.Bytes.Span);

    private static Hash32 Send(RpcCall call, CallRequest transaction) =>
        call.Node.Sending.Send(transaction);

    private static HexBytes Sign(RpcCall call, CallRequest transaction) =>
        call.Node.Sending.Sign(transaction);

    private static List<LogView> Logs(RpcCall call, LogFilter filter) =>
        call.Node.Logs.Find(filter);

    private static string NewFilter(RpcCall call, LogFilter filter) =>
        call.Node.Filters.AddLogs(filter);

    private static string NewBlockFilter(RpcCall call) => call.Node.Filters.AddBlocks();

    private static string NewPendingFilter(RpcCall call) => call.Node.Filters.AddPending();

    private static IReadOnlyList<object> Changes(RpcCall call, string filter) =>
        call.Node.Filters.Changes(filter);

    private static IReadOnlyList<LogView> FilterLogs(RpcCall call, string filter) =>
        call.Node.Filters.AllLogs(filter);

    private static bool Uninstall(RpcCall call, string filter) =>
        call.Node.Filters.Remove(filter);

    private static string Subscribe(RpcCall call, string kind, SubscriptionOptions? options) =>
        ConnectionOf(call).Subscribe(kind, options);

    private static bool Unsubscribe(RpcCall call, string subscription) =>
        ConnectionOf(call).Unsubscribe(subscription);

    private static string NetVersion(RpcCall call) => $"{call.Node.Chain.Network.ChainId}";

    private static bool Listening(RpcCall call) => true;

    private static Quantity PeerCount(RpcCall call) => 0UL;

    private static string ClientVersion(RpcCall call) => call.Node.ClientVersion;

    private static Hash32 Keccak(RpcCall call, HexBytes data) =>
        new(Crypto.Keccak256.Hash(data.Bytes.Span));

    private static RpcConnection ConnectionOf(RpcCall call) => call.Connection
        ?? throw new RpcException("connection doesn't support callbacks: use WebSocket");

    private static ActorView StateAt(RpcCall call, BlockParameter? block) =>
        call.Node.StateAfter(call.Node.Blocks.Get(block));

    private static Tipset TipsetOf(RpcCall call, Hash32 hash) =>
        call.Node.Blocks.Get(new(null, null, hash.Bytes.ToArray(), false));

    private static TransactionView At(RpcCall call, Tipset tipset, Quantity index)
    {
        IReadOnlyList<ChainMessage> messages = call.Node.MessagesOf(tipset);
        return index.Value < messages.Count
            ? TransactionViews.Of(
                messages[(int)index.Value],
                call.Node.Chain.Network,
                call.Node.StateAfter(tipset),
                tipset,
                (int)index.Value)
            : throw new RpcException($"index {index.Value} of {messages.Count} transactions");
    }

    /// <summary>Finds where the chain has a transaction.</summary>
    internal static bool TryFind(
        RpcCall call,
        Hash32 hash,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Tipset? tipset,
        out int index)
    {
        (tipset, index) = (null, 0);
        ChainStore store = call.Node.Chain.Store;
        if (!store.TryFindEthereum(hash.Bytes.Span, out Cid cid)
            || !store.TryFindMessage(cid, out MessagePlace? place)
            || !store.TryGetTipset(place.TipsetKeyCid, out tipset))
        {
            return false;
        }

        index = (int)place.Index;
        return true;
    }
}
