namespace Filecoin.Rpc;

/// <summary>One thing that was checked of a message.</summary>
/// <param name="Cid">Names the message.</param>
/// <param name="Code">What was checked, by lotus' number.</param>
/// <param name="IsFine">Whether it is as it must be.</param>
/// <param name="Error">What is wrong; empty for nothing.</param>
/// <param name="Hint">The figures.</param>
public sealed record MessageCheckView(
    CidLink Cid,
    int Code,
    [property: JsonPropertyName("OK")] bool IsFine,
    [property: JsonPropertyName("Err")] string Error,
    IReadOnlyDictionary<string, string> Hint);

/// <summary>Checks messages before they are signed.</summary>
/// <remarks>Spec: lotus chain/messagepool/check.go; sizes are not checked.</remarks>
internal static class PrototypeChecks
{
    private const int Validity = 3;
    private const int MinBaseFee = 5;
    private const int BaseFee = 6;
    private const int StateNonce = 9;
    private const int Nonce = 10;
    private const int StateBalance = 11;
    private const int Balance = 12;

    /// <summary>The checks of a message that is to be sent.</summary>
    public static IReadOnlyList<MessageCheckView> Of(RpcCall call, MessagePrototypeView prototype)
    {
        Message message = prototype.Message.ToMessage();
        ulong next = call.Node.Chain.Pool.NextNonce(message.From);
        return Of(
            call, ChainState.At(call, null), message, TokenAmount.Zero, next,
            !prototype.ValidNonce || message.Nonce >= next);
    }

    /// <summary>The checks of messages of one sender that wait, in the order of nonces.</summary>
    /// <remarks>Each pays after those before it, and has the nonce after theirs.</remarks>
    public static IReadOnlyList<IReadOnlyList<MessageCheckView>> OfWaiting(
        RpcCall call, ChainState state, IReadOnlyList<Message> messages)
    {
        List<IReadOnlyList<MessageCheckView>> checks = [];
        ulong next = state.Actors.TryResolve(messages[0].From, out ActorId id)
            && state.Actors.TryGetActor(id, out ActorState sender) ? sender.Nonce : 0;
        TokenAmount before = TokenAmount.Zero;
        foreach (Message message in messages)
        {
            checks.Add(Of(call, state, message, before, next, message.Nonce == next));
            before += CostOf(message);
            next = message.Nonce + 1;
        }

        return checks;
    }

    private static TokenAmount CostOf(Message message) =>
        message.Value + (message.GasFeeCap * (long)message.GasLimit);

    private static IReadOnlyList<MessageCheckView> Of(
        RpcCall call,
        ChainState state,
        Message message,
        TokenAmount before,
        ulong next,
        bool isInTurn)
    {
        bool isKnown = state.Actors.TryResolve(message.From, out ActorId id)
            & state.Actors.TryGetActor(id, out ActorState sender);
        TokenAmount needed = before + CostOf(message);
        NetworkParameters network = call.Node.Chain.Network;
        CidLink cid = new(message.Cid);
        return
        [
            Make(Validity, message.GasPremium <= message.GasFeeCap
                && !message.Value.IsNegative
                && message.GasLimit <= (ulong)network.BlockGasMax,
                $"gas {message.GasLimit}, premium {message.GasPremium},"
                    + $" fee cap {message.GasFeeCap}"),
            Make(MinBaseFee, message.GasFeeCap >= network.BaseFeeMin,
                $"GasFeeCap less than base fee minimum {network.BaseFeeMin}"),
            Make(BaseFee, message.GasFeeCap >= call.Node.Chain.NextBaseFee,
                $"GasFeeCap less than current base fee {call.Node.Chain.NextBaseFee}"),
            Make(StateNonce, isKnown, $"actor not found: {new AddressView(message.From)}"),
            Make(Nonce, isInTurn, $"message nonce {message.Nonce}, expected {next}"),
            Make(StateBalance, isKnown, $"actor not found: {new AddressView(message.From)}"),
            Make(Balance, isKnown && sender.Balance >= needed,
                $"insufficient balance: {sender.Balance} of {needed} attoFIL"),
        ];

        MessageCheckView Make(int code, bool isFine, string error) => new(
            cid,
            code,
            isFine,
            isFine ? "" : error,
            new Dictionary<string, string> { ["requiredFunds"] = $"{needed.ToBigInteger()}" });
    }
}
