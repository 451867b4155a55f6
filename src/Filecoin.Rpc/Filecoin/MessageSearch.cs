using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Rpc;

/// <summary>Looks for a message in the chain, or for the one that took its place.</summary>
/// <remarks>
/// Spec: lotus chain/stmgr/searchwait.go. What takes a message's place has its sender, nonce and
/// call, and other gas.
/// </remarks>
/// <param name="Message">Names the message.</param>
/// <param name="EpochsMax">
/// How far back from the last tipset it may be, in epochs; <see cref="NoLimit"/> for any.
/// </param>
/// <param name="TakesReplacement">Whether the other message is as good.</param>
internal readonly record struct MessageSearch(Cid Message, long EpochsMax, bool TakesReplacement)
{
    /// <summary>As far back as the chain goes.</summary>
    public const long NoLimit = -1;

    /// <summary>How long a call waits at most.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(10);

    /// <summary>A message wherever it is, or what took its place.</summary>
    public static MessageSearch Any(Cid message) => new(message, NoLimit, TakesReplacement: true);

    /// <summary>What is found on the chain that ends with the head; null for nothing.</summary>
    public MessageLookupView? Find(RpcCall call) => Find(call, call.Node.Chain.Head);

    /// <summary>What is found on the chain that ends with a tipset; null for nothing.</summary>
    /// <exception cref="RpcException">Another message has its nonce.</exception>
    public MessageLookupView? Find(RpcCall call, Tipset last) => Find(
        call, last, EpochsMax == NoLimit ? long.MinValue : last.Epoch.Value - EpochsMax);

    /// <summary>Waits until the message, or what took its place, is part of the chain.</summary>
    /// <remarks>
    /// Where blocks are made by time, it waits until the head is as many epochs further as are
    /// asked for. Where a block is made for a message or by hand, nobody might ever make those:
    /// the chain does not change of itself, and they count as there.
    /// </remarks>
    /// <param name="call">Where it is looked for.</param>
    /// <param name="confidence">Epochs from the message's tipset to the head.</param>
    /// <exception cref="RpcException">
    /// It does not come, too many wait, or another message has its nonce.
    /// </exception>
    public MessageLookupView Wait(RpcCall call, ulong confidence)
    {
        MessageSearch search = this;
        long first = EpochsMax == NoLimit
            ? long.MinValue
            : call.Node.Chain.Head.Epoch.Value - EpochsMax;
        return call.Node.Waiting.Until(() => search.Look(call, confidence, first), WaitMax)
            ?? throw new RpcException(
                $"{Message} did not come, with {confidence} epochs after it, within"
                    + $" {WaitMax.TotalMinutes} minutes");
    }

    /// <summary>What waiting for the message would give at once; null if it would wait.</summary>
    /// <exception cref="RpcException">Another message has its nonce.</exception>
    public MessageLookupView? Look(RpcCall call, ulong confidence) =>
        Look(call, confidence, long.MinValue);

    /// <summary>Where the message is that has this name; false if it is on no chain.</summary>
    public bool TryFind(RpcCall call, [NotNullWhen(true)] out Tipset? tipset, out ulong index)
    {
        ChainStore store = call.Node.Chain.Store;
        tipset = null;
        index = 0;
        if (!store.TryFindMessage(Message, out MessagePlace? place))
        {
            return false;
        }

        index = place.Index;
        return store.TryGetTipset(place.TipsetKeyCid, out tipset);
    }

    private MessageLookupView? Look(RpcCall call, ulong confidence, long first)
    {
        Tipset head = call.Node.Chain.Head;
        return Find(call, head, first) is MessageLookupView found
            && (call.Node.Producer.Mode != ProductionMode.Interval
                || (ulong)(head.Epoch.Value - found.Height) >= confidence)
                    ? found
                    : null;
    }

    private MessageLookupView? Find(RpcCall call, Tipset last, long first)
    {
        bool isHere = TryFind(call, out Tipset? tipset, out ulong index)
            && call.Node.Chain.Store.TryGetAtOrBefore(last, tipset.Epoch, out Tipset? same)
            && same.Key == tipset.Key;
        Cid found = Message;
        return (isHere || TryFindReplacement(call, last, out tipset, out index, out found))
            && tipset!.Epoch.Value >= first
                ? ViewOf(call, found, tipset, index)
                : null;
    }

    /// <summary>Looks where the sender's nonce went beyond the message's.</summary>
    private bool TryFindReplacement(
        RpcCall call,
        Tipset last,
        [NotNullWhen(true)] out Tipset? tipset,
        out ulong index,
        out Cid found)
    {
        tipset = null;
        (index, found) = (0, default);
        if (!ExecutionMethods.TryGetMessage(call, Message, out Message? asked)
            || NonceAfter(call, last, asked.From) <= asked.Nonce)
        {
            return false;
        }

        tipset = TipsetOf(call, last, asked);
        foreach (ChainMessage message in call.Node.MessagesOf(tipset))
        {
            if (message.Message.From == asked.From && message.Message.Nonce == asked.Nonce)
            {
                found = message.Cid;
                return IsReplacement(message, asked, tipset);
            }

            index++;
        }

        return false;
    }

    /// <exception cref="RpcException">It is another one, or none is as good.</exception>
    private bool IsReplacement(ChainMessage message, Message asked, Tipset tipset)
    {
        string where = $"(F:{new AddressView(asked.From)} n {asked.Nonce}, TS: {tipset.Epoch})";
        Message same = asked with
        {
            GasLimit = message.Message.GasLimit,
            GasFeeCap = message.Message.GasFeeCap,
            GasPremium = message.Message.GasPremium,
        };
        return (same.Cid == message.Message.Cid, TakesReplacement) switch
        {
            (true, true) => true,
            (true, false) => throw new RpcException(
                $"found message with equal nonce as the one we are looking for {where}"),
            _ => throw new RpcException("found message with equal nonce as the one we are looking"
                + $" for that is NOT a valid replacement message {where}"),
        };
    }

    /// <summary>The tipset after which the sender's nonce is first above the message's.</summary>
    private static Tipset TipsetOf(RpcCall call, Tipset last, Message asked)
    {
        long low = 0;
        Tipset found = last;
        while (low < found.Epoch.Value)
        {
            long middle = low + ((found.Epoch.Value - low) / 2);
            Tipset? at = call.Node.Chain.Store.TryGetAtOrBefore(
                last, new(middle), out Tipset? there) ? there : null;
            if (at is not null && NonceAfter(call, at, asked.From) > asked.Nonce)
            {
                found = at;
            }
            else
            {
                low = middle + 1;
            }
        }

        return found;
    }

    private static ulong NonceAfter(RpcCall call, Tipset tipset, Address sender) =>
        call.Node.StateAfter(tipset).TryGet(sender, out _, out ActorState actor)
            ? actor.Nonce
            : 0;

    private static MessageLookupView? ViewOf(
        RpcCall call, Cid message, Tipset tipset, ulong index)
    {
        ChainStore store = call.Node.Chain.Store;
        return store.TryGetRecord(tipset, out TipsetRecord? record)
            && store.TryGetReceipt(record, index, out Receipt? receipt)
                ? new(
                    new(message),
                    MessageReceiptView.Of(receipt),
                    ReturnOf(call, tipset, ExecutionMethods.MessageOf(call, message), receipt),
                    [.. TipsetView.Links(tipset.Cids)],
                    tipset.Epoch.Value)
                : null;
    }

    /// <summary>What a message returned, if its receiver's methods are known.</summary>
    private static ActorValue ReturnOf(
        RpcCall call, Tipset tipset, Message message, Receipt receipt)
    {
        if (receipt.Return.IsEmpty || message.Method == MethodNumber.Send)
        {
            return default;
        }

        ChainState state = ChainState.Of(call, tipset);
        return state.Actors.TryResolve(message.To, out ActorId id)
            && state.Actors.TryGetActor(id, out ActorState actor)
            && state.NameOf(actor) is string name
            && ActorTables.MethodOf(name, message.Method) is { ReturnType: CborType type }
                ? ActorCodec.DecodeOrNull(type, receipt.Return.Span)
                : default;
    }
}
