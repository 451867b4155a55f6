using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Forgetting dead sectors and numbers.</content>
public static partial class MinerActor
{
    private static void CompactPartitions(IRuntime runtime, CompactPartitionsParams parameters)
    {
        ulong index = parameters.Deadline;
        RequireDeadlineIndex(index);
        runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            long epoch = runtime.Epoch.Value;
            if (!DeadlineInfo.IsCompactable(state.PeriodStartAt(epoch), index, epoch))
            {
                throw Abort.Forbidden(
                    $"cannot compact deadline {index} around its window or while it is disputed");
            }

            ulong limit = PartitionsMax(info.WindowPostPartitionSectors);
            if (parameters.Partitions.Count > limit)
            {
                throw Abort.IllegalArgument(
                    $"too many partitions {parameters.Partitions.Count}, limit {limit}");
            }

            DeadlineTable table = state.GetDeadlines(runtime);
            Deadline deadline = table.Get(runtime, index);
            TokenAmount dailyFee = deadline.DailyFee;
            SectorArray sectors = state.OpenSectors(runtime);
            BitField dead = deadline.Compact(
                runtime,
                sectors,
                info.WindowPostPartitionSectors,
                parameters.Partitions,
                state.ShapeOf(index, info.SectorSize));
            sectors.Delete(dead);
            state.Sectors = sectors.Flush();
            state.SetDeadlines(runtime, table.With(runtime, index, deadline));
            if (deadline.DailyFee != dailyFee)
            {
                throw Abort.IllegalState("unexpected daily fee change during compaction");
            }
        });
    }

    private static void CompactSectorNumbers(
        IRuntime runtime, CompactSectorNumbersParams parameters)
    {
        BitField mask = parameters.MaskSectorNumbers;
        if (mask.Last is not ulong last || last > StoragePolicy.SectorNumberMax)
        {
            throw Abort.IllegalArgument("no numbers, or one that is too large");
        }

        runtime.Transact((ref MinerState state) =>
        {
            runtime.RequireCaller(state.GetInfo(runtime).Controllers);
            state.AllocateNumbers(runtime, mask, mayBeTaken: true);
        });
    }
}
