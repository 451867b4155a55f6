using Filecoin.Actors.PaymentChannel;

namespace Filecoin.Chain;

/// <summary>What a node keeps of a payment channel in which one of its keys takes part.</summary>
/// <remarks>
/// Spec: lotus paychmgr/store.go. What became of a message the chain says: it is not kept.
/// </remarks>
/// <param name="Number">How many came before it.</param>
/// <param name="Channel">Its address; null before the chain has given it one.</param>
/// <param name="From">Who pays.</param>
/// <param name="To">Who is paid.</param>
/// <param name="IsOutbound">Whether the node pays; else it is paid.</param>
/// <param name="IsSettling">Whether the node has asked that it ends.</param>
/// <param name="Confirmed">What the node has put into it.</param>
/// <param name="Available">How much of that nobody has reserved.</param>
/// <param name="Pending">What is on its way into it; null for nothing.</param>
/// <param name="NextLane">The lowest lane that nobody has asked for.</param>
/// <param name="Funding">The messages that made it and brought it funds.</param>
/// <param name="Vouchers">The vouchers that the node has made or taken.</param>
[CborTuple]
public sealed partial record StoredChannel(
    ulong Number,
    Address? Channel,
    Address From,
    Address To,
    bool IsOutbound,
    bool IsSettling,
    TokenAmount Confirmed,
    TokenAmount Available,
    PendingFunds? Pending,
    ulong NextLane,
    ValueList<Cid> Funding,
    ValueList<StoredVoucher> Vouchers)
{
    /// <summary>The address of the node's side.</summary>
    public Address Own => IsOutbound ? From : To;

    /// <summary>All that a store has.</summary>
    /// <exception cref="ChainStoreException">One is not readable.</exception>
    internal static IReadOnlyList<StoredChannel> ReadAll(IOrderedStore store)
    {
        List<StoredChannel> channels = [];
        while (store.TryGet(
            StoreFamily.Chain,
            ChainKeys.Channel((ulong)channels.Count),
            out ReadOnlyMemory<byte> bytes))
        {
            channels.Add(Cbor.TryDecode<StoredChannel>(bytes.Span, out StoredChannel? kept, out _)
                ? kept
                : throw new ChainStoreException(
                    "", $"payment channel number {channels.Count} is malformed"));
        }

        return channels;
    }

    /// <summary>Keeps it.</summary>
    internal void Put(StoreBatch batch) =>
        batch.Put(StoreFamily.Chain, ChainKeys.Channel(Number), Cbor.Encode(this));
}

/// <summary>Funds on their way into a payment channel.</summary>
/// <param name="Message">Names the message that brings them.</param>
/// <param name="Amount">How much it brings.</param>
/// <param name="Available">How much of that is reserved for nobody.</param>
[CborTuple]
public sealed partial record PendingFunds(Cid Message, TokenAmount Amount, TokenAmount Available);

/// <summary>A voucher that a node has made or taken.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="IsSubmitted">
/// Whether it, or one that takes its place, was sent to the channel.
/// </param>
[CborTuple]
public sealed partial record StoredVoucher(SignedVoucher Voucher, bool IsSubmitted);
