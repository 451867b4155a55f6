namespace Filecoin.Chain;

/// <content>What changes the head.</content>
public sealed partial class Blockchain
{
    private readonly Dictionary<ulong, Snapshot> snapshots = [];
    private ulong snapshotCount;

    /// <summary>A head to come back to.</summary>
    private sealed record Snapshot(
        Tipset Head, Cid StateRoot, IReadOnlyList<PoolEntry> Waiting);

    /// <summary>Makes a block on the head, executes it, and makes it the head.</summary>
    /// <exception cref="ArgumentException">Epoch or time is not after the head's.</exception>
    /// <exception cref="TipsetRefusedException">It cannot be executed; nothing changed.</exception>
    public TipsetOutcome Extend(BlockDraft draft) => Exclusively(() =>
    {
        BatchBlockstore blocks = new(Store.Blocks);
        FullBlock block = draft.Build(Network, head, blocks, RecordOf(head.Tipset));
        return Accept(Tipset.Of(block.Header), [block], blocks);
    });

    /// <summary>
    /// Runs work between two changes of the head: nobody else changes it meanwhile.
    /// </summary>
    /// <remarks>
    /// It runs where messages do, so that many blocks cost one change of threads, and work that
    /// is called from within finds itself there already. Nobody holds it up, for all others that
    /// change the head wait for it.
    /// </remarks>
    public T Exclusively<T>(Func<T> work) => gate.Run(work);

    /// <summary>Makes a tipset the head that was executed before.</summary>
    /// <remarks>Messages that the chain has no longer go back to the pool.</remarks>
    /// <exception cref="ArgumentException">It was not executed, or is of another chain.</exception>
    public HeadChange MoveHead(Tipset tipset) => Exclusively(() =>
    {
        HeadChange change = Move(tipset);
        List<ChainMessage> returned = [];
        foreach (Tipset reverted in change.Reverted)
        {
            foreach (ChainMessage message in Store.LoadMessages(reverted))
            {
                if (Store.Restore(message) is SignedMessage signed)
                {
                    returned.Add(ChainMessage.From(signed));
                }
            }
        }

        Pool.Move(head, returned);
        HeadChanged?.Invoke(change);
        return change;
    });

    /// <summary>Goes to a tipset, with these messages waiting and no others.</summary>
    internal void GoTo(Tipset tipset, IReadOnlyList<PoolEntry> waiting) => _ = Exclusively(() =>
    {
        HeadChange change = Move(tipset);
        Pool.Restore(head, waiting);
        HeadChanged?.Invoke(change);
        return true;
    });

    /// <summary>Begins anew: the first block and the state it was made with, no messages.</summary>
    /// <remarks>All snapshots are gone.</remarks>
    internal void Reset() => _ = Exclusively(() =>
    {
        if (!Store.TryGetTipset(new ChainEpoch(0), out Tipset? first))
        {
            throw new ChainStoreException("", "no first block");
        }

        snapshots.Clear();
        GoTo(first, []);
        Amend(new(Store.Blocks), RecordOf(first).ComputedState);
        Pool.Restore(head, []);
        return true;
    });

    /// <summary>Follows the head that another node has written to the store.</summary>
    /// <remarks>For a chain that only reads; it knows no messages that wait.</remarks>
    /// <returns>How it went there; null if the head is where it was.</returns>
    /// <exception cref="ChainStoreException">It is not readable.</exception>
    public HeadChange? Refresh() => Exclusively(() =>
    {
        HeadChange? change = Store.Reload();
        if (change is null && RecordOf(head.Tipset).StateRoot == head.StateRoot)
        {
            return null;
        }

        Volatile.Write(ref head, LoadHead());
        Pool.Move(head, []);
        if (change is not null)
        {
            HeadChanged?.Invoke(change);
        }

        return change;
    });

    /// <summary>Keeps what head and pool are, to come back to.</summary>
    /// <returns>What to come back by; of this process only.</returns>
    public ulong TakeSnapshot() => Exclusively(() =>
    {
        snapshots.Add(++snapshotCount, new(head.Tipset, head.StateRoot, Pool.Pending));
        return snapshotCount;
    });

    /// <summary>The heads of all snapshots, by what to come back to them by.</summary>
    public IReadOnlyList<(ulong Snapshot, Tipset Head)> Snapshots => Exclusively(() =>
    {
        List<(ulong, Tipset)> kept = [];
        foreach ((ulong id, Snapshot snapshot) in snapshots)
        {
            kept.Add((id, snapshot.Head));
        }

        return kept;
    });

    /// <summary>
    /// Comes back to a snapshot: head, state and pool are as they were. It is used up, and all
    /// that were taken later.
    /// </summary>
    /// <returns>False if there is no such snapshot.</returns>
    public bool Revert(ulong snapshot) => Exclusively(() =>
    {
        if (!snapshots.TryGetValue(snapshot, out Snapshot? kept))
        {
            return false;
        }

        for (ulong later = snapshot; later <= snapshotCount; later++)
        {
            _ = snapshots.Remove(later);
        }

        HeadChange change = Move(kept.Head);
        if (head.StateRoot != kept.StateRoot)
        {
            Amend(new(Store.Blocks), kept.StateRoot);
        }

        Pool.Restore(head, kept.Waiting);
        HeadChanged?.Invoke(change);
        return true;
    });

    /// <summary>Changes the state that the head led to, as no network would.</summary>
    /// <param name="change">
    /// Is given the blocks and the root, and gives the new root. The next block starts there.
    /// </param>
    public void AmendState(Func<IBlockstore, Cid, Cid> change) => _ = Exclusively(() =>
    {
        BatchBlockstore blocks = new(Store.Blocks);
        Amend(blocks, change(blocks, head.StateRoot));
        Pool.Move(head, []);
        return true;
    });

    /// <summary>Puts a state in the place of the one that an executed tipset led to.</summary>
    /// <param name="tipset">The tipset, of the chain or not.</param>
    /// <param name="blocks">Has what the state reaches and the store lacks.</param>
    /// <param name="stateRoot">The state; the one that was computed to have that again.</param>
    /// <exception cref="ArgumentException">The tipset was not executed.</exception>
    public void AmendState(Tipset tipset, BatchBlockstore blocks, Cid stateRoot) =>
        _ = Exclusively(() =>
        {
            _ = RecordOf(tipset);
            if (tipset.Key != head.Tipset.Key)
            {
                Store.Amend(tipset, blocks, stateRoot);
                return true;
            }

            Amend(blocks, stateRoot);
            Pool.Move(head, []);
            return true;
        });

    private void Amend(BatchBlockstore blocks, Cid stateRoot)
    {
        Store.Amend(head.Tipset, blocks, stateRoot);
        Volatile.Write(
            ref head, new(Network, Store.Blocks, head.Tipset, stateRoot, head.BaseFee));
    }

    private HeadChange Move(Tipset tipset)
    {
        _ = RecordOf(tipset);
        HeadChange change = Store.MoveHead(tipset, new());
        Volatile.Write(ref head, LoadHead());
        return change;
    }

    private TipsetOutcome Accept(
        Tipset tipset, IReadOnlyList<FullBlock> full, BatchBlockstore blocks)
    {
        TipsetOutcome outcome = Execute(
            TipsetExecution.Of(head.Tipset, tipset, full), tipset, blocks);
        Keep(tipset, full, blocks, outcome);
        return outcome;
    }

    private void Keep(
        Tipset tipset,
        IReadOnlyList<FullBlock> full,
        BatchBlockstore blocks,
        TipsetOutcome outcome)
    {
        StoreBatch batch = new();
        Pool.PlanRemoval(outcome.Messages, batch);
        Store.Accept(tipset, blocks, outcome, batch);
        Volatile.Write(ref head, HeadOf(tipset, RecordOf(tipset), full));
        Pool.Advance(head, outcome.Messages);
        HeadChanged?.Invoke(new([], [tipset]));
    }
}
