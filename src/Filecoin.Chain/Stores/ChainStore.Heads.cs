namespace Filecoin.Chain;

/// <content>What changes the head.</content>
public sealed partial class ChainStore
{
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

    /// <summary>Records a tipset by what its child says of it.</summary>
    internal static void PutImported(StoreBatch batch, Tipset tipset, Tipset child)
    {
        PutRecord(batch, tipset, child.ParentStateRoot, child.ParentReceipts);
        batch.Put(
            StoreFamily.Chain, ChainKeys.Epoch(tipset.Epoch), tipset.Key.Bytes.ToArray());
    }

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
}
