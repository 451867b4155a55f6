using Filecoin.Actors.Miner;

namespace Filecoin.Chain;

/// <summary>A storage miner whose deadlines close while nothing happens in them.</summary>
/// <remarks>
/// Spec: actors/miner-methods, OnDeferredCronEvent. Then cron only goes on to the next deadline.
/// All that can make it do more is looked at, and read as cron would read it; what does not
/// depend on the epoch, once. Errors: <see cref="IpldException"/>, it cannot be read.
/// </remarks>
internal sealed class QuietMiner
{
    private readonly IBlockstore blocks;
    private readonly DeadlineTable deadlines;
    private readonly Dictionary<Cid, bool> areQuiet = [];

    /// <summary>The first epoch at which something other than its deadlines wants cron.</summary>
    private readonly long nextChange;

    private MinerState state;

    /// <summary>Reads a miner.</summary>
    public QuietMiner(IBlockstore blocks, in ActorState actor)
    {
        this.blocks = blocks;
        state = blocks.GetCbor<MinerState>(actor.State);
        deadlines = blocks.GetCbor<DeadlineTable>(state.Deadlines);
        nextChange = long.Min(
            FirstCleanUp(),
            blocks.GetCbor<MinerInfo>(state.Info).PendingWorkerKey?.EffectiveAt ?? long.MaxValue);
        if (!state.LockedFunds.IsZero && state.VestingFunds.Table is VestingTable table)
        {
            // Funds are unlocked after their epoch.
            nextChange = long.Min(nextChange, table.Head.Epoch + 1);
        }

        if (!state.FeeDebt.IsZero
            || !state.EarlyTerminations.IsEmpty
            || !state.NeedsCron
            || !state.IsCoveredBy(actor.Balance))
        {
            nextChange = long.MinValue;
        }
    }

    /// <summary>The state as it is now.</summary>
    public MinerState State => state;

    /// <summary>Whether a deadline was closed.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Whether the deadline of an epoch closes without more.</summary>
    public bool IsQuietAt(long epoch)
    {
        DeadlineInfo window = state.DeadlineAt(epoch);
        return epoch < nextChange && window.HasPeriodStarted && IsQuiet(window.Index);
    }

    /// <summary>Closes such a deadline.</summary>
    public void Close(long epoch)
    {
        state.Leave(state.DeadlineAt(epoch));
        IsChanged = true;
    }

    private bool IsQuiet(ulong index)
    {
        if (index >= (ulong)deadlines.Due.Count)
        {
            return false;
        }

        Cid root = deadlines.Due[(int)index];
        if (!areQuiet.TryGetValue(root, out bool isQuiet))
        {
            Deadline deadline = blocks.GetCbor<Deadline>(root);
            isQuiet = !deadline.IsLive && deadline.FaultyPower.IsZero;
            areQuiet.Add(root, isQuiet);
        }

        return isQuiet;
    }

    /// <summary>The first epoch at which promises of sectors are dropped.</summary>
    private long FirstCleanUp()
    {
        // Cron opens the promises as well.
        _ = Hamt<SectorPreCommitOnChainInfo>.Load(
            blocks, state.PreCommittedSectors, new(BitWidth: 5));
        foreach ((ulong key, _) in
            Amt<BitField>.Load(blocks, state.PreCommittedSectorsCleanup).Entries())
        {
            return BitFieldQueue.EpochOf(key);
        }

        return long.MaxValue;
    }
}
