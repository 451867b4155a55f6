using Filecoin.Actors.Storage;
using PreCommitMap = Filecoin.ActorRuntime.StateMap<
    ulong,
    Filecoin.ActorRuntime.UInt64Key,
    Filecoin.Actors.Miner.SectorPreCommitOnChainInfo>;

namespace Filecoin.Actors.Miner;

/// <summary>A miner's state.</summary>
/// <param name="Info">Block of <see cref="MinerInfo"/>.</param>
/// <param name="PreCommitDeposits">What is deposited for sectors that are not proven yet.</param>
/// <param name="LockedFunds">What is not unlocked yet.</param>
/// <param name="VestingFunds">When it will be.</param>
/// <param name="FeeDebt">What is to be burnt as soon as there are funds.</param>
/// <param name="InitialPledge">What is pledged for all sectors.</param>
/// <param name="PreCommittedSectors">HAMT of sectors that are not proven yet.</param>
/// <param name="PreCommittedSectorsCleanup">AMT from epochs to such as are dropped then.</param>
/// <param name="AllocatedSectors">Block of the numbers that were ever used.</param>
/// <param name="Sectors">AMT of sectors that were proven.</param>
/// <param name="ProvingPeriodStart">When a proving period starts; old while cron rests.</param>
/// <param name="CurrentDeadline">The deadline that cron comes to next; old while it rests.</param>
/// <param name="Deadlines">Block of <see cref="DeadlineTable"/>.</param>
/// <param name="EarlyTerminations">
/// Deadlines with sectors that ended before their time and were not yet paid for.
/// </param>
/// <param name="DeadlineCronActive">Whether cron comes at each deadline.</param>
/// <remarks>
/// Spec: actors/miner-state 1; builtin-actors actors/miner/src/state.rs. Errors of all changes:
/// USR_ILLEGAL_STATE, something cannot be read or contradicts itself.
/// </remarks>
[CborTuple]
public partial record struct MinerState(
    Cid Info,
    TokenAmount PreCommitDeposits,
    TokenAmount LockedFunds,
    VestingFunds VestingFunds,
    TokenAmount FeeDebt,
    TokenAmount InitialPledge,
    Cid PreCommittedSectors,
    Cid PreCommittedSectorsCleanup,
    Cid AllocatedSectors,
    Cid Sectors,
    long ProvingPeriodStart,
    ulong CurrentDeadline,
    Cid Deadlines,
    BitField EarlyTerminations,
    bool DeadlineCronActive)
{
    /// <summary>Bits of an index that a node of the sectors takes.</summary>
    public const int SectorBits = 5;

    private const int CleanupBits = 6;

    /// <summary>Whether cron has anything to do for this miner.</summary>
    public readonly bool NeedsCron =>
        !PreCommitDeposits.IsZero || !InitialPledge.IsZero || !LockedFunds.IsZero;

    /// <summary>A state without sectors.</summary>
    public static MinerState Create(
        IRuntime runtime, Cid info, long periodStart, ulong deadlineIndex)
    {
        Cid preCommits = PreCommitMap.StoreEmpty(runtime);
        Cid cleanup = StateArray<BitField>.StoreEmpty(runtime, CleanupBits);
        Cid sectors = StateArray<SectorOnChainInfo>.StoreEmpty(runtime, SectorBits);
        Cid numbers = runtime.PutBlock(default(BitField));
        Cid deadline = runtime.PutBlock(Deadline.Create(runtime));
        Cid deadlines = runtime.PutBlock(DeadlineTable.Create(deadline));
        return new()
        {
            Info = info,
            PreCommittedSectors = preCommits,
            PreCommittedSectorsCleanup = cleanup,
            AllocatedSectors = numbers,
            Sectors = sectors,
            ProvingPeriodStart = periodStart,
            CurrentDeadline = deadlineIndex,
            Deadlines = deadlines,
        };
    }

    /// <summary>Reads who the miner is.</summary>
    public readonly MinerInfo GetInfo(IRuntime runtime) =>
        runtime.GetBlock<MinerInfo>(Info, "miner info");

    /// <summary>Writes who the miner is.</summary>
    public void SetInfo(IRuntime runtime, MinerInfo info) => Info = runtime.PutBlock(info);

    /// <summary>The deadline at an epoch.</summary>
    public readonly DeadlineInfo DeadlineAt(long epoch) =>
        DeadlineInfo.Current(ProvingPeriodStart, epoch);

    /// <summary>When cron comes next that has come at an epoch.</summary>
    public readonly long NextCron(long epoch) => DeadlineAt(epoch + 1).Last;

    /// <summary>The start of the proving period at an epoch.</summary>
    public readonly long PeriodStartAt(long epoch) => DeadlineAt(epoch).PeriodStart;

    /// <summary>What is the same for all partitions of a deadline.</summary>
    public readonly DeadlineShape ShapeOf(ulong deadline, ulong sectorBytes) => new(
        sectorBytes, DeadlineInfo.At(ProvingPeriodStart, deadline, 0).Quantization);

    /// <summary>Reads the deadlines.</summary>
    public readonly DeadlineTable GetDeadlines(IRuntime runtime) =>
        runtime.GetBlock<DeadlineTable>(Deadlines, "deadlines");

    /// <summary>Writes the deadlines.</summary>
    public void SetDeadlines(IRuntime runtime, DeadlineTable deadlines) =>
        Deadlines = runtime.PutBlock(deadlines);

    /// <summary>Opens the sectors.</summary>
    /// <inheritdoc cref="SectorArray.Load"/>
    public readonly SectorArray OpenSectors(IRuntime runtime, ExitCode? malformed = null) =>
        SectorArray.Load(runtime, Sectors, malformed);

    /// <summary>Takes numbers for sectors.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="mayBeTaken">Whether they may be taken already.</param>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT, one is taken.</exception>
    public void AllocateNumbers(IRuntime runtime, BitField numbers, bool mayBeTaken)
    {
        BitField taken = runtime.GetBlock<BitField>(AllocatedSectors, "allocated sectors");
        if (!mayBeTaken && taken.ContainsAny(numbers))
        {
            throw Abort.IllegalArgument("sector numbers already allocated");
        }

        AllocatedSectors = runtime.PutBlock(taken.Union(numbers));
    }

    /// <summary>Adds sectors that were proven.</summary>
    public void AddSectors(IRuntime runtime, IReadOnlyList<SectorOnChainInfo> added)
    {
        SectorArray sectors = OpenSectors(runtime);
        sectors.Set(added);
        Sectors = sectors.Flush();
    }

    /// <summary>Distributes new sectors over the deadlines that take some now.</summary>
    public void AssignSectors(
        IRuntime runtime, long epoch, List<SectorOnChainInfo> sectors, MinerInfo info)
    {
        DeadlineTable table = GetDeadlines(runtime);
        SortByNumber(sectors);
        Deadline?[] deadlines = new Deadline?[table.Due.Count];
        for (ulong index = 0; index < (ulong)deadlines.Length; index++)
        {
            Deadline deadline = table.Get(runtime, index);
            if (DeadlineInfo.IsMutable(PeriodStartAt(epoch), index, epoch))
            {
                deadlines[index] = deadline;
            }
        }

        List<SectorOnChainInfo>[] assigned =
            DeadlineAssignment.Assign(info.WindowPostPartitionSectors, deadlines, sectors);
        for (ulong index = 0; index < (ulong)deadlines.Length; index++)
        {
            if (assigned[index].Count > 0)
            {
                table = Assign(
                    runtime, table, index, deadlines[index]!.Value, assigned[index], info);
            }
        }

        SetDeadlines(runtime, table);
    }

    /// <summary>Adds new sectors to one deadline.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, it is the current one or the next.
    /// </exception>
    public void AssignSectors(
        IRuntime runtime,
        long epoch,
        List<SectorOnChainInfo> sectors,
        MinerInfo info,
        ulong index)
    {
        DeadlineTable table = GetDeadlines(runtime);
        Deadline deadline = table.Get(runtime, index);
        SortByNumber(sectors);
        if (!DeadlineInfo.IsMutable(PeriodStartAt(epoch), index, epoch))
        {
            throw Abort.IllegalArgument(
                $"proving deadline {index} must not be the current or next deadline");
        }

        SetDeadlines(runtime, MinerErrors.OrIllegalState(ref this, (ref MinerState state) =>
            state.Assign(runtime, table, index, deadline, sectors, info)));
    }

    /// <summary>Whether a sector earns power.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_NOT_FOUND, it is not in the partition. USR_ILLEGAL_ARGUMENT, no such deadline.
    /// </exception>
    public readonly bool IsActive(
        IRuntime runtime, ulong deadline, ulong partition, ulong sector)
    {
        Partition found =
            GetDeadlines(runtime).Get(runtime, deadline).GetPartition(runtime, partition);
        return found.Sectors.Contains(sector)
            ? !found.Faults.Contains(sector)
                && !found.Terminated.Contains(sector)
                && !found.Unproven.Contains(sector)
            : throw Abort.NotFound(
                $"sector {sector} not a member of partition {partition}, deadline {deadline}");
    }

    /// <summary>Takes sectors that ended before their time and were not yet paid for.</summary>
    /// <returns>The sectors, and whether there are more.</returns>
    public (TerminationResult Result, bool HasMore) PopEarlyTerminations(
        IRuntime runtime, ulong partitionsMax, ulong sectorsMax)
    {
        TerminationResult result = TerminationResult.Empty;
        if (EarlyTerminations.IsEmpty)
        {
            return (result, false);
        }

        DeadlineTable table = GetDeadlines(runtime);
        List<ulong> finished = [];
        foreach (ulong index in EarlyTerminations.Each())
        {
            Deadline deadline = table.Get(runtime, index);
            (TerminationResult part, bool hasMore) = deadline.PopEarlyTerminations(
                runtime,
                partitionsMax - result.PartitionCount,
                sectorsMax - result.SectorCount);
            result = result.Plus(part);
            if (!hasMore)
            {
                finished.Add(index);
            }

            table = table.With(runtime, index, deadline);
            if (!result.IsBelow(partitionsMax, sectorsMax))
            {
                break;
            }
        }

        EarlyTerminations = EarlyTerminations.Except(SectorNumbers.Of(finished));
        SetDeadlines(runtime, table);
        return (result, !EarlyTerminations.IsEmpty);
    }

    /// <summary>Closes the deadline at an epoch and goes to the next.</summary>
    public DeadlineAdvance AdvanceDeadline(IRuntime runtime, long epoch)
    {
        DeadlineInfo window = DeadlineAt(epoch);
        if (!window.HasPeriodStarted)
        {
            return default;
        }

        Leave(window);
        DeadlineTable table = GetDeadlines(runtime);
        Deadline deadline = table.Get(runtime, window.Index);
        DeadlineAdvance result = new() { FaultyPowerBefore = deadline.FaultyPower };
        if (!deadline.IsLive)
        {
            return result;
        }

        // No sector is looked at: what ends is known by its sets.
        DeadlineShape shape = new(SectorBytes: 0, window.Quantization);
        result.PowerDelta = deadline.Close(
            runtime, window.Last + StoragePolicy.FaultAgeMax, Sectors, shape);
        ExpirationSet expired = deadline.PopExpired(runtime, window.Last, shape);

        // What is pledged for sectors that end early is kept until they are paid for.
        result.PledgeDelta = TokenAmount.Zero - expired.OnTimePledge;
        AddInitialPledge(result.PledgeDelta);
        result.PowerDelta -= expired.ActivePower;
        if (!expired.EarlySectors.IsEmpty)
        {
            EarlyTerminations = EarlyTerminations.With(window.Index);
        }

        SetDeadlines(runtime, table.With(runtime, window.Index, deadline));
        result.DailyFee = deadline.DailyFee;
        result.LivePower = deadline.LivePower;
        return result;
    }

    /// <summary>Goes on to the deadline after one.</summary>
    public void Leave(in DeadlineInfo window)
    {
        CurrentDeadline = (window.Index + 1) % StoragePolicy.PeriodDeadlines;
        if (CurrentDeadline == 0)
        {
            ProvingPeriodStart = window.PeriodStart + StoragePolicy.ProvingPeriod;
        }
    }

    private readonly DeadlineTable Assign(
        IRuntime runtime,
        DeadlineTable table,
        ulong index,
        Deadline deadline,
        List<SectorOnChainInfo> sectors,
        MinerInfo info)
    {
        _ = deadline.AddSectors(
            runtime,
            info.WindowPostPartitionSectors,
            areProven: false,
            sectors,
            ShapeOf(index, info.SectorSize));
        return table.With(runtime, index, deadline);
    }

    private static void SortByNumber(List<SectorOnChainInfo> sectors) => sectors.Sort(
        static (left, right) => left.SectorNumber.CompareTo(right.SectorNumber));
}

/// <summary>What happened when a deadline closed.</summary>
/// <param name="PledgeDelta">The change of what is pledged.</param>
/// <param name="PowerDelta">The change of active power.</param>
/// <param name="FaultyPowerBefore">The power that was faulty before it closed.</param>
/// <param name="DailyFee">What its sectors cost a day, without those that ended.</param>
/// <param name="LivePower">Their power.</param>
public record struct DeadlineAdvance(
    TokenAmount PledgeDelta,
    PowerPair PowerDelta,
    PowerPair FaultyPowerBefore,
    TokenAmount DailyFee,
    PowerPair LivePower);
