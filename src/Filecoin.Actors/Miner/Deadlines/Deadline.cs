namespace Filecoin.Actors.Miner;

/// <summary>Partitions that are proven in one window of a proving period.</summary>
/// <param name="Partitions">AMT from indexes to partitions.</param>
/// <param name="ExpirationsEpochs">AMT from epochs to partitions of which something ends.</param>
/// <param name="PartitionsPosted">Partitions that are proven in this window.</param>
/// <param name="EarlyTerminations">Partitions with sectors that ended before their time.</param>
/// <param name="LiveSectors">How many sectors are not dead.</param>
/// <param name="TotalSectors">How many there are.</param>
/// <param name="FaultyPower">Power of those that are faulty.</param>
/// <param name="OptimisticPostSubmissions">AMT of proofs that were taken unseen.</param>
/// <param name="SectorsSnapshot">The miner's sectors when the last window closed.</param>
/// <param name="PartitionsSnapshot">The partitions when the last window closed.</param>
/// <param name="OptimisticPostSubmissionsSnapshot">The proofs of the last window.</param>
/// <param name="LivePower">Power of those that are not dead.</param>
/// <param name="DailyFee">What they cost a day.</param>
/// <remarks>
/// Spec: actors/miner-state 1.3; builtin-actors actors/miner/src/deadline_state.rs. Errors of all
/// changes: USR_ILLEGAL_STATE, something cannot be read or contradicts itself.
/// </remarks>
[CborTuple]
public partial record struct Deadline(
    Cid Partitions,
    Cid ExpirationsEpochs,
    BitField PartitionsPosted,
    BitField EarlyTerminations,
    ulong LiveSectors,
    ulong TotalSectors,
    PowerPair FaultyPower,
    Cid OptimisticPostSubmissions,
    Cid SectorsSnapshot,
    Cid PartitionsSnapshot,
    Cid OptimisticPostSubmissionsSnapshot,
    PowerPair LivePower,
    TokenAmount DailyFee)
{
    private const int PartitionBits = 3;
    private const int ExpirationBits = 5;
    private const int PostBits = 2;

    /// <summary>Whether anything can happen to it.</summary>
    public readonly bool IsLive => LiveSectors > 0
        || !PartitionsPosted.IsEmpty
        || Partitions != PartitionsSnapshot
        || OptimisticPostSubmissions != OptimisticPostSubmissionsSnapshot;

    /// <summary>A deadline without sectors.</summary>
    public static Deadline Create(IRuntime runtime)
    {
        Cid partitions = StateArray<Partition>.StoreEmpty(runtime, PartitionBits);
        Cid expirations = StateArray<BitField>.StoreEmpty(runtime, ExpirationBits);
        Cid posts = StateArray<WindowPost>.StoreEmpty(runtime, PostBits);
        Cid sectors = StateArray<SectorOnChainInfo>.StoreEmpty(runtime, MinerState.SectorBits);
        return new()
        {
            Partitions = partitions,
            ExpirationsEpochs = expirations,
            OptimisticPostSubmissions = posts,
            SectorsSnapshot = sectors,
            PartitionsSnapshot = partitions,
            OptimisticPostSubmissionsSnapshot = posts,
        };
    }

    /// <summary>Opens the partitions.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="malformed">
    /// How the actor ends that finds them malformed; USR_SERIALIZATION unless given.
    /// </param>
    public readonly StateArray<Partition> OpenPartitions(
        IRuntime runtime, ExitCode? malformed = null) =>
        StateArray<Partition>.Load(runtime, Partitions, "partitions", malformed);

    /// <summary>Reads a partition.</summary>
    /// <exception cref="ActorAbortException">USR_NOT_FOUND, there is none.</exception>
    public readonly Partition GetPartition(IRuntime runtime, ulong index) =>
        GetFrom(OpenPartitions(runtime, ExitCode.UserIllegalState), index);

    /// <summary>Reads a partition of a list.</summary>
    /// <exception cref="ActorAbortException">USR_NOT_FOUND, there is none.</exception>
    internal static Partition GetFrom(StateArray<Partition> partitions, ulong index) =>
        partitions.TryGet(index, out Partition partition)
            ? partition
            : throw Abort.NotFound($"no such partition {index}");

    /// <summary>Says that something of partitions ends at an epoch.</summary>
    public void AddExpirations(
        IRuntime runtime, long epoch, List<ulong> partitions, Quantization quantization)
    {
        if (partitions.Count == 0)
        {
            return;
        }

        BitFieldQueue queue = BitFieldQueue.Load(runtime, ExpirationsEpochs, quantization);
        queue.Add(epoch, SectorNumbers.Of(partitions));
        ExpirationsEpochs = queue.Flush();
    }

    /// <summary>Adds sectors to the last partition and to new ones.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="partitionSectors">Sectors of a full partition.</param>
    /// <param name="areProven">Whether they were proven before, in another partition.</param>
    /// <param name="sectors">The sectors.</param>
    /// <param name="shape">The deadline's shape.</param>
    /// <returns>Their power.</returns>
    public PowerPair AddSectors(
        IRuntime runtime,
        ulong partitionSectors,
        bool areProven,
        IReadOnlyList<SectorOnChainInfo> sectors,
        in DeadlineShape shape)
    {
        PowerPair power = default;
        if (sectors.Count == 0)
        {
            return power;
        }

        LiveSectors += (ulong)sectors.Count;
        TotalSectors += (ulong)sectors.Count;
        List<(long Epoch, ulong Partition)> expirations = [];
        TokenAmount dailyFee = default;
        StateArray<Partition> partitions = OpenPartitions(runtime);
        int added = 0;
        for (ulong index = partitions.Count == 0 ? 0 : partitions.Count - 1;
            added < sectors.Count;
            index++)
        {
            if (!partitions.TryGet(index, out Partition partition))
            {
                partition = Partition.Create(runtime);
            }

            ulong count = partition.Sectors.Count;
            if (count >= partitionSectors)
            {
                continue;
            }

            List<SectorOnChainInfo> part = [];
            for (; count < partitionSectors && added < sectors.Count; count++, added++)
            {
                part.Add(sectors[added]);
                expirations.Add((sectors[added].Expiration, index));
            }

            SectorTotals totals = partition.AddSectors(runtime, areProven, part, shape);
            power += totals.Power;
            dailyFee += totals.DailyFee;
            partitions.Set(index, partition);
        }

        Partitions = partitions.Flush();
        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, ExpirationsEpochs, shape.Quantization);
        queue.AddEach(expirations);
        ExpirationsEpochs = queue.Flush();

        // What only moves is paid for already.
        DailyFee += areProven ? default : dailyFee;
        LivePower += power;
        return power;
    }

    /// <summary>Ends all sectors that are due up to an epoch.</summary>
    public ExpirationSet PopExpired(IRuntime runtime, long until, in DeadlineShape shape)
    {
        ExpirationSet all = default;
        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, ExpirationsEpochs, shape.Quantization);
        (BitField due, bool isModified) = queue.PopUntil(until);
        if (!isModified)
        {
            return all;
        }

        ExpirationsEpochs = queue.Flush();
        StateArray<Partition> partitions = OpenPartitions(runtime);
        List<ulong> early = [];
        foreach (ulong index in due.Each())
        {
            if (!partitions.TryGet(index, out Partition partition))
            {
                throw Abort.IllegalState($"missing expected partition {index}");
            }

            ExpirationSet expired = partition.PopExpired(runtime, until, shape);
            if (!expired.EarlySectors.IsEmpty)
            {
                early.Add(index);
            }

            all.Add(expired);
            partitions.Set(index, partition);
        }

        Partitions = partitions.Flush();
        EarlyTerminations = EarlyTerminations.Union(SectorNumbers.Of(early));
        LiveSectors -= all.Count;
        FaultyPower -= all.FaultyPower;
        LivePower -= all.FaultyPower + all.ActivePower;
        DailyFee -= all.FeeDeduction;
        return all;
    }

    /// <summary>It has not more live sectors than sectors, and no negative power.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, it has.</exception>
    public readonly void Require()
    {
        if (LiveSectors > TotalSectors)
        {
            throw Abort.IllegalState("deadline left with more live sectors than total");
        }

        if (FaultyPower.IsNegative)
        {
            throw Abort.IllegalState("deadline left with negative faulty power");
        }
    }
}
