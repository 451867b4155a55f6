namespace Filecoin.Actors.Miner;

/// <content>Proofs, disputes and faults.</content>
public partial record struct Deadline
{
    /// <summary>Makes sectors of partitions faulty.</summary>
    /// <returns>The change of active power.</returns>
    /// <exception cref="ActorAbortException">
    /// USR_NOT_FOUND, there is no such partition. USR_ILLEGAL_ARGUMENT, sectors are not of it.
    /// </exception>
    public PowerPair RecordFaults(
        IRuntime runtime,
        SectorArray sectors,
        long faultExpiration,
        IEnumerable<KeyValuePair<ulong, BitField>> numbersByPartition,
        in DeadlineShape shape)
    {
        StateArray<Partition> partitions = OpenPartitions(runtime);
        List<ulong> changed = [];
        PowerPair powerDelta = default;
        foreach ((ulong index, BitField numbers) in numbersByPartition)
        {
            Partition partition = GetFrom(partitions, index);
            (BitField newFaults, PowerPair delta, PowerPair newFaultyPower) =
                partition.RecordFaults(runtime, sectors, numbers, faultExpiration, shape);
            FaultyPower += newFaultyPower;
            powerDelta += delta;
            if (!newFaults.IsEmpty)
            {
                changed.Add(index);
            }

            partitions.Set(index, partition);
        }

        Partitions = partitions.Flush();
        AddExpirations(runtime, faultExpiration, changed, shape.Quantization);
        return powerDelta;
    }

    /// <summary>Promises to prove faulty sectors of partitions next time.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_NOT_FOUND, there is no such partition. USR_ILLEGAL_ARGUMENT, sectors are not of it.
    /// </exception>
    public void DeclareRecovered(
        IRuntime runtime,
        SectorArray sectors,
        IEnumerable<KeyValuePair<ulong, BitField>> numbersByPartition,
        ulong sectorBytes)
    {
        StateArray<Partition> partitions = OpenPartitions(runtime);
        foreach ((ulong index, BitField numbers) in numbersByPartition)
        {
            Partition partition = GetFrom(partitions, index);
            partition.DeclareRecovered(sectors, numbers, sectorBytes);
            partitions.Set(index, partition);
        }

        Partitions = partitions.Flush();
    }

    /// <summary>Closes the window: what was not proven is faulty.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="faultExpiration">When the new faults end.</param>
    /// <param name="sectors">The miner's sectors, to be kept if proofs may be disputed.</param>
    /// <param name="shape">The deadline's shape.</param>
    /// <returns>The change of active power.</returns>
    public PowerPair Close(
        IRuntime runtime, long faultExpiration, Cid sectors, in DeadlineShape shape)
    {
        StateArray<Partition> partitions = OpenPartitions(runtime);
        bool isChanged = false;
        List<ulong> changed = [];
        PowerPair powerDelta = default;
        for (ulong index = 0; index < partitions.Count; index++)
        {
            if (PartitionsPosted.Contains(index))
            {
                continue;
            }

            if (!partitions.TryGet(index, out Partition partition))
            {
                throw Abort.IllegalState($"no partition {index}");
            }

            if (partition.RecoveringPower.IsZero && partition.FaultyPower == partition.LivePower)
            {
                // There is nothing to lose.
                continue;
            }

            isChanged = true;
            (PowerPair delta, _, PowerPair newFaulty) =
                partition.RecordMissedPost(runtime, faultExpiration, shape);
            if (!newFaulty.IsZero)
            {
                changed.Add(index);
            }

            partitions.Set(index, partition);
            FaultyPower += newFaulty;
            powerDelta += delta;
        }

        if (isChanged)
        {
            Partitions = partitions.Flush();
        }

        AddExpirations(runtime, faultExpiration, changed, shape.Quantization);
        TakeSnapshots(runtime, sectors);
        return powerDelta;
    }

    /// <summary>Takes a proof of partitions.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, a partition comes twice or is proven already, or leaves out sectors
    /// of another. USR_NOT_FOUND, there is no such partition.
    /// </exception>
    public PostResult RecordProven(
        IRuntime runtime,
        SectorArray sectors,
        long faultExpiration,
        ValueList<PostPartition> posts,
        in DeadlineShape shape)
    {
        BitField indexes = IndexesOf(posts);
        if (PartitionsPosted.ContainsAny(indexes))
        {
            throw Abort.IllegalArgument("partition already proven");
        }

        StateArray<Partition> partitions = OpenPartitions(runtime);
        PostResult result = new() { Partitions = indexes };
        List<ulong> changed = [];
        PowerPair newFaulty = default;
        foreach (PostPartition post in posts)
        {
            Partition partition = GetFrom(partitions, post.Index);
            SkippedFaults skipped = partition.RecordSkipped(
                runtime, sectors, faultExpiration, post.Skipped, shape);
            if (skipped.HasNewFaults)
            {
                changed.Add(post.Index);
            }

            PowerPair recovered = partition.Recover(runtime, sectors, shape);
            PowerPair unproven = partition.ActivateUnproven();
            result.Sectors = result.Sectors.Union(partition.Sectors);
            result.Ignored = result.Ignored.Union(partition.Faults).Union(partition.Terminated);
            partitions.Set(post.Index, partition);
            newFaulty += skipped.NewFaultyPower;
            result.RecoveredPower += recovered;
            result.PowerDelta += skipped.PowerDelta + unproven + recovered;
            PartitionsPosted = PartitionsPosted.With(post.Index);
        }

        AddExpirations(runtime, faultExpiration, changed, shape.Quantization);
        FaultyPower += newFaulty - result.RecoveredPower;
        Partitions = partitions.Flush();
        return result;
    }

    /// <summary>Keeps a proof that was taken unseen.</summary>
    public void AddPost(IRuntime runtime, BitField partitions, ValueList<PostProof> proofs)
    {
        StateArray<WindowPost> posts =
            StateArray<WindowPost>.Load(runtime, OptimisticPostSubmissions, "proofs");
        posts.Set(posts.Count, new(partitions, proofs));
        OptimisticPostSubmissions = posts.Flush();
    }

    /// <summary>Takes a proof of the last window out.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT, there is none.</exception>
    public WindowPost TakePost(IRuntime runtime, ulong index)
    {
        StateArray<WindowPost> posts = StateArray<WindowPost>.Load(
            runtime, OptimisticPostSubmissionsSnapshot, "proofs snapshot");
        if (!posts.Delete(index, out WindowPost? post))
        {
            throw Abort.IllegalArgument($"proof {index} not found");
        }

        OptimisticPostSubmissionsSnapshot = posts.Flush();
        return post;
    }

    /// <summary>What a disputed proof covers.</summary>
    public readonly DisputedSectors GetDisputed(IRuntime runtime, BitField indexes)
    {
        StateArray<Partition> partitions =
            StateArray<Partition>.Load(runtime, PartitionsSnapshot, "partitions snapshot");
        DisputedSectors disputed = new() { ByPartition = [] };
        foreach (ulong index in indexes.Each())
        {
            if (!partitions.TryGet(index, out Partition partition))
            {
                throw Abort.IllegalState($"failed to find partition {index}");
            }

            disputed.Sectors = disputed.Sectors.Union(partition.Sectors);
            disputed.Ignored = disputed.Ignored
                .Union(partition.Faults).Union(partition.Terminated).Union(partition.Unproven);
            disputed.ByPartition[index] = partition.ActiveSectors;
            disputed.Power += partition.ActivePower;
        }

        return disputed;
    }

    private static BitField IndexesOf(ValueList<PostPartition> posts)
    {
        List<ulong> indexes = [];
        foreach (PostPartition post in posts)
        {
            indexes.Add(post.Index);
        }

        if (!SectorNumbers.TryOf(indexes, out BitField field))
        {
            throw Abort.IllegalArgument("partition index out of bitfield range");
        }

        return field.Count == (ulong)posts.Count
            ? field
            : throw Abort.IllegalArgument("duplicate partitions proven");
    }

    private void TakeSnapshots(IRuntime runtime, Cid sectors)
    {
        PartitionsPosted = default;
        PartitionsSnapshot = Partitions;
        OptimisticPostSubmissionsSnapshot = OptimisticPostSubmissions;
        OptimisticPostSubmissions = StateArray<WindowPost>.StoreEmpty(runtime, PostBits);

        // Sectors are only needed to dispute proofs.
        SectorsSnapshot = OptimisticPostSubmissions != OptimisticPostSubmissionsSnapshot
            ? sectors
            : StateArray<SectorOnChainInfo>.StoreEmpty(runtime, MinerState.SectorBits);
    }
}

/// <summary>A proof that was taken unseen.</summary>
/// <param name="Partitions">What it covers.</param>
/// <param name="Proofs">The proof.</param>
[CborTuple]
public sealed partial record WindowPost(BitField Partitions, ValueList<PostProof> Proofs);

/// <summary>What a proof covers and changes.</summary>
/// <param name="Partitions">The partitions.</param>
/// <param name="Sectors">Their sectors.</param>
/// <param name="Ignored">Those of them that are faulty or dead.</param>
/// <param name="PowerDelta">The change of active power.</param>
/// <param name="RecoveredPower">The power that has recovered.</param>
public record struct PostResult(
    BitField Partitions,
    BitField Sectors,
    BitField Ignored,
    PowerPair PowerDelta,
    PowerPair RecoveredPower);

/// <summary>What a disputed proof covers.</summary>
/// <param name="Sectors">The sectors of its partitions.</param>
/// <param name="Ignored">Those of them that are faulty, dead or unproven.</param>
/// <param name="ByPartition">The others by partition.</param>
/// <param name="Power">Power of the others.</param>
public record struct DisputedSectors(
    BitField Sectors,
    BitField Ignored,
    SortedDictionary<ulong, BitField> ByPartition,
    PowerPair Power);
