namespace Filecoin.Actors.Miner;

/// <content>Faults and recoveries.</content>
public partial record struct Partition
{
    /// <summary>Makes sectors faulty, as far as they are not dead or faulty already.</summary>
    /// <returns>
    /// The new faults, the change of active power and the new faulty power. Sectors that were to
    /// recover stay faulty and are none of the new ones.
    /// </returns>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, some are not of this partition.
    /// </exception>
    public (BitField NewFaults, PowerPair PowerDelta, PowerPair NewFaultyPower) RecordFaults(
        IRuntime runtime,
        SectorArray sectors,
        BitField numbers,
        long faultExpiration,
        in DeadlineShape shape)
    {
        RequireSectors(numbers);
        BitField retracted = Recoveries.Intersect(numbers);
        BitField faults = numbers.Except(retracted).Except(Terminated).Except(Faults);
        List<SectorOnChainInfo> faulty = sectors.GetAll(faults);
        (PowerPair powerDelta, PowerPair faultyPower) = faulty.Count > 0
            ? AddFaults(runtime, faults, faulty, faultExpiration, shape)
            : default;

        List<SectorOnChainInfo> retractedInfos = sectors.GetAll(retracted);
        if (retractedInfos.Count > 0)
        {
            RemoveRecoveries(retracted, PowerPair.Of(shape.SectorBytes, retractedInfos));
        }

        Require();
        return (faults, powerDelta, faultyPower);
    }

    /// <summary>Makes sectors faulty that a proof leaves out.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, some are not of this partition.
    /// </exception>
    public SkippedFaults RecordSkipped(
        IRuntime runtime,
        SectorArray sectors,
        long faultExpiration,
        BitField skipped,
        in DeadlineShape shape)
    {
        if (skipped.IsEmpty)
        {
            return default;
        }

        if (!Sectors.ContainsAll(skipped))
        {
            throw Abort.IllegalArgument("skipped faults contains sectors outside partition");
        }

        BitField retracted = Recoveries.Intersect(skipped);
        PowerPair retractedPower = PowerPair.Of(shape.SectorBytes, sectors.GetAll(retracted));
        BitField faults = skipped.Except(Terminated).Except(Faults);
        List<SectorOnChainInfo> faulty = sectors.GetAll(faults);
        (PowerPair powerDelta, PowerPair faultyPower) =
            AddFaults(runtime, faults, faulty, faultExpiration, shape);
        RemoveRecoveries(retracted, retractedPower);
        Require();
        return new(powerDelta, faultyPower, retractedPower, faulty.Count > 0);
    }

    /// <summary>Makes active what was to recover.</summary>
    /// <returns>The power of it.</returns>
    public PowerPair Recover(IRuntime runtime, SectorArray sectors, in DeadlineShape shape)
    {
        List<SectorOnChainInfo> recovered = sectors.GetAll(Recoveries);
        ExpirationQueue queue = OpenQueue(runtime, shape, ExitCode.UserIllegalState);
        PowerPair power = queue.RescheduleRecovered(recovered, shape.SectorBytes);
        ExpirationsEpochs = queue.Flush();
        Faults = Faults.Except(Recoveries);
        Recoveries = default;
        FaultyPower -= power;
        RecoveringPower -= power;
        Require();
        return power;
    }

    /// <summary>Promises to prove faulty sectors next time.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, some are not of this partition.
    /// </exception>
    public void DeclareRecovered(SectorArray sectors, BitField numbers, ulong sectorBytes)
    {
        RequireSectors(numbers);
        BitField recoveries = numbers.Intersect(Faults).Except(Recoveries);
        List<SectorOnChainInfo> recovering = sectors.GetAll(recoveries);
        Recoveries = Recoveries.Union(recoveries);
        RecoveringPower += PowerPair.Of(sectorBytes, recovering);
        Require();
    }

    /// <summary>Makes all sectors faulty, since no proof came.</summary>
    /// <returns>
    /// The change of active power, the power to be paid for and the new faulty power.
    /// </returns>
    public (PowerPair PowerDelta, PowerPair Penalized, PowerPair NewFaulty) RecordMissedPost(
        IRuntime runtime, long faultExpiration, in DeadlineShape shape)
    {
        ExpirationQueue queue = OpenQueue(runtime, shape);
        queue.RescheduleAllAsFaults(faultExpiration);
        ExpirationsEpochs = queue.Flush();

        PowerPair newFaulty = LivePower - FaultyPower;
        PowerPair penalized = RecoveringPower + newFaulty;
        PowerPair powerDelta = UnprovenPower - newFaulty;
        Faults = LiveSectors;
        (Recoveries, Unproven) = (default, default);
        FaultyPower = LivePower;
        (RecoveringPower, UnprovenPower) = (default, default);
        Require();
        return (powerDelta, penalized, newFaulty);
    }

    private (PowerPair PowerDelta, PowerPair NewFaultyPower) AddFaults(
        IRuntime runtime,
        BitField numbers,
        IReadOnlyList<SectorOnChainInfo> sectors,
        long faultExpiration,
        in DeadlineShape shape)
    {
        ExpirationQueue queue = OpenQueue(runtime, shape);
        PowerPair faultyPower =
            queue.RescheduleAsFaults(faultExpiration, sectors, shape.SectorBytes);
        ExpirationsEpochs = queue.Flush();
        Faults = Faults.Union(numbers);
        FaultyPower += faultyPower;

        BitField unproven = numbers.Intersect(Unproven);
        Unproven = Unproven.Except(unproven);
        PowerPair unprovenPower =
            PowerPair.Of(shape.SectorBytes, SectorArray.Select(sectors, unproven));
        UnprovenPower -= unprovenPower;
        Require();

        // What was never proven is no loss.
        return (unprovenPower - faultyPower, faultyPower);
    }

    private void RemoveRecoveries(BitField numbers, PowerPair power)
    {
        if (!numbers.IsEmpty)
        {
            Recoveries = Recoveries.Except(numbers);
            RecoveringPower -= power;
        }
    }
}

/// <summary>Sectors that a proof leaves out.</summary>
/// <param name="PowerDelta">The change of active power.</param>
/// <param name="NewFaultyPower">The power that is faulty now.</param>
/// <param name="RetractedPower">The power that does not recover.</param>
/// <param name="HasNewFaults">Whether any sector was not faulty before.</param>
public readonly record struct SkippedFaults(
    PowerPair PowerDelta,
    PowerPair NewFaultyPower,
    PowerPair RetractedPower,
    bool HasNewFaults);
