namespace Filecoin.Actors.Miner;

/// <summary>Sectors of a deadline that one proof covers.</summary>
/// <param name="Sectors">All of them, dead ones too.</param>
/// <param name="Unproven">Those that were never proven.</param>
/// <param name="Faults">Those that are faulty.</param>
/// <param name="Recoveries">Faulty ones that are to be proven next time.</param>
/// <param name="Terminated">Those that are dead.</param>
/// <param name="ExpirationsEpochs">AMT from epochs to what ends then.</param>
/// <param name="EarlyTerminated">
/// AMT from epochs to sectors that ended before their time and were not yet paid for.
/// </param>
/// <param name="LivePower">Power of those that are not dead.</param>
/// <param name="UnprovenPower">Power of those that were never proven.</param>
/// <param name="FaultyPower">Power of those that are faulty.</param>
/// <param name="RecoveringPower">Power of those that are to recover.</param>
/// <remarks>
/// Spec: actors/miner-state 1.3; builtin-actors actors/miner/src/partition_state.rs. Errors of all
/// changes: USR_ILLEGAL_STATE, it would contradict itself afterwards.
/// </remarks>
[CborTuple]
public partial record struct Partition(
    BitField Sectors,
    BitField Unproven,
    BitField Faults,
    BitField Recoveries,
    BitField Terminated,
    Cid ExpirationsEpochs,
    Cid EarlyTerminated,
    PowerPair LivePower,
    PowerPair UnprovenPower,
    PowerPair FaultyPower,
    PowerPair RecoveringPower)
{
    private const int ExpirationBits = 4;
    private const int EarlyTerminationBits = 3;

    /// <summary>Those that are not dead.</summary>
    public readonly BitField LiveSectors => Sectors.Except(Terminated);

    /// <summary>Those that are neither dead, faulty nor unproven.</summary>
    public readonly BitField ActiveSectors => LiveSectors.Except(Faults).Except(Unproven);

    /// <summary>Power of those that are neither dead, faulty nor unproven.</summary>
    public readonly PowerPair ActivePower => LivePower - FaultyPower - UnprovenPower;

    /// <summary>A partition without sectors.</summary>
    public static Partition Create(IRuntime runtime) => new()
    {
        ExpirationsEpochs = StateArray<ExpirationSet>.StoreEmpty(runtime, ExpirationBits),
        EarlyTerminated = StateArray<BitField>.StoreEmpty(runtime, EarlyTerminationBits),
    };

    /// <summary>Adds sectors that are new here.</summary>
    /// <returns>What they come to.</returns>
    public SectorTotals AddSectors(
        IRuntime runtime,
        bool areProven,
        IReadOnlyList<SectorOnChainInfo> sectors,
        in DeadlineShape shape)
    {
        ExpirationQueue queue = OpenQueue(runtime, shape);
        SectorTotals added = queue.AddActive(sectors, shape.SectorBytes);
        ExpirationsEpochs = queue.Flush();
        if (Sectors.ContainsAny(added.Sectors))
        {
            throw Abort.IllegalState("not all added sectors are new");
        }

        Sectors = Sectors.Union(added.Sectors);
        LivePower += added.Power;
        if (!areProven)
        {
            UnprovenPower += added.Power;
            Unproven = Unproven.Union(added.Sectors);
        }

        Require();
        return added;
    }

    /// <summary>Counts sectors as proven that never were.</summary>
    /// <returns>Their power.</returns>
    public PowerPair ActivateUnproven()
    {
        PowerPair power = UnprovenPower;
        (Unproven, UnprovenPower) = (default, default);
        return power;
    }

    /// <summary>Replaces sectors, which must be active.</summary>
    /// <returns>What was removed and what was added.</returns>
    public (SectorTotals Removed, SectorTotals Added) Replace(
        IRuntime runtime,
        IReadOnlyList<SectorOnChainInfo> oldSectors,
        IReadOnlyList<SectorOnChainInfo> newSectors,
        in DeadlineShape shape)
    {
        ExpirationQueue queue = OpenQueue(runtime, shape);
        (SectorTotals removed, SectorTotals added) =
            queue.Replace(oldSectors, newSectors, shape.SectorBytes);
        ExpirationsEpochs = queue.Flush();
        if (!ActiveSectors.ContainsAll(removed.Sectors))
        {
            throw Abort.IllegalState("refusing to replace inactive sectors");
        }

        Sectors = Sectors.Except(removed.Sectors).Union(added.Sectors);
        LivePower += added.Power - removed.Power;
        Require();
        return (removed, added);
    }

    /// <summary>Ends sectors before their time; they must be live.</summary>
    /// <returns>
    /// What was removed, active power without that of unproven sectors, which comes after.
    /// </returns>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT, some are not live.</exception>
    public (ExpirationSet Removed, PowerPair Unproven) Terminate(
        IRuntime runtime,
        SectorArray sectors,
        long epoch,
        BitField numbers,
        in DeadlineShape shape)
    {
        if (!LiveSectors.ContainsAll(numbers))
        {
            throw Abort.IllegalArgument("can only terminate live sectors");
        }

        List<SectorOnChainInfo> infos = sectors.GetAll(numbers);
        ExpirationQueue queue = OpenQueue(runtime, shape);
        (ExpirationSet removed, PowerPair recovering) =
            queue.Remove(infos, Faults, Recoveries, shape.SectorBytes);
        ExpirationsEpochs = queue.Flush();

        BitField gone = removed.OnTimeSectors.Union(removed.EarlySectors);
        RecordEarlyTermination(runtime, epoch, gone);
        BitField unproven = gone.Intersect(Unproven);
        Faults = Faults.Except(gone);
        Recoveries = Recoveries.Except(gone);
        Terminated = Terminated.Union(gone);
        LivePower -= removed.ActivePower + removed.FaultyPower;
        FaultyPower -= removed.FaultyPower;
        RecoveringPower -= recovering;
        Unproven = Unproven.Except(unproven);

        PowerPair unprovenPower =
            PowerPair.Of(shape.SectorBytes, SectorArray.Select(infos, unproven));
        UnprovenPower -= unprovenPower;
        removed.ActivePower -= unprovenPower;
        Require();
        return (removed, unprovenPower);
    }

    /// <summary>Ends all sectors that are due up to an epoch; none may be unproven.</summary>
    public ExpirationSet PopExpired(IRuntime runtime, long until, in DeadlineShape shape)
    {
        if (!Unproven.IsEmpty)
        {
            throw Abort.IllegalState("cannot pop expired sectors beside unproven ones");
        }

        ExpirationQueue queue = OpenQueue(runtime, shape);
        ExpirationSet popped = queue.PopUntil(until);
        ExpirationsEpochs = queue.Flush();
        BitField expired = popped.OnTimeSectors.Union(popped.EarlySectors);
        if (!Recoveries.IsEmpty || !RecoveringPower.IsZero)
        {
            throw Abort.IllegalState("unexpected recoveries while processing expirations");
        }

        if (Terminated.ContainsAny(expired))
        {
            throw Abort.IllegalState("expiring sectors already terminated");
        }

        Terminated = Terminated.Union(expired);
        Faults = Faults.Except(expired);
        LivePower -= popped.ActivePower + popped.FaultyPower;
        FaultyPower -= popped.FaultyPower;
        RecordEarlyTermination(runtime, until, popped.EarlySectors);
        Require();
        return popped;
    }

    /// <summary>Takes sectors that ended before their time and were not yet paid for.</summary>
    /// <returns>The sectors, and whether there are more.</returns>
    public (TerminationResult Result, bool HasMore) PopEarlyTerminations(
        IRuntime runtime, ulong sectorsMax)
    {
        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, EarlyTerminated, Quantization.None);
        (SortedDictionary<long, BitField> byEpoch, ulong count) = queue.Take(sectorsMax);
        EarlyTerminated = queue.Flush();
        Require();
        return (new(byEpoch, 1, count), queue.Count > 0);
    }

    /// <summary>Whether all sectors are of this partition.</summary>
    internal readonly void RequireSectors(BitField numbers)
    {
        if (!Sectors.ContainsAll(numbers))
        {
            throw Abort.IllegalArgument("not all sectors are assigned to the partition");
        }
    }

    private readonly ExpirationQueue OpenQueue(
        IRuntime runtime, in DeadlineShape shape, ExitCode? malformed = null) =>
        ExpirationQueue.Load(runtime, ExpirationsEpochs, shape.Quantization, malformed);

    private void RecordEarlyTermination(IRuntime runtime, long epoch, BitField numbers)
    {
        BitFieldQueue queue =
            BitFieldQueue.Load(runtime, EarlyTerminated, Quantization.None);
        queue.Add(epoch, numbers);
        EarlyTerminated = queue.Flush();
    }

    private readonly void Require()
    {
        if (LivePower.IsNegative
            || UnprovenPower.IsNegative
            || FaultyPower.IsNegative
            || RecoveringPower.IsNegative)
        {
            throw Abort.IllegalState("a partition has power below 0");
        }

        if (UnprovenPower.Raw.Value > LivePower.Raw.Value
            || FaultyPower.Raw.Value > LivePower.Raw.Value
            || RecoveringPower.Raw.Value > FaultyPower.Raw.Value)
        {
            throw Abort.IllegalState("a partition has more power in a state than in all");
        }

        BitField ill = Unproven.Union(Faults);
        if (Terminated.ContainsAny(ill)
            || !Sectors.ContainsAll(ill.Union(Terminated))
            || !Faults.ContainsAll(Recoveries))
        {
            throw Abort.IllegalState("a partition has sectors in states that exclude another");
        }
    }
}

/// <summary>What is the same for all partitions of a deadline.</summary>
/// <param name="SectorBytes">The size of a sector.</param>
/// <param name="Quantization">The epochs at which sectors end.</param>
public readonly record struct DeadlineShape(ulong SectorBytes, Quantization Quantization);
