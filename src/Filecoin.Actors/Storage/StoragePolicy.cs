namespace Filecoin.Actors.Storage;

/// <summary>Limits and periods of storage that are the same on every network.</summary>
/// <remarks>
/// Spec: actors/storage-policy 4.1; builtin-actors runtime/src/runtime/policy.rs. What differs
/// between networks is in <see cref="Policy"/>. Units: epochs, unless the name says others.
/// </remarks>
public static class StoragePolicy
{
    /// <summary>The largest sector number.</summary>
    public const ulong SectorNumberMax = long.MaxValue;

    /// <summary>Epochs after which a chain does not change.</summary>
    public const long ChainFinality = 900;

    /// <summary>Epochs in which a miner proves all its sectors.</summary>
    public const long ProvingPeriod = Epochs.InDay;

    /// <summary>Epochs of one deadline.</summary>
    public const long ChallengeWindow = 60;

    /// <summary>Deadlines of a proving period.</summary>
    public const ulong PeriodDeadlines = 48;

    /// <summary>Epochs before a deadline opens at which its challenge is drawn.</summary>
    public const long ChallengeLookback = 20;

    /// <summary>Epochs before a deadline opens after which faults are not declared.</summary>
    public const long FaultDeclarationCutoff = ChallengeLookback + 50;

    /// <summary>Epochs that a sector may be faulty.</summary>
    public const long FaultAgeMax = 42 * ProvingPeriod;

    /// <summary>Epochs after a deadline in which its proofs may be disputed.</summary>
    public const long DisputeWindow = 2 * ChainFinality;

    /// <summary>Partitions of one deadline.</summary>
    public const ulong DeadlinePartitionsMax = 3_000;

    /// <summary>Partitions that one message may name.</summary>
    public const ulong AddressedPartitionsMax = DeadlinePartitionsMax;

    /// <summary>Sectors that one message may name.</summary>
    public const ulong AddressedSectorsMax = 25_000;

    /// <summary>Partitions that one message may prove.</summary>
    public const ulong PostedPartitionsMax = 3;

    /// <summary>Control addresses of a miner.</summary>
    public const int ControlAddressesMax = 10;

    /// <summary>Bytes of a peer's id.</summary>
    public const int PeerIdBytesMax = 128;

    /// <summary>Bytes of all multiaddresses of a miner together.</summary>
    public const int MultiaddressBytesMax = 1_024;

    /// <summary>Epochs until a new worker takes over.</summary>
    public const long WorkerKeyChangeDelay = ChainFinality;

    /// <summary>Epochs for which a consensus fault shuts a miner out.</summary>
    public const long ConsensusFaultIneligibility = ChainFinality;

    /// <summary>Epochs that a sector lives at least.</summary>
    public const long SectorLifeMin = 180 * Epochs.InDay;

    /// <summary>Epochs from now that a sector may be promised for.</summary>
    public const long SectorExtensionMax = 1_278 * Epochs.InDay;

    /// <summary>Epochs after which a pre-commitment that is not proven is dropped.</summary>
    public const long PreCommitCleanUpDelay = 8 * Epochs.InHour;

    /// <summary>Age of a seal's ticket at pre-commitment.</summary>
    public const long PreCommitLookbackMax = Epochs.InDay + ChainFinality;

    /// <summary>Age of the ticket of a seal without interaction.</summary>
    public const long NonInteractiveLookbackMax = 180 * Epochs.InDay;

    /// <summary>Sectors of an aggregate at least.</summary>
    public const ulong AggregatedSectorsMin = 4;

    /// <summary>Sectors of an aggregate at most.</summary>
    public const ulong AggregatedSectorsMax = 819;

    /// <summary>Sectors of an aggregate without interaction at least.</summary>
    public const ulong NonInteractiveSectorsMin = 1;

    /// <summary>Sectors of an aggregate without interaction at most.</summary>
    public const ulong NonInteractiveSectorsMax = 65;

    /// <summary>Bytes of an aggregate proof.</summary>
    public const int AggregateProofBytesMax = 81_960;

    /// <summary>Bytes of the proof of a replica update.</summary>
    public const int UpdateProofBytesMax = 4_096;

    /// <summary>Bytes of a sector for each deal that it may hold beyond the first 256.</summary>
    public const ulong DealLimitDenominator = 1 << 27;

    /// <summary>Epochs before a sector's end in which claims may be dropped.</summary>
    public const long ClaimDropPeriod = 30 * Epochs.InDay;

    /// <summary>Deals that a sector may hold.</summary>
    public static ulong SectorDealsMax(ulong sectorBytes) =>
        ulong.Max(256, sectorBytes / DealLimitDenominator);
}
