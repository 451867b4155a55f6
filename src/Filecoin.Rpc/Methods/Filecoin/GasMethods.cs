namespace Filecoin.Rpc;

/// <summary>What gas a message needs and what to pay for it.</summary>
/// <remarks>Spec: lotus node/impl/full/gas.go; eth-compat 8 and 9.</remarks>
public static class GasMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<MessageView, MessageSendSpec?, TipsetLinks?, MessageView>(
            "Filecoin.GasEstimateMessageGas", Permission.Read,
            "A message with gas limit and fees.", EstimateMessage, 1),
        RpcMethod.Of<MessageView, TipsetLinks?, long>(
            "Filecoin.GasEstimateGasLimit", Permission.Read, "The gas that it uses.",
            EstimateLimit, 1),
        RpcMethod.Of<MessageView, long, TipsetLinks?, AmountView>(
            "Filecoin.GasEstimateFeeCap", Permission.Read, "A fee cap.", EstimateCap, 1),
        RpcMethod.Of<ulong, AddressView, long, TipsetLinks?, AmountView>(
            "Filecoin.GasEstimateGasPremium", Permission.Read, "A premium.", EstimatePremium, 1),
    ];

    /// <summary>A message with what it lacks of gas limit and fees.</summary>
    /// <exception cref="RpcException">It fails with any gas.</exception>
    internal static Message Complete(RpcCall call, Message asked, MessageSendSpec? spec)
    {
        long limit = asked.GasLimit > 0 ? (long)asked.GasLimit : Estimate(call, asked);
        TokenAmount premium = asked.GasPremium.IsZero ? GasFees.Premium : asked.GasPremium;
        TokenAmount cap = asked.GasFeeCap.IsZero ? call.Node.Fees.Cap : asked.GasFeeCap;
        if (spec is { MaxFee.Amount: TokenAmount most } && !most.IsZero && limit > 0)
        {
            cap = TokenAmount.Min(cap, most.DivideFloor(limit));
        }

        return asked with
        {
            GasLimit = (ulong)limit,
            GasFeeCap = cap,
            GasPremium = TokenAmount.Min(premium, cap),
        };
    }

    private static MessageView EstimateMessage(
        RpcCall call, MessageView message, MessageSendSpec? spec, TipsetLinks? key) =>
        MessageView.Of(Complete(call, message.ToMessage(), spec), message);

    private static long EstimateLimit(RpcCall call, MessageView message, TipsetLinks? key) =>
        Estimate(call, message.ToMessage());

    private static AmountView EstimateCap(
        RpcCall call, MessageView message, long blocks, TipsetLinks? key) =>
        new(call.Node.Fees.Cap);

    private static AmountView EstimatePremium(
        RpcCall call, ulong blocks, AddressView sender, long limit, TipsetLinks? key) =>
        new(GasFees.Premium);

    /// <exception cref="RpcException">Nobody has the sender's address, or it fails.</exception>
    private static long Estimate(RpcCall call, Message message)
    {
        _ = ChainState.At(call, null).Find(new(message.From));
        return call.Node.Calls.EstimateMessage(message with
        {
            GasFeeCap = TokenAmount.Zero,
            GasPremium = TokenAmount.Zero,
        });
    }
}
