using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>Sectors of 2 KiB that differ in pledge, fee and quality.</summary>
internal static class TestSectors
{
    internal const ulong Bytes = 2_048;
    internal const ulong PartitionSectors = 4;

    internal static readonly Cid Sealed = Cid.Create(
        Codec.FilCommitmentSealed, Multihash.PoseidonBls12381A2Fc1, new byte[32]);

    internal static readonly DeadlineShape Shape =
        new(Bytes, new(StoragePolicy.ProvingPeriod, 59));

    internal static SectorOnChainInfo Of(ulong number, long expiration) => new()
    {
        SectorNumber = number,
        SealProof = 5,
        SealedCid = Sealed,
        Expiration = expiration,
        VerifiedDealWeight = (System.Numerics.BigInteger)(number % 3 * 512) * expiration,
        InitialPledge = TokenAmount.FromAtto((long)(number % 1_000) + 1_000),
        Flags = SectorOnChainInfo.SimpleQualityFlag,
        DailyFee = TokenAmount.FromAtto((long)(number % 1_000) + 10),
    };

    internal static SectorArray Store(
        MemoryRuntime runtime, IReadOnlyList<SectorOnChainInfo> sectors, out Cid root)
    {
        Amt<SectorOnChainInfo> list = new(runtime.Memory, MinerState.SectorBits);
        foreach (SectorOnChainInfo sector in sectors)
        {
            list.Set(sector.SectorNumber, sector);
        }

        root = list.Flush();
        return SectorArray.Load(runtime, root);
    }
}
