using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>What others may ask about a sector.</content>
public static partial class MinerActor
{
    private static void CheckSectorProven(IRuntime runtime, SectorParams parameters)
    {
        runtime.AcceptAnyCaller();
        if (parameters.SectorNumber > StoragePolicy.SectorNumberMax)
        {
            throw Abort.IllegalArgument("sector number out of range");
        }

        _ = runtime.LoadState<MinerState>()
            .OpenSectors(runtime, ExitCode.UserIllegalState).Get(parameters.SectorNumber);
    }

    private static ChainEpoch GetNominalSectorExpiration(
        IRuntime runtime, SectorQuantity sector)
    {
        runtime.AcceptAnyCaller();
        SectorArray sectors = runtime.LoadState<MinerState>()
            .OpenSectors(runtime, ExitCode.UserIllegalState);
        return new(sectors.Get(sector.Value).Expiration);
    }

    private static GenerateSectorLocationReturn GenerateSectorLocation(
        IRuntime runtime, SectorParams parameters)
    {
        runtime.AcceptAnyCaller();
        ulong number = parameters.SectorNumber;
        MinerState state = runtime.LoadState<MinerState>();
        if (!state.OpenSectors(runtime, ExitCode.UserIllegalState).TryGet(number, out _))
        {
            return new(SectorStatus.Dead, Cbor.Encode(SectorLocation.Nowhere));
        }

        (ulong deadline, ulong index) = MinerErrors.OrIllegalState(
            ref state,
            (ref MinerState searched) => searched.GetDeadlines(runtime).Find(runtime, number));

        // Quirk: the reference reads all again.
        Partition partition =
            state.GetDeadlines(runtime).Get(runtime, deadline).GetPartition(runtime, index);
        SectorLocation location = new((long)deadline, unchecked((long)index));
        return new(StatusOf(partition, number), Cbor.Encode(location));
    }

    private static MinerAnswer ValidateSectorStatus(
        IRuntime runtime, ValidateSectorStatusParams parameters)
    {
        runtime.AcceptAnyCaller();
        ulong number = parameters.SectorNumber;
        MinerState state = runtime.LoadState<MinerState>();
        CborReader reader = CborReader.Lenient(parameters.AuxData.Span);
        if (!SectorLocation.TryRead(ref reader, out SectorLocation location)
            || !reader.TryEnd())
        {
            throw Abort.IllegalArgument("invalid location");
        }

        bool isNowhere = location.Deadline == SectorLocation.Nowhere.Deadline;
        if (isNowhere != (location.Partition == SectorLocation.Nowhere.Partition))
        {
            throw Abort.IllegalArgument("deadline and partition must both be given or neither");
        }

        if (isNowhere)
        {
            return state.OpenSectors(runtime, ExitCode.UserIllegalState).TryGet(number, out _)
                ? throw Abort.NotFound($"sector {number} is somewhere")
                : new(parameters.Status == SectorStatus.Dead);
        }

        Partition partition = state.GetDeadlines(runtime)
            .Get(runtime, unchecked((ulong)location.Deadline))
            .GetPartition(runtime, unchecked((ulong)location.Partition));
        if (!partition.Sectors.Contains(number))
        {
            throw Abort.NotFound($"sector {number} not found at {location}");
        }

        bool isDead = partition.Terminated.Contains(number);
        bool isFaulty = partition.Faults.Contains(number);
        return new(
            parameters.Status == SectorStatus.Dead ? isDead
            : parameters.Status == SectorStatus.Faulty ? isFaulty
            : !isDead && !isFaulty);
    }

    private static SectorStatus StatusOf(in Partition partition, ulong number) =>
        partition.Terminated.Contains(number) ? SectorStatus.Dead
        : partition.Faults.Contains(number) ? SectorStatus.Faulty
        : SectorStatus.Active;
}
