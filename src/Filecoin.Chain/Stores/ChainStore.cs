using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>The tipsets of a chain, what they led to, and where their messages are.</summary>
/// <remarks>
/// Every change of the head is one write of the store: a process that is killed leaves the chain
/// as it was before it or after it. One writer; any number of concurrent readers.
/// </remarks>
public sealed partial class ChainStore
{
    private readonly IOrderedStore store;
    private Tipset? head;
    private Executed? last;

    /// <summary>A tipset that was just accepted, whose messages are asked for at once.</summary>
    private sealed record Executed(Tipset Tipset, IReadOnlyList<ChainMessage> Messages);

    /// <summary>Opens the chain in a store, which may be empty.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="network">
    /// Whose chain it is; name, chain id and time between epochs are the store's, if it has them.
    /// </param>
    /// <exception cref="ChainStoreException">The head is not readable.</exception>
    public ChainStore(IOrderedStore store, NetworkParameters network)
        : this(store, network, head: null)
    {
        if (store.TryGet(StoreFamily.Chain, ChainKeys.UnfinishedImport, out _))
        {
            throw new ChainStoreException(
                "", "the import of a snapshot was cut off; import it again");
        }

        head = ReadHead();
    }

    private ChainStore(IOrderedStore store, NetworkParameters network, Tipset? head)
    {
        ArgumentNullException.ThrowIfNull(store);
        (this.store, Network) = (store, StoredNetwork.Read(store, network));
        Line = NetworkConfig.LineOf(network.Version);
        Blocks = new StoredBlocks(store);
        this.head = head;
    }

    /// <summary>Blocks of chain and state.</summary>
    public IBlockstore Blocks { get; }

    /// <summary>Whose chain it is.</summary>
    public NetworkParameters Network { get; }

    /// <summary>Which versions of the state there can be.</summary>
    internal ProtocolLine Line { get; }

    /// <summary>The last tipset; null before there is a first one.</summary>
    public Tipset? Head => Volatile.Read(ref head);

    /// <summary>Which storage miners a node of the network proves.</summary>
    /// <exception cref="ChainStoreException">It is not readable.</exception>
    public StoredMiners LoadMiners() => StoredMiners.Read(store);

    /// <summary>
    /// Keeps with how many the network began, all of them proven, if the store does not say.
    /// </summary>
    internal void KeepFirstMiners(int count)
    {
        if (count > 0 && !store.TryGet(StoreFamily.Chain, ChainKeys.Miners, out _))
        {
            StoreBatch batch = new();
            StoredMiners.Begin(count).Put(batch);
            store.Write(batch);
        }
    }

    /// <summary>Keeps which of them are proven, in one write.</summary>
    internal void KeepProven(IEnumerable<ActorId> proven)
    {
        StoreBatch batch = new();
        (LoadMiners() with { Proven = [.. proven] }).Put(batch);
        store.Write(batch);
    }

    /// <summary>The node's payment channels, in the order in which they came.</summary>
    /// <exception cref="ChainStoreException">One is not readable.</exception>
    public IReadOnlyList<StoredChannel> LoadChannels() => StoredChannel.ReadAll(store);

    /// <summary>Keeps a payment channel, in one write.</summary>
    public void KeepChannel(StoredChannel channel)
    {
        StoreBatch batch = new();
        channel.Put(batch);
        store.Write(batch);
    }

    /// <summary>Gets a tipset, of the chain or not.</summary>
    public bool TryGetTipset(TipsetKey key, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = Head;
        return (tipset is not null && tipset.Key == key)
            || Tipset.TryLoad(Blocks, key, out tipset);
    }

    /// <summary>Gets the tipset whose key has a CID, of the chain or not.</summary>
    public bool TryGetTipset(Cid keyCid, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = null;
        return TryGetRecord(keyCid, out TipsetRecord? record)
            && TryGetTipset(record.Key, out tipset);
    }

    /// <summary>Gets the chain's tipset of an epoch; false if it has none.</summary>
    public bool TryGetTipset(ChainEpoch epoch, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = null;
        return store.TryGet(
            StoreFamily.Chain, ChainKeys.Epoch(epoch), out ReadOnlyMemory<byte> key)
            && TryDecodeTipset(key.Span, out tipset);
    }

    /// <summary>What the execution of a tipset led to; false if it was not executed.</summary>
    public bool TryGetRecord(Tipset tipset, [NotNullWhen(true)] out TipsetRecord? record) =>
        TryGetRecord(tipset.KeyCid, out record);

    /// <summary>Whether a tipset is part of the chain.</summary>
    public bool IsCanonical(Tipset tipset) =>
        store.TryGet(
            StoreFamily.Chain, ChainKeys.Epoch(tipset.Epoch), out ReadOnlyMemory<byte> key)
        && key.Span.SequenceEqual(tipset.Key.Bytes);

    /// <summary>The last tipset not after an epoch, on the chain that ends with another.</summary>
    public bool TryGetAtOrBefore(
        Tipset last, ChainEpoch epoch, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = last;
        while (tipset.Epoch.Value > epoch.Value)
        {
            if (IsCanonical(tipset))
            {
                return store.TryGetAtOrBefore(
                    StoreFamily.Chain, ChainKeys.Epoch(epoch), out byte[] found, out byte[] key)
                    && ChainKeys.IsEpoch(found)
                    && TryDecodeTipset(key, out tipset);
            }

            if (!TryGetTipset(tipset.Parents, out tipset))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first tipset not before an epoch, on a chain that ends with another.</summary>
    public bool TryGetAtOrAfter(
        Tipset last, ChainEpoch epoch, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = null;
        if (last.Epoch.Value < epoch.Value)
        {
            return false;
        }

        Tipset after = last;
        while (after.Epoch.Value > epoch.Value)
        {
            if (IsCanonical(after))
            {
                return store.TryGetAtOrAfter(
                    StoreFamily.Chain, ChainKeys.Epoch(epoch), out byte[] found, out byte[] key)
                    && ChainKeys.IsEpoch(found)
                    && TryDecodeTipset(key, out tipset);
            }

            if (!TryGetTipset(after.Parents, out Tipset? before))
            {
                break;
            }

            if (before.Epoch.Value < epoch.Value)
            {
                break;
            }

            after = before;
        }

        tipset = after;
        return true;
    }

    /// <summary>Opens a store that a snapshot is being taken up into.</summary>
    internal static ChainStore OpenUnfinished(IOrderedStore store, NetworkParameters network) =>
        new(store, network, head: null);

    private bool TryGetRecord(Cid keyCid, [NotNullWhen(true)] out TipsetRecord? record)
    {
        record = null;
        return store.TryGet(
            StoreFamily.Chain, ChainKeys.Tipset(keyCid), out ReadOnlyMemory<byte> bytes)
            && Cbor.TryDecode<TipsetRecord>(bytes.Span, out record, out _);
    }

    private bool TryDecodeTipset(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Tipset? tipset)
    {
        tipset = null;
        return TipsetKey.TryDecode(bytes, out TipsetKey key) && TryGetTipset(key, out tipset);
    }
}
