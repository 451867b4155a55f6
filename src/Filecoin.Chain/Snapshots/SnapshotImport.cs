namespace Filecoin.Chain;

/// <summary>One import of a snapshot.</summary>
/// <remarks>
/// A mark is the first that is written and leaves the store with the write that sets the head:
/// whatever happens between, the store is known to hold nothing that counts.
/// </remarks>
internal sealed class SnapshotImport(BlockchainOptions options, SnapshotLimits limits)
{
    private const int BatchChangesMax = 4_096;
    private const long BatchBytesMax = 8 << 20;

    private static readonly StoreFamily[] Families =
        [StoreFamily.Blocks, StoreFamily.Index, StoreFamily.Chain];

    private readonly IOrderedStore store = options.Store;
    private readonly ChainStore chain = ChainStore.OpenUnfinished(options.Store, options.Network);
    private readonly LinkWalk walk =
        new(new StoredBlocks(options.Store), limits.BlocksMax);

    private StoreBatch batch = new();
    private long batchBytes;

    public Tipset Run(Stream source)
    {
        RequireEmpty();
        batch.Put(StoreFamily.Chain, ChainKeys.UnfinishedImport, Array.Empty<byte>());
        WriteBatch();
        bool isDone = false;
        try
        {
            Tipset last = CopyBlocks(source);
            Tipset first = LinkHeaders(last);
            CheckStates(last);
            Finish(first, last);
            isDone = true;
            return last;
        }
        catch (Exception failure) when (failure
            is CarException or IpldException or FatalException or TipsetRefusedException)
        {
            throw new SnapshotException(failure.Message, failure);
        }
        finally
        {
            if (!isDone)
            {
                Clear();
            }
        }
    }

    private void RequireEmpty()
    {
        if (store.TryGet(StoreFamily.Chain, ChainKeys.UnfinishedImport, out _))
        {
            Clear();
        }

        foreach (StoreFamily family in Families)
        {
            foreach (var _ in store.Scan(family))
            {
                throw new SnapshotException("the store is not empty");
            }
        }
    }

    /// <summary>The mark goes last, since what is before it may be cut off.</summary>
    private void Clear()
    {
        batch = new();
        batchBytes = 0;
        foreach (StoreFamily family in Families)
        {
            foreach ((byte[] key, byte[] value) in store.Scan(family))
            {
                if (family != StoreFamily.Chain
                    || !key.AsSpan().SequenceEqual(ChainKeys.UnfinishedImport))
                {
                    batch.Delete(family, key);
                    WriteIfFull(value.Length);
                }
            }
        }

        batch.Delete(StoreFamily.Chain, ChainKeys.UnfinishedImport);
        WriteBatch();
    }

    private Tipset CopyBlocks(Stream source)
    {
        CarStreamReader car = new(source, limits.BlockBytesMax);
        for (long count = 1; car.TryRead(out Cid cid, out ReadOnlyMemory<byte> block); count++)
        {
            if (count > limits.BlocksMax || car.Position > limits.BytesMax)
            {
                throw new SnapshotException(
                    $"more than {limits.BlocksMax} blocks or {limits.BytesMax} bytes");
            }

            batch.Put(StoreFamily.Blocks, cid.Bytes.ToArray(), block);
            WriteIfFull(block.Length);
        }

        WriteBatch();
        Cid[] roots = [.. car.Roots];
        return Tipset.TryLoad(chain.Blocks, TipsetKey.Of(roots), out Tipset? last)
            ? last
            : throw new SnapshotException("its roots are not the blocks of a tipset");
    }

    /// <summary>Records every tipset before the last, whose child says what it led to.</summary>
    private Tipset LinkHeaders(Tipset last)
    {
        Tipset at = last;
        while (at.Epoch.Value > 0)
        {
            if (!chain.TryGetTipset(at.Parents, out Tipset? parent))
            {
                throw new SnapshotException($"the parents of epoch {at.Epoch} are not in it");
            }

            if (parent.Epoch.Value >= at.Epoch.Value || parent.Timestamp > at.Timestamp)
            {
                throw new SnapshotException($"epoch {parent.Epoch} before {at.Epoch}");
            }

            if (at.ParentWeight != Weights.Of(options.Network, parent))
            {
                throw new SnapshotException($"epoch {at.Epoch} with another weight");
            }

            ChainStore.PutImported(batch, parent, at);
            WriteIfFull(0);
            at = parent;
        }

        WriteBatch();
        return at.Epoch.Value == 0 && (limits.Genesis is not Cid first || at.Cids[0] == first)
            ? at
            : throw new SnapshotException($"another first block {at.Cids[0]}");
    }

    /// <summary>From the last tipset on as far as there are states: each as a whole.</summary>
    private void CheckStates(Tipset last)
    {
        Tipset child = last;
        ChainSnapshot.Visit(walk, chain.Blocks, last, chain.Line, null);
        for (int count = 0; child.Epoch.Value > 0; count++)
        {
            if (!chain.TryGetTipset(child.Parents, out Tipset? at)
                || !HasRoots(at))
            {
                return;
            }

            ChainSnapshot.Visit(walk, chain.Blocks, at, chain.Line, null);
            if (count < limits.ReplayMax)
            {
                Replay(at, child);
            }

            chain.PutMessages(batch, at);
            WriteIfFull(0);
            child = at;
        }
    }

    /// <summary>Whether a tipset is one of those with messages, receipts and state.</summary>
    private bool HasRoots(Tipset tipset)
    {
        bool hasAll = chain.Blocks.Has(tipset.ParentStateRoot)
            && chain.Blocks.Has(tipset.ParentReceipts);
        foreach (BlockHeader header in tipset.Blocks)
        {
            hasAll = hasAll && chain.Blocks.Has(header.Messages);
        }

        return hasAll;
    }

    private void Replay(Tipset tipset, Tipset child)
    {
        TipsetOutcome outcome = Execute(tipset, new(chain.Blocks));
        if (outcome.StateRoot != child.ParentStateRoot
            || outcome.ReceiptsRoot != child.ParentReceipts)
        {
            throw new SnapshotException(
                $"epoch {tipset.Epoch} leads to state {outcome.StateRoot} and receipts"
                    + $" {outcome.ReceiptsRoot}, not {child.ParentStateRoot} and"
                    + $" {child.ParentReceipts}");
        }
    }

    private TipsetOutcome Execute(Tipset tipset, BatchBlockstore blocks)
    {
        if (tipset.Epoch.Value == 0)
        {
            return new()
            {
                StateRoot = tipset.ParentStateRoot,
                ReceiptsRoot = tipset.ParentReceipts,
                Messages = [],
                Implicit = [],
            };
        }

        if (!chain.TryGetTipset(tipset.Parents, out Tipset? parent)
            || tipset.Epoch.Value - parent.Epoch.Value - 1 > limits.NullRoundsMax)
        {
            throw new SnapshotException($"epoch {tipset.Epoch} too far after its parents");
        }

        return new StateManager(options.Network, options.Machines).Execute(
            TipsetExecution.Of(parent, tipset, chain.LoadBlocks(tipset)),
            blocks,
            new ChainExterns(chain, tipset));
    }

    private void Finish(Tipset first, Tipset last)
    {
        BatchBlockstore blocks = new(chain.Blocks);
        TipsetOutcome outcome = Execute(last, blocks);
        batch.Delete(StoreFamily.Chain, ChainKeys.UnfinishedImport);
        chain.AcceptImported(batch, first, last, blocks, outcome);
    }

    private void WriteIfFull(long bytes)
    {
        batchBytes += bytes;
        if (batch.Changes.Count >= BatchChangesMax || batchBytes >= BatchBytesMax)
        {
            WriteBatch();
        }
    }

    private void WriteBatch()
    {
        store.Write(batch);
        batch = new();
        batchBytes = 0;
    }
}
