namespace Filecoin.Rpc;

/// <summary>Methods that show or drop what waits.</summary>
internal static class PoolMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<Hash32, Hash32?>(
            "anvil_dropTransaction", Permission.Admin,
            "Drops what waits; gives its hash, or null if it does not.", Drop),
        RpcMethod.Of<Hash32, bool>(
            "hardhat_dropTransaction", Permission.Admin,
            "Drops what waits; false if it does not.", DropKnown),
        .. RpcMethod.Change(
            "anvil_dropAllTransactions", "Drops all that waits.", DropAll)
            .And("hardhat_dropAllTransactions"),
        RpcMethod.Change<EthereumAddress>(
            "anvil_removePoolTransactions", "Drops all of a sender that waits.", DropFrom),
        RpcMethod.Of("txpool_status", Permission.Read, "How much waits.", Status),
        RpcMethod.Of("txpool_content", Permission.Read, "What waits, by sender.", Content),
        RpcMethod.Of<EthereumAddress, SenderPoolView>(
            "txpool_contentFrom", Permission.Read, "What waits of a sender.", ContentFrom),
        RpcMethod.Of(
            "txpool_inspect", Permission.Read, "What waits, by sender, in a line each.", Inspect),
        RpcMethod.Of("eth_pendingTransactions", Permission.Read, "What waits.", Pending),
    ];

    private static Hash32? Drop(RpcCall call, Hash32 hash) => DropKnown(call, hash) ? hash : null;

    private static bool DropKnown(RpcCall call, Hash32 hash) =>
        call.Node.Chain.Pool.TryGetEthereum(hash.Bytes.Span, out PoolEntry? entry)
        && call.Node.Chain.Pool.Drop(entry.Message.Cid);

    private static void DropAll(RpcCall call) => call.Node.Chain.Pool.Clear();

    private static void DropFrom(RpcCall call, EthereumAddress sender) =>
        call.Node.Chain.Pool.DropFrom(sender.ToAddress());

    private static PoolStatusView Status(RpcCall call)
    {
        ulong ready = 0;
        ulong queued = 0;
        foreach (PoolEntry entry in call.Node.Chain.Pool.Pending)
        {
            _ = IsReady(call, entry) ? ready++ : queued++;
        }

        return new(Hex.Of(ready), Hex.Of(queued));
    }

    private static List<TransactionView> Pending(RpcCall call)
    {
        ActorView state = call.Node.StateAfter(call.Node.Chain.Head);
        return
        [
            .. call.Node.Chain.Pool.Pending.Select(entry =>
                TransactionViews.Of(entry.Message, call.Node.Chain.Network, state)),
        ];
    }

    private static PoolView<TransactionView> Content(RpcCall call) =>
        Group(call, static transaction => transaction);

    private static SenderPoolView ContentFrom(RpcCall call, EthereumAddress sender)
    {
        PoolView<TransactionView> all = Content(call);
        string address = Hex.OfBytes(sender.Bytes.Span);
        return new(
            all.Pending.GetValueOrDefault(address) ?? [],
            all.Queued.GetValueOrDefault(address) ?? []);
    }

    private static PoolView<string> Inspect(RpcCall call) =>
        Group(call, static transaction =>
            $"{transaction.To ?? "contract creation"}:"
            + $" {NumberOf(transaction.Value)} wei + {NumberOf(transaction.Gas)} gas ×"
            + $" {NumberOf(transaction.MaxFeePerGas ?? transaction.GasPrice ?? "0x0")} wei");

    private static System.Numerics.BigInteger NumberOf(string quantity) =>
        Hex.TryReadNumber(quantity, out System.Numerics.BigInteger number) ? number : 0;

    /// <summary>By sender and nonce; the latter in digits.</summary>
    private static PoolView<T> Group<T>(RpcCall call, Func<TransactionView, T> show)
    {
        PoolView<T> view = new([], []);
        ActorView state = call.Node.StateAfter(call.Node.Chain.Head);
        foreach (PoolEntry entry in call.Node.Chain.Pool.Pending)
        {
            TransactionView transaction = TransactionViews.Of(
                entry.Message, call.Node.Chain.Network, state);
            Dictionary<string, Dictionary<string, T>> part =
                IsReady(call, entry) ? view.Pending : view.Queued;
            if (!part.TryGetValue(transaction.From, out Dictionary<string, T>? own))
            {
                part[transaction.From] = own = [];
            }

            own[$"{entry.Message.Message.Nonce}"] = show(transaction);
        }

        return view;
    }

    /// <summary>Whether all nonces before its own are used or wait.</summary>
    private static bool IsReady(RpcCall call, PoolEntry entry) =>
        entry.Message.Message.Nonce
            < call.Node.Chain.Pool.NextNonce(entry.Message.Message.From);
}
