using System.Numerics;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Storage;

namespace Filecoin.Rpc;

/// <summary>Who a miner is.</summary>
/// <remarks>Spec: lotus api/api_full.go, MinerInfo. No address is written as such.</remarks>
public sealed record MinerInfoView(
    AddressView Owner,
    AddressView Worker,
    string NewWorker,
    IReadOnlyList<AddressView>? ControlAddresses,
    long WorkerChangeEpoch,
    string? PeerId,
    IReadOnlyList<byte[]?>? Multiaddrs,
    [property: JsonPropertyName("WindowPoStProofType")] long WindowPostProofType,
    ulong SectorSize,
    [property: JsonPropertyName("WindowPoStPartitionSectors")] ulong WindowPostPartitionSectors,
    long ConsensusFaultElapsed,
    AddressView? PendingOwnerAddress,
    AddressView Beneficiary,
    ActorValue BeneficiaryTerm,
    ActorValue PendingBeneficiaryTerm)
{
    private const string NoAddress = "<empty>";

    internal static MinerInfoView Of(MinerInfo info)
    {
        List<AddressView> control = [];
        foreach (Address address in info.ControlAddresses)
        {
            control.Add(new(address));
        }

        List<byte[]?> places = [];
        foreach (ReadOnlyMemory<byte> place in info.Multiaddresses)
        {
            places.Add(GoBytes.Of(place));
        }

        return new(
            new(info.Owner),
            new(info.Worker),
            info.PendingWorkerKey is WorkerKeyChange change
                ? $"{new AddressView(change.NewWorker)}"
                : NoAddress,
            control.Count == 0 ? null : control,
            info.PendingWorkerKey?.EffectiveAt ?? Epochs.Undefined,
            PeerName.Of(info.PeerId.Span),
            places.Count == 0 ? null : places,
            info.WindowPostProofType,
            info.SectorSize,
            info.WindowPostPartitionSectors,
            info.ConsensusFaultElapsed,
            info.PendingOwnerAddress is Address pending ? new AddressView(pending) : null,
            new(info.Beneficiary),
            new(info.BeneficiaryTerm),
            new(info.PendingBeneficiaryTerm));
    }
}

/// <summary>What a miner of the peer-to-peer network is called there.</summary>
/// <remarks>Spec: libp2p peer ids: a multihash in base58.</remarks>
internal static class PeerName
{
    private const int HeadLength = 2;

    /// <summary>Its text; null for bytes that are no multihash.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length > HeadLength && bytes[1] == bytes.Length - HeadLength
            ? Base58.Encode(bytes)
            : null;
}

/// <summary>Power of a miner and of all.</summary>
public sealed record MinerPowerView(PowerView MinerPower, PowerView TotalPower, bool HasMinPower);

/// <summary>Power in bytes.</summary>
public sealed record PowerView(string RawBytePower, string QualityAdjPower)
{
    internal static PowerView Of(BigInteger raw, BigInteger adjusted) =>
        new($"{raw}", $"{adjusted}");
}

/// <summary>A deadline of a miner.</summary>
public sealed record DeadlineView(
    ActorValue PostSubmissions, ulong DisputableProofCount, AmountView DailyFee);

/// <summary>The sectors of a partition.</summary>
public sealed record PartitionView(
    ActorValue AllSectors,
    ActorValue FaultySectors,
    ActorValue RecoveringSectors,
    ActorValue LiveSectors,
    ActorValue ActiveSectors)
{
    internal static PartitionView Of(in Partition partition) => new(
        new(partition.Sectors),
        new(partition.Faults),
        new(partition.Recoveries),
        new(partition.LiveSectors),
        new(partition.ActiveSectors));
}

/// <summary>When a deadline is.</summary>
public sealed record ProvingDeadlineView(
    long CurrentEpoch,
    long PeriodStart,
    ulong Index,
    long Open,
    long Close,
    long Challenge,
    long FaultCutoff,
    [property: JsonPropertyName("WPoStPeriodDeadlines")] ulong PeriodDeadlines,
    [property: JsonPropertyName("WPoStProvingPeriod")] long ProvingPeriod,
    [property: JsonPropertyName("WPoStChallengeWindow")] long ChallengeWindow,
    [property: JsonPropertyName("WPoStChallengeLookback")] long ChallengeLookback,
    long FaultDeclarationCutoff)
{
    internal static ProvingDeadlineView Of(in DeadlineInfo info) => new(
        info.CurrentEpoch,
        info.PeriodStart,
        info.Index,
        info.Open,
        info.Close,
        info.Challenge,
        info.FaultCutoff,
        StoragePolicy.PeriodDeadlines,
        StoragePolicy.ProvingPeriod,
        StoragePolicy.ChallengeWindow,
        StoragePolicy.ChallengeLookback,
        StoragePolicy.FaultDeclarationCutoff);
}

/// <summary>Where a sector is.</summary>
public sealed record SectorPlaceView(ulong Deadline, ulong Partition);

/// <summary>When a sector ends; early is 0 unless it ends before its time.</summary>
public sealed record SectorExpirationView(long OnTime, long Early);

/// <summary>How many sectors a miner has.</summary>
public sealed record SectorCountView(ulong Live, ulong Active, ulong Faulty);
