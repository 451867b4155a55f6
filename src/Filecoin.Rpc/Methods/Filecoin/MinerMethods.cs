using Filecoin.ActorRuntime;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Power;

namespace Filecoin.Rpc;

/// <summary>Storage miners: who they are, their power, deadlines and sectors.</summary>
/// <remarks>Spec: lotus node/impl/full/state.go.</remarks>
public static class MinerMethods
{
    private const int ClaimsBitWidth = 5;

    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<TipsetLinks?, IReadOnlyList<AddressView>>(
            "Filecoin.StateListMiners", Permission.Read, "All miners.", List, 0),
        RpcMethod.Of<AddressView, TipsetLinks?, MinerInfoView>(
            "Filecoin.StateMinerInfo", Permission.Read, "Who a miner is.", Info, 1),
        RpcMethod.Of<AddressView?, TipsetLinks?, MinerPowerView>(
            "Filecoin.StateMinerPower", Permission.Read, "A miner's power, and that of all.",
            Power, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, AmountView>(
            "Filecoin.StateMinerAvailableBalance", Permission.Read,
            "What a miner's owner may withdraw.", AvailableBalance, 1),
        RpcMethod.Of<AddressView, JsonElement?, TipsetLinks?, IReadOnlyList<ActorValue>>(
            "Filecoin.StateMinerSectors", Permission.Read, "A miner's sectors.", Sectors, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, IReadOnlyList<ActorValue>>(
            "Filecoin.StateMinerActiveSectors", Permission.Read, "Its sectors that earn power.",
            ActiveSectors, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, SectorCountView>(
            "Filecoin.StateMinerSectorCount", Permission.Read, "How many it has.",
            SectorCount, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, IReadOnlyList<DeadlineView>>(
            "Filecoin.StateMinerDeadlines", Permission.Read, "Its deadlines.", Deadlines, 1),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, IReadOnlyList<PartitionView>>(
            "Filecoin.StateMinerPartitions", Permission.Read, "The partitions of a deadline.",
            Partitions, 2),
        RpcMethod.Of<AddressView, TipsetLinks?, ProvingDeadlineView>(
            "Filecoin.StateMinerProvingDeadline", Permission.Read, "Its deadline now.",
            ProvingDeadline, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, ActorValue>(
            "Filecoin.StateMinerFaults", Permission.Read, "Its faulty sectors.", Faults, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, ActorValue>(
            "Filecoin.StateMinerRecoveries", Permission.Read, "Those that are to come back.",
            Recoveries, 1),
        RpcMethod.Of<AddressView, TipsetLinks?, ActorValue>(
            "Filecoin.StateMinerAllocated", Permission.Read, "All numbers that it has used.",
            Allocated, 1),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, bool>(
            "Filecoin.StateMinerSectorAllocated", Permission.Read,
            "Whether it has used a number.", IsAllocated, 2),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, ActorValue>(
            "Filecoin.StateSectorGetInfo", Permission.Read, "A sector that was proven.",
            Sector, 2),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, ActorValue>(
            "Filecoin.StateSectorPreCommitInfo", Permission.Read, "A sector that is promised.",
            PreCommit, 2),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, SectorPlaceView>(
            "Filecoin.StateSectorPartition", Permission.Read, "Where a sector is.", Place, 2),
        RpcMethod.Of<AddressView, ulong, TipsetLinks?, SectorExpirationView>(
            "Filecoin.StateSectorExpiration", Permission.Read, "When a sector ends.",
            Expiration, 2),
    ];

    private static IReadOnlyList<AddressView> List(RpcCall call, TipsetLinks? key)
    {
        List<AddressView> miners = [];
        foreach ((ReadOnlyMemory<byte> bytes, _) in ClaimsOf(ChainState.At(call, key)).Entries())
        {
            if (Address.TryDecode(bytes.Span, out Address miner))
            {
                miners.Add(new(miner));
            }
        }

        return miners;
    }

    private static MinerInfoView Info(RpcCall call, AddressView miner, TipsetLinks? key) =>
        MinerInfoView.Of(Read(call, miner, key).Info);

    private static MinerPowerView Power(RpcCall call, AddressView? miner, TipsetLinks? key)
    {
        ChainState state = ChainState.At(call, key);
        PowerState power = state.Load<PowerState>(WellKnownActors.StoragePower);
        PowerView total =
            PowerView.Of(power.TotalRawBytePower, power.TotalQualityAdjustedPower);
        if (miner is not AddressView address
            || !ClaimsOf(state).TryGet(
                Address.FromId(state.IdOf(address)).ToBytes(), out Claim claim))
        {
            return new(PowerView.Of(0, 0), total, HasMinPower: false);
        }

        bool hasMinimum = power.MinerAboveMinPowerCount < PowerState.ConsensusMinersMin
            ? claim.RawBytePower.Value.Sign > 0
            : claim.RawBytePower.Value >= Policy.Mainnet.MinimumConsensusPower;
        return new(
            PowerView.Of(claim.RawBytePower, claim.QualityAdjustedPower), total, hasMinimum);
    }

    private static AmountView AvailableBalance(
        RpcCall call, AddressView miner, TipsetLinks? key) =>
        new(Read(call, miner, key).AvailableBalance);

    private static IReadOnlyList<ActorValue> Sectors(
        RpcCall call, AddressView miner, JsonElement? only, TipsetLinks? key) =>
        Read(call, miner, key).Sectors(
            only is JsonElement { ValueKind: JsonValueKind.Array } runs
                ? (BitField)ActorCodec.Parse(typeof(BitField), runs)
                : null,
            call.Node.Limits.ResultsMax);

    private static IReadOnlyList<ActorValue> ActiveSectors(
        RpcCall call, AddressView miner, TipsetLinks? key)
    {
        MinerReading reading = Read(call, miner, key);
        return reading.Sectors(
            reading.Gather(static partition => partition.ActiveSectors),
            call.Node.Limits.ResultsMax);
    }

    private static SectorCountView SectorCount(
        RpcCall call, AddressView miner, TipsetLinks? key)
    {
        MinerReading reading = Read(call, miner, key);
        return new(
            reading.Gather(static partition => partition.LiveSectors).Count,
            reading.Gather(static partition => partition.ActiveSectors).Count,
            reading.Gather(static partition => partition.Faults).Count);
    }

    private static IReadOnlyList<DeadlineView> Deadlines(
        RpcCall call, AddressView miner, TipsetLinks? key)
    {
        MinerReading reading = Read(call, miner, key);
        List<DeadlineView> deadlines = [];
        foreach (Deadline deadline in reading.Deadlines)
        {
            deadlines.Add(new(
                new(deadline.PartitionsPosted),
                reading.DisputableOf(deadline),
                new(deadline.DailyFee)));
        }

        return deadlines;
    }

    private static IReadOnlyList<PartitionView> Partitions(
        RpcCall call, AddressView miner, ulong deadline, TipsetLinks? key)
    {
        List<PartitionView> partitions = [];
        foreach ((_, Partition partition) in Read(call, miner, key).PartitionsOf(deadline))
        {
            partitions.Add(PartitionView.Of(partition));
        }

        return partitions;
    }

    private static ProvingDeadlineView ProvingDeadline(
        RpcCall call, AddressView miner, TipsetLinks? key) =>
        ProvingDeadlineView.Of(Read(call, miner, key).CurrentDeadline);

    private static ActorValue Faults(RpcCall call, AddressView miner, TipsetLinks? key) =>
        new(Read(call, miner, key).Gather(static partition => partition.Faults));

    private static ActorValue Recoveries(RpcCall call, AddressView miner, TipsetLinks? key) =>
        new(Read(call, miner, key).Gather(static partition => partition.Recoveries));

    private static ActorValue Allocated(RpcCall call, AddressView miner, TipsetLinks? key) =>
        new(Read(call, miner, key).Allocated);

    private static bool IsAllocated(
        RpcCall call, AddressView miner, ulong sector, TipsetLinks? key) =>
        Read(call, miner, key).Allocated.Contains(sector);

    private static ActorValue Sector(
        RpcCall call, AddressView miner, ulong sector, TipsetLinks? key) =>
        new(Read(call, miner, key).Sector(sector));

    private static ActorValue PreCommit(
        RpcCall call, AddressView miner, ulong sector, TipsetLinks? key) =>
        new(Read(call, miner, key).PreCommit(sector)
            ?? throw new RpcException($"precommit info is not exists for sector {sector}"));

    private static SectorPlaceView Place(
        RpcCall call, AddressView miner, ulong sector, TipsetLinks? key)
    {
        (ulong deadline, ulong partition) = Read(call, miner, key).Locate(sector);
        return new(deadline, partition);
    }

    private static SectorExpirationView Expiration(
        RpcCall call, AddressView miner, ulong sector, TipsetLinks? key) =>
        Read(call, miner, key).Sector(sector) is SectorOnChainInfo found
            ? new(found.Expiration, 0)
            : throw new RpcException($"sector {sector} not found");

    private static MinerReading Read(RpcCall call, AddressView miner, TipsetLinks? key) =>
        new(ChainState.At(call, key), miner);

    private static Hamt<Claim> ClaimsOf(ChainState state) => Hamt<Claim>.Load(
        state.Blocks,
        state.Load<PowerState>(WellKnownActors.StoragePower).Claims,
        new HamtOptions(ClaimsBitWidth));
}
