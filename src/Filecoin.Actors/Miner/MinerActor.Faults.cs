using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Faults and recoveries that are declared.</content>
public static partial class MinerActor
{
    private static void DeclareFaults(IRuntime runtime, SectorDeclarationsParams parameters)
    {
        DeadlineSectors declared = Group(parameters);
        PowerPair powerDelta = runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            DeadlineTable table = state.GetDeadlines(runtime);
            SectorArray sectors = state.OpenSectors(runtime);
            PowerPair total = default;
            long epoch = runtime.Epoch.Value;
            foreach ((ulong index, SortedDictionary<ulong, BitField> partitions)
                in declared.Deadlines)
            {
                DeadlineInfo target = DeclarationTarget(state, index, epoch);
                Deadline deadline = table.Get(runtime, index);
                total += deadline.RecordFaults(
                    runtime,
                    sectors,
                    target.Last + StoragePolicy.FaultAgeMax,
                    partitions,
                    new(info.SectorSize, target.Quantization));
                table = table.With(runtime, index, deadline);
            }

            state.SetDeadlines(runtime, table);
            return total;
        });
        RequestUpdatePower(runtime, powerDelta);
    }

    private static void DeclareFaultsRecovered(
        IRuntime runtime, SectorDeclarationsParams parameters)
    {
        DeadlineSectors declared = Group(parameters);
        TokenAmount toBurn = runtime.Transact((ref MinerState state) =>
        {
            TokenAmount debt = state.RepayDebts(runtime.CurrentBalance());
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            if (info.IsShutOut(runtime.Epoch.Value))
            {
                throw Abort.Forbidden("recovery not allowed during active consensus fault");
            }

            DeadlineTable table = state.GetDeadlines(runtime);
            SectorArray sectors = state.OpenSectors(runtime);
            long epoch = runtime.Epoch.Value;
            foreach ((ulong index, SortedDictionary<ulong, BitField> partitions)
                in declared.Deadlines)
            {
                _ = DeclarationTarget(state, index, epoch);
                Deadline deadline = table.Get(runtime, index);
                deadline.DeclareRecovered(runtime, sectors, partitions, info.SectorSize);
                table = table.With(runtime, index, deadline);
            }

            state.SetDeadlines(runtime, table);
            return debt;
        });
        Burn(runtime, toBurn);
        RequireBalance(runtime);
    }

    private static DeadlineSectors Group(SectorDeclarationsParams parameters)
    {
        DeadlineSectors declared = new();
        foreach (SectorDeclaration declaration in parameters.Declarations)
        {
            declared.Add(declaration.Deadline, declaration.Partition, declaration.Sectors);
        }

        declared.RequireAddressable();
        return declared;
    }

    private static DeadlineInfo DeclarationTarget(
        in MinerState state, ulong index, long epoch)
    {
        DeadlineInfo target =
            DeadlineInfo.At(state.PeriodStartAt(epoch), index, epoch).NextNotElapsed();
        return target.HasFaultCutoffPassed
            ? throw Abort.IllegalArgument($"late declaration at deadline {index}")
            : target;
    }
}
