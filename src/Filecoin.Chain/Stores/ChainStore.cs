using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>The tipsets of a chain, what they led to, and where their messages are.</summary>
/// <remarks>
/// Every change of the head is one write of the store: a process that is killed leaves the chain
/// as it was before it or after it. One writer; any number of concurrent readers.
/// </remarks>
public sealed class ChainStore
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

    /// <summary>Where the chain has a message; false if it has not.</summary>
    public bool TryFindMessage(Cid cid, [NotNullWhen(true)] out MessagePlace? place)
    {
        place = null;
        return store.TryGet(
            StoreFamily.Index, ChainKeys.Message(cid), out ReadOnlyMemory<byte> found)
            && Cbor.TryDecode<MessagePlace>(found.Span, out place, out _);
    }

    /// <summary>The message of an Ethereum transaction of the chain.</summary>
    /// <param name="hash32">Its hash; of a message of another kind, the CID's digest.</param>
    /// <param name="cid">The message's CID.</param>
    public bool TryFindEthereum(ReadOnlySpan<byte> hash32, out Cid cid)
    {
        if (store.TryGet(
            StoreFamily.Index, ChainKeys.Ethereum(hash32), out ReadOnlyMemory<byte> bytes))
        {
            return Cid.TryDecode(bytes.Span, out cid);
        }

        cid = Cid.Create(Codec.DagCbor, Multihash.Blake2b256, hash32);
        return TryFindMessage(cid, out _);
    }

    /// <summary>Gives a BLS message of a block its signature again.</summary>
    /// <returns>The message with its signature; null if that is not known.</returns>
    public SignedMessage? Restore(ChainMessage message) => message.ToSigned()
        ?? (store.TryGet(
            StoreFamily.Index,
            ChainKeys.BlsSignature(message.Cid),
            out ReadOnlyMemory<byte> bytes)
            && Cbor.TryDecode(bytes.Span, out Signature signature, out _)
                ? new(message.Message, signature)
                : null);

    /// <summary>The blocks of a tipset with their messages.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public IReadOnlyList<FullBlock> LoadBlocks(Tipset tipset)
    {
        FullBlock[] blocks = new FullBlock[tipset.Blocks.Count];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = FullBlock.Load(Blocks, tipset.Blocks[i]);
        }

        return blocks;
    }

    /// <summary>The messages of a tipset that ran, in the order of their receipts.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public IReadOnlyList<ChainMessage> LoadMessages(Tipset tipset)
    {
        if (Volatile.Read(ref last) is Executed known && known.Tipset.Key == tipset.Key)
        {
            return known.Messages;
        }

        MessageOrder order = new(StateTree.Load(Blocks, tipset.ParentStateRoot, Line));
        List<ChainMessage> messages = [];
        foreach (FullBlock block in LoadBlocks(tipset))
        {
            foreach (ChainMessage message in block.Messages)
            {
                if (order.Takes(message.Message))
                {
                    messages.Add(message);
                }
            }
        }

        return messages;
    }

    /// <summary>Reads a receipt of a tipset; false if there are not so many.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public bool TryGetReceipt(
        TipsetRecord record, ulong index, [NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        return Amt<RawCbor>.Load(Blocks, record.ReceiptsRoot, AmtFormat.V0)
            .TryGet(index, out RawCbor encoded)
            && Receipt.TryDecode(encoded.Encoded.Span, out receipt, out _);
    }

    /// <summary>Makes an executed tipset, a child of the head, the new head.</summary>
    /// <param name="tipset">The tipset.</param>
    /// <param name="blocks">What its execution made.</param>
    /// <param name="outcome">What it led to.</param>
    /// <param name="batch">More changes of the same write, or an empty one.</param>
    /// <exception cref="ArgumentException">It is no child of the head.</exception>
    public void Accept(
        Tipset tipset, BatchBlockstore blocks, TipsetOutcome outcome, StoreBatch batch)
    {
        if (tipset.Parents != (Head?.Key ?? tipset.Parents))
        {
            throw new ArgumentException("no child of the head", nameof(tipset));
        }

        blocks.AddTo(batch);
        if (Head is null)
        {
            batch.Put(StoreFamily.Chain, ChainKeys.Genesis, tipset.Key.Bytes.ToArray());
            StoredNetwork.Put(batch, Network);
        }

        PutHeaders(batch, tipset);
        PutRecord(batch, tipset, outcome.StateRoot, outcome.ReceiptsRoot);
        List<ChainMessage> messages = new(outcome.Messages.Count);
        foreach (AppliedMessage applied in outcome.Messages)
        {
            messages.Add(applied.Message);
        }

        Link(batch, tipset, messages);
        SetHead(batch, tipset);
        Volatile.Write(ref last, new(tipset, messages));
    }

    /// <summary>Keeps an executed tipset that is not of the chain.</summary>
    internal void AcceptBeside(Tipset tipset, BatchBlockstore blocks, TipsetOutcome outcome)
    {
        StoreBatch batch = new();
        blocks.AddTo(batch);
        PutHeaders(batch, tipset);
        PutRecord(batch, tipset, outcome.StateRoot, outcome.ReceiptsRoot);
        store.Write(batch);
    }

    /// <summary>Opens a store that a snapshot is being taken up into.</summary>
    internal static ChainStore OpenUnfinished(IOrderedStore store, NetworkParameters network) =>
        new(store, network, head: null);

    /// <summary>Records a tipset by what its child says of it.</summary>
    internal static void PutImported(StoreBatch batch, Tipset tipset, Tipset child)
    {
        PutRecord(batch, tipset, child.ParentStateRoot, child.ParentReceipts);
        batch.Put(
            StoreFamily.Chain, ChainKeys.Epoch(tipset.Epoch), tipset.Key.Bytes.ToArray());
    }

    /// <summary>Records where a tipset's messages are.</summary>
    internal void PutMessages(StoreBatch batch, Tipset tipset) =>
        Link(batch, tipset, LoadMessages(tipset));

    /// <summary>Makes the last tipset of a snapshot the head, the first one genesis.</summary>
    internal void AcceptImported(
        StoreBatch batch,
        Tipset first,
        Tipset last,
        BatchBlockstore blocks,
        TipsetOutcome outcome)
    {
        blocks.AddTo(batch);
        batch.Put(StoreFamily.Chain, ChainKeys.Genesis, first.Key.Bytes.ToArray());
        StoredNetwork.Put(batch, Network);
        PutRecord(batch, last, outcome.StateRoot, outcome.ReceiptsRoot);
        PutMessages(batch, last);
        SetHead(batch, last);
    }

    /// <summary>Makes an executed tipset the head, whatever the chain was.</summary>
    /// <returns>What it took.</returns>
    /// <exception cref="ArgumentException">They have no tipset in common.</exception>
    public HeadChange MoveHead(Tipset tipset, StoreBatch batch)
    {
        HeadChange change = PathTo(tipset);
        foreach (Tipset reverted in change.Reverted)
        {
            Unlink(batch, reverted);
        }

        foreach (Tipset applied in change.Applied)
        {
            Link(batch, applied, LoadMessages(applied));
        }

        SetHead(batch, tipset);
        return change;
    }

    /// <summary>Puts another state in the place of the one that a tipset led to.</summary>
    /// <exception cref="ArgumentException">It was not executed.</exception>
    public void Amend(Tipset tipset, BatchBlockstore blocks, Cid stateRoot)
    {
        if (!TryGetRecord(tipset, out TipsetRecord? record))
        {
            throw new ArgumentException($"not executed: {tipset}", nameof(tipset));
        }

        StoreBatch batch = new();
        blocks.AddTo(batch);
        batch.Put(StoreFamily.Chain, ChainKeys.Tipset(tipset.KeyCid), Cbor.Encode(
            record with
            {
                AmendedState = stateRoot == record.ComputedState ? null : stateRoot,
            }));
        store.Write(batch);
    }

    /// <summary>Looks at the head that another process has written.</summary>
    /// <returns>How it went there; null if it is where it was.</returns>
    /// <exception cref="ChainStoreException">It is not readable.</exception>
    internal HeadChange? Reload()
    {
        Tipset? next = ReadHead();
        if (next is null || Head is not Tipset last || next.Key == last.Key)
        {
            return null;
        }

        List<Tipset> reverted = [];
        List<Tipset> applied = [];
        for (Tipset left = last, right = next; left.Key != right.Key;)
        {
            if (left.Epoch.Value >= right.Epoch.Value)
            {
                reverted.Add(left);
                left = ParentOf(left);
            }
            else
            {
                applied.Add(right);
                right = ParentOf(right);
            }
        }

        applied.Reverse();
        Volatile.Write(ref head, next);
        return new(reverted, applied);
    }

    private Tipset? ReadHead()
    {
        if (!store.TryGet(StoreFamily.Chain, ChainKeys.Head, out ReadOnlyMemory<byte> key))
        {
            return null;
        }

        return TipsetKey.TryDecode(key.Span, out TipsetKey headKey)
            && TryGetTipset(headKey, out Tipset? found)
                ? found
                : throw new ChainStoreException("", "its head is not readable");
    }

    private Tipset ParentOf(Tipset tipset) =>
        TryGetTipset(tipset.Parents, out Tipset? parent)
            ? parent
            : throw new ChainStoreException("", $"no parents of {tipset}");

    private HeadChange PathTo(Tipset target)
    {
        List<Tipset> applied = [];
        Tipset common = target;
        while (!IsCanonical(common))
        {
            applied.Add(common);
            common = TryGetTipset(common.Parents, out Tipset? parent)
                ? parent
                : throw new ArgumentException("a tipset of another chain", nameof(target));
        }

        List<Tipset> reverted = [];
        for (Tipset at = Head!; at != common && at.Key != common.Key;)
        {
            reverted.Add(at);
            at = TryGetTipset(at.Parents, out Tipset? parent)
                ? parent
                : throw new ArgumentException("a tipset of another chain", nameof(target));
        }

        applied.Reverse();
        return new(reverted, applied);
    }

    private void SetHead(StoreBatch batch, Tipset tipset)
    {
        batch.Put(StoreFamily.Chain, ChainKeys.Head, tipset.Key.Bytes.ToArray());
        store.Write(batch);
        Volatile.Write(ref head, tipset);
    }

    private static void PutRecord(
        StoreBatch batch, Tipset tipset, Cid stateRoot, Cid receiptsRoot) =>
        batch.Put(StoreFamily.Chain, ChainKeys.Tipset(tipset.KeyCid), Cbor.Encode(
            new TipsetRecord(tipset.Key, stateRoot, receiptsRoot, null)));

    private static void PutHeaders(StoreBatch batch, Tipset tipset)
    {
        for (int i = 0; i < tipset.Blocks.Count; i++)
        {
            batch.Put(
                StoreFamily.Blocks,
                tipset.Cids[i].Bytes.ToArray(),
                Cbor.Encode(tipset.Blocks[i]));
        }
    }

    private void Link(StoreBatch batch, Tipset tipset, IReadOnlyList<ChainMessage> messages)
    {
        batch.Put(
            StoreFamily.Chain, ChainKeys.Epoch(tipset.Epoch), tipset.Key.Bytes.ToArray());
        for (int i = 0; i < messages.Count; i++)
        {
            ChainMessage message = messages[i];
            batch.Put(StoreFamily.Index, ChainKeys.Message(message.Cid), Cbor.Encode(
                new MessagePlace(tipset.KeyCid, tipset.Epoch, (ulong)i)));
            if (message.EthereumHash(Network.ChainId) is byte[] hash)
            {
                batch.Put(
                    StoreFamily.Index, ChainKeys.Ethereum(hash), message.Cid.Bytes.ToArray());
            }

            if (message is { IsBls: true, Signature: Signature signature })
            {
                batch.Put(
                    StoreFamily.Index,
                    ChainKeys.BlsSignature(message.Cid),
                    Cbor.Encode(signature));
            }
        }
    }

    private void Unlink(StoreBatch batch, Tipset tipset)
    {
        batch.Delete(StoreFamily.Chain, ChainKeys.Epoch(tipset.Epoch));
        foreach (ChainMessage message in LoadMessages(tipset))
        {
            batch.Delete(StoreFamily.Index, ChainKeys.Message(message.Cid));
            if (message.EthereumHash(Network.ChainId) is byte[] hash)
            {
                batch.Delete(StoreFamily.Index, ChainKeys.Ethereum(hash));
            }
        }
    }

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
