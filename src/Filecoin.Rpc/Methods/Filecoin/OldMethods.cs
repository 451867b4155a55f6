namespace Filecoin.Rpc;

/// <summary>Methods that are not the same in the first version of lotus' API, at /rpc/v0.</summary>
/// <remarks>Spec: lotus api/v0api/full.go.</remarks>
public static class OldMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<CidLink, MessageLookupView?>(
            "Filecoin.StateSearchMsg", Permission.Read, "Finds a message.",
            static (call, message) => MessageSearch.Any(message.Cid).Find(call)),
        RpcMethod.Of<CidLink, long, MessageLookupView?>(
            "Filecoin.StateSearchMsgLimited", Permission.Read, "Finds a message.", Search),
        RpcMethod.Of<CidLink, ulong, MessageLookupView>(
            "Filecoin.StateWaitMsg", Permission.Read, "Waits for a message.", Wait),
        RpcMethod.Of<CidLink, ulong, long, MessageLookupView>(
            "Filecoin.StateWaitMsgLimited", Permission.Read, "Waits for a message.",
            WaitLimited),
        RpcMethod.Of<CidLink, TipsetLinks?, MessageReceiptView?>(
            "Filecoin.StateGetReceipt", Permission.Read, "What a message led to.",
            GetReceipt, 1),
        RpcMethod.Of<AddressView, AddressView, AmountView, ChannelInfoView>(
            "Filecoin.PaychGet", Permission.Sign, "Brings an amount into a channel.",
            PaychMethods.Fund),
    ];

    private static MessageLookupView? Search(RpcCall call, CidLink message, long limit) =>
        new MessageSearch(message.Cid, limit, TakesReplacement: true).Find(call);

    private static MessageLookupView Wait(RpcCall call, CidLink message, ulong confidence) =>
        MessageSearch.Any(message.Cid).Wait(call, confidence);

    private static MessageLookupView WaitLimited(
        RpcCall call, CidLink message, ulong confidence, long limit) =>
        new MessageSearch(message.Cid, limit, TakesReplacement: true).Wait(call, confidence);

    private static MessageReceiptView? GetReceipt(
        RpcCall call, CidLink message, TipsetLinks? key) =>
        MessageSearch.Any(message.Cid).Find(call, call.TipsetOf(key))?.Receipt;
}
