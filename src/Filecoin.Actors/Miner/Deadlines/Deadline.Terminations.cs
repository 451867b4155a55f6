namespace Filecoin.Actors.Miner;

/// <content>Sectors that end before their time, and partitions that go.</content>
public partial record struct Deadline
{
    /// <summary>Ends sectors of partitions.</summary>
    /// <returns>The active power that is lost.</returns>
    /// <exception cref="ActorAbortException">USR_NOT_FOUND, there is no such partition.</exception>
    public PowerPair Terminate(
        IRuntime runtime,
        SectorArray sectors,
        long epoch,
        IEnumerable<KeyValuePair<ulong, BitField>> numbersByPartition,
        in DeadlineShape shape)
    {
        StateArray<Partition> partitions = OpenPartitions(runtime);
        PowerPair lost = default;
        foreach ((ulong index, BitField numbers) in numbersByPartition)
        {
            Partition partition = GetFrom(partitions, index);
            (ExpirationSet removed, PowerPair unproven) =
                partition.Terminate(runtime, sectors, epoch, numbers, shape);
            partitions.Set(index, partition);
            if (!removed.IsEmpty)
            {
                EarlyTerminations = EarlyTerminations.With(index);
                LiveSectors -= removed.Count;
            }

            FaultyPower -= removed.FaultyPower;
            LivePower -= removed.ActivePower + removed.FaultyPower + unproven;
            DailyFee -= removed.FeeDeduction;
            lost += removed.ActivePower;
        }

        Partitions = partitions.Flush();
        return lost;
    }

    /// <summary>Takes sectors that ended before their time and were not yet paid for.</summary>
    /// <returns>The sectors, and whether there are more.</returns>
    public (TerminationResult Result, bool HasMore) PopEarlyTerminations(
        IRuntime runtime, ulong partitionsMax, ulong sectorsMax)
    {
        StateArray<Partition> partitions = OpenPartitions(runtime);
        TerminationResult result = TerminationResult.Empty;
        List<ulong> finished = [];
        foreach (ulong index in EarlyTerminations.Each())
        {
            if (!partitions.TryGet(index, out Partition partition))
            {
                // Quirk: one that is no more is passed over.
                finished.Add(index);
                continue;
            }

            (TerminationResult part, bool hasMore) =
                partition.PopEarlyTerminations(runtime, sectorsMax - result.SectorCount);
            result = result.Plus(part);
            if (!hasMore)
            {
                finished.Add(index);
            }

            partitions.Set(index, partition);
            if (!result.IsBelow(partitionsMax, sectorsMax))
            {
                break;
            }
        }

        EarlyTerminations = EarlyTerminations.Except(SectorNumbers.Of(finished));
        Partitions = partitions.Flush();
        return (result, !EarlyTerminations.IsEmpty);
    }

    /// <summary>
    /// Removes partitions, and adds their live sectors to the last one and to new ones.
    /// </summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="sectors">The miner's sectors.</param>
    /// <param name="partitionSectors">Sectors of a full partition.</param>
    /// <param name="removed">The partitions.</param>
    /// <param name="shape">The deadline's shape.</param>
    /// <returns>Their dead sectors.</returns>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, there is no such partition, it has faulty or unproven sectors, or
    /// there are sectors that ended before their time.
    /// </exception>
    public BitField Compact(
        IRuntime runtime,
        SectorArray sectors,
        ulong partitionSectors,
        BitField removed,
        in DeadlineShape shape)
    {
        StateArray<Partition> partitions = OpenPartitions(runtime);
        ulong count = partitions.Count;
        if (removed.Count > count || removed.Last >= count)
        {
            throw Abort.IllegalArgument($"partitions to remove are not among the {count}");
        }

        if (removed.IsEmpty)
        {
            return default;
        }

        if (!EarlyTerminations.IsEmpty)
        {
            throw Abort.IllegalArgument(
                "cannot remove partitions from deadline with early terminations");
        }

        StateArray<Partition> kept =
            StateArray<Partition>.Empty(runtime, "partitions", PartitionBits);
        BitField dead = default;
        BitField live = default;
        PowerPair removedPower = default;
        foreach ((ulong index, Partition partition) in partitions.Entries())
        {
            if (!removed.Contains(index))
            {
                kept.Set(kept.Count, partition);
                continue;
            }

            if (!partition.Faults.IsEmpty || !partition.Unproven.IsEmpty)
            {
                throw Abort.IllegalArgument(
                    $"cannot remove partition {index}: has faults or unproven sectors");
            }

            dead = dead.Union(partition.Terminated);
            live = live.Union(partition.LiveSectors);
            removedPower += partition.LivePower;
        }

        Partitions = kept.Flush();
        LiveSectors -= live.Count;
        TotalSectors -= live.Count + dead.Count;
        LivePower -= removedPower;

        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, ExpirationsEpochs, shape.Quantization);
        queue.Cut(removed);
        ExpirationsEpochs = queue.Flush();

        PowerPair addedPower = AddSectors(
            runtime, partitionSectors, areProven: true, sectors.GetAll(live), shape);
        return removedPower == addedPower
            ? dead
            : throw Abort.IllegalState("power changed when compacting partitions");
    }
}
