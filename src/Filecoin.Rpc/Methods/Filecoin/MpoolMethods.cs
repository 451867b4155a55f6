namespace Filecoin.Rpc;

/// <summary>Messages on their way into the chain.</summary>
/// <remarks>Spec: lotus node/impl/full/mpool.go.</remarks>
public static class MpoolMethods
{
    private const int BatchMax = 1_000;

    /// <summary>Sees to it that two messages of one sender do not get one nonce.</summary>
    private static readonly Lock Pushing = new();

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<AddressView, ulong>(
            "Filecoin.MpoolGetNonce", Permission.Read, "The next nonce.", Nonce),
        RpcMethod.Of<TipsetLinks?, IReadOnlyList<SignedMessageView>>(
            "Filecoin.MpoolPending", Permission.Read, "What waits.", Pending, 0),
        RpcMethod.Of<TipsetLinks?, double, IReadOnlyList<SignedMessageView>>(
            "Filecoin.MpoolSelect", Permission.Read, "What the next block would have.",
            Select, 0),
        RpcMethod.Of("Filecoin.MpoolGetConfig", Permission.Read, "What the pool takes.", Config),
        RpcMethod.Of<SignedMessageView, CidLink>(
            "Filecoin.MpoolPush", Permission.Write, "Brings a message.", PushSigned),
        RpcMethod.Of<SignedMessageView, CidLink>(
            "Filecoin.MpoolPushUntrusted", Permission.Write, "Brings a stranger's message.",
            PushSigned),
        RpcMethod.Of<IReadOnlyList<SignedMessageView>, IReadOnlyList<CidLink>>(
            "Filecoin.MpoolBatchPush", Permission.Write, "Brings messages.", PushAllSigned),
        RpcMethod.Of<IReadOnlyList<SignedMessageView>, IReadOnlyList<CidLink>>(
            "Filecoin.MpoolBatchPushUntrusted", Permission.Write, "Brings strangers' messages.",
            PushAllSigned),
        RpcMethod.Of<MessageView, MessageSendSpec?, SignedMessageView>(
            "Filecoin.MpoolPushMessage", Permission.Sign, "Signs a message and brings it.",
            PushMessage, 1),
        RpcMethod.Of<IReadOnlyList<MessageView>, MessageSendSpec?,
            IReadOnlyList<SignedMessageView>>(
            "Filecoin.MpoolBatchPushMessage", Permission.Sign, "Signs messages and brings them.",
            PushMessages, 1),
        RpcMethod.Of<IReadOnlyList<MessagePrototypeView>,
            IReadOnlyList<IReadOnlyList<MessageCheckView>>>(
            "Filecoin.MpoolCheckMessages", Permission.Read, "Whether messages would be taken.",
            Check),
        RpcMethod.Of<AddressView, IReadOnlyList<IReadOnlyList<MessageCheckView>>?>(
            "Filecoin.MpoolCheckPendingMessages", Permission.Read,
            "Whether the messages of a sender that wait would still be taken.", CheckPending),
        RpcMethod.Of<bool, object?>(
            "Filecoin.MpoolClear", Permission.Write, "Drops what waits.", Clear, 0),
    ];

    /// <summary>Gives a message a nonce, signs it with a key of the node and brings it.</summary>
    /// <exception cref="RpcException">There is no such key, or it is refused.</exception>
    internal static SignedMessage Push(
        RpcCall call, Message message, MessageSendSpec? spec = null)
    {
        if (message.Nonce != 0)
        {
            throw new RpcException(
                $"MpoolPushMessage expects message nonce to be 0, was {message.Nonce}");
        }

        WalletKey key = WalletMethods.KeyOf(call, new(message.From));
        Message completed = GasMethods.Complete(call, message with { From = key.Address }, spec);
        lock (Pushing)
        {
            SignedMessage signed = key.Sign(
                completed with { Nonce = call.Node.Chain.Pool.NextNonce(key.Address) },
                call.Node.Chain.Network.ChainId);
            call.Node.Sending.Submit(signed);
            return signed;
        }
    }

    private static ulong Nonce(RpcCall call, AddressView address)
    {
        _ = ChainState.At(call, null).Find(address);
        return call.Node.Chain.Pool.NextNonce(address.Address);
    }

    private static IReadOnlyList<SignedMessageView> Pending(RpcCall call, TipsetLinks? key) =>
        Views(call.Node.Chain.Pool.Pending);

    private static IReadOnlyList<SignedMessageView> Select(
        RpcCall call, TipsetLinks? key, double quality) =>
        Views(call.Node.Chain.Pool.SelectNext());

    private static List<SignedMessageView> Views(IReadOnlyList<PoolEntry> entries)
    {
        List<SignedMessageView> views = [];
        foreach (PoolEntry entry in entries)
        {
            views.Add(SignedMessageView.Of(entry.Message.ToSigned()!));
        }

        return views;
    }

    private static PoolConfigView Config(RpcCall call)
    {
        PoolPolicy policy = PoolPolicy.Devnet;
        return new(
            [],
            policy.MessagesMax,
            policy.MessagesMax,
            policy.ReplacePercent / 100.0,
            0,
            1.25);
    }

    private static CidLink PushSigned(RpcCall call, SignedMessageView message)
    {
        SignedMessage signed = message.ToSigned();
        call.Node.Sending.Submit(signed);
        return new(signed.Cid);
    }

    private static IReadOnlyList<CidLink> PushAllSigned(
        RpcCall call, IReadOnlyList<SignedMessageView> messages)
    {
        List<CidLink> cids = [];
        foreach (SignedMessageView message in Bounded(messages))
        {
            cids.Add(PushSigned(call, message));
        }

        return cids;
    }

    private static SignedMessageView PushMessage(
        RpcCall call, MessageView message, MessageSendSpec? spec) =>
        SignedMessageView.Of(Push(call, message.ToMessage(), spec), message);

    private static IReadOnlyList<SignedMessageView> PushMessages(
        RpcCall call, IReadOnlyList<MessageView> messages, MessageSendSpec? spec)
    {
        List<SignedMessageView> pushed = [];
        foreach (MessageView message in Bounded(messages))
        {
            pushed.Add(PushMessage(call, message, spec));
        }

        return pushed;
    }

    private static IReadOnlyList<IReadOnlyList<MessageCheckView>> Check(
        RpcCall call, IReadOnlyList<MessagePrototypeView> prototypes)
    {
        List<IReadOnlyList<MessageCheckView>> checks = [];
        foreach (MessagePrototypeView prototype in Bounded(prototypes))
        {
            checks.Add(PrototypeChecks.Of(call, prototype));
        }

        return checks;
    }

    private static IReadOnlyList<IReadOnlyList<MessageCheckView>>? CheckPending(
        RpcCall call, AddressView sender)
    {
        ChainState state = ChainState.At(call, null);
        List<Message> waiting = [];
        foreach (PoolEntry entry in call.Node.Chain.Pool.Pending)
        {
            Message message = entry.Message.Message;
            if (state.IsSame(message.From, sender.Address))
            {
                waiting.Add(message);
            }
        }

        waiting.Sort(static (left, right) => left.Nonce.CompareTo(right.Nonce));
        return waiting.Count == 0 ? null : PrototypeChecks.OfWaiting(call, state, waiting);
    }

    private static object? Clear(RpcCall call, bool own)
    {
        call.Node.Chain.Pool.Clear();
        return null;
    }

    private static IReadOnlyList<T> Bounded<T>(IReadOnlyList<T> items) =>
        items.Count <= BatchMax
            ? items
            : throw RpcException.BadParameters($"{items.Count} messages, more than {BatchMax}");
}

/// <summary>What the pool takes.</summary>
/// <param name="PriorityAddrs">Senders that come first: none.</param>
/// <param name="SizeLimitHigh">Messages that may wait.</param>
/// <param name="SizeLimitLow">Messages that are left when there were more.</param>
/// <param name="ReplaceByFeeRatio">How much more a message pays that replaces another.</param>
/// <param name="PruneCooldown">Nanoseconds between two clearings.</param>
/// <param name="GasLimitOverestimation">How much more gas estimates give than was used.</param>
public sealed record PoolConfigView(
    IReadOnlyList<AddressView> PriorityAddrs,
    int SizeLimitHigh,
    int SizeLimitLow,
    double ReplaceByFeeRatio,
    long PruneCooldown,
    double GasLimitOverestimation);
