using Filecoin.Actors.Reward;

namespace Filecoin.Actors.Miner;

/// <summary>A verified allocation.</summary>
/// <param name="Client">Whose it is.</param>
/// <param name="Id">Its number.</param>
[CborTuple]
public readonly partial record struct VerifiedAllocationKey(ActorId Client, ulong Id);

/// <summary>An actor that is to be told of a piece.</summary>
/// <param name="Address">The actor.</param>
/// <param name="Payload">What it is told with it.</param>
[CborTuple]
public sealed partial record DataActivationNotification(
    Address Address, ReadOnlyMemory<byte> Payload);

/// <summary>A piece that comes into a sector.</summary>
/// <param name="Cid">Commitment to it.</param>
/// <param name="Size">Bytes with padding.</param>
/// <param name="VerifiedAllocationKey">The allocation that it claims.</param>
/// <param name="Notify">Who is told.</param>
[CborTuple]
public sealed partial record PieceActivationManifest(
    Cid Cid,
    ulong Size,
    VerifiedAllocationKey? VerifiedAllocationKey,
    ValueList<DataActivationNotification> Notify);

/// <summary>A sector that is proven.</summary>
/// <param name="SectorNumber">The sector.</param>
/// <param name="Pieces">What is in it.</param>
[CborTuple]
public sealed partial record SectorActivationManifest(
    ulong SectorNumber, ValueList<PieceActivationManifest> Pieces);

/// <summary>Sectors that are proven.</summary>
/// <param name="SectorActivations">The sectors.</param>
/// <param name="SectorProofs">A proof for each; empty with an aggregate.</param>
/// <param name="AggregateProof">One proof for all; empty with several.</param>
/// <param name="AggregateProofType">How it is aggregated.</param>
/// <param name="RequireActivationSuccess">Whether one that fails makes all fail.</param>
/// <param name="RequireNotificationSuccess">Whether whoever is told must agree.</param>
[CborTuple]
public sealed partial record ProveCommitSectorsParams(
    ValueList<SectorActivationManifest> SectorActivations,
    ValueList<ReadOnlyMemory<byte>> SectorProofs,
    ReadOnlyMemory<byte> AggregateProof,
    long? AggregateProofType,
    bool RequireActivationSuccess,
    bool RequireNotificationSuccess);

/// <summary>A sector that is proven without interaction; it is all zeros.</summary>
/// <param name="SealingNumber">The number that it is sealed for.</param>
/// <param name="SealerId">The miner that it is sealed for.</param>
/// <param name="SealedCid">Commitment to the replica.</param>
/// <param name="SectorNumber">The number that it gets.</param>
/// <param name="SealRandEpoch">The epoch of the ticket that it is sealed with.</param>
/// <param name="Expiration">When it is to end.</param>
[CborTuple]
public sealed partial record SectorNonInteractiveInfo(
    ulong SealingNumber,
    ActorId SealerId,
    Cid SealedCid,
    ulong SectorNumber,
    long SealRandEpoch,
    long Expiration);

/// <summary>Sectors that are proven without interaction.</summary>
/// <param name="Sectors">The sectors.</param>
/// <param name="AggregateProof">One proof for all.</param>
/// <param name="SealProofType">How they are sealed.</param>
/// <param name="AggregateProofType">How the proof is aggregated.</param>
/// <param name="ProvingDeadline">The deadline that they go to.</param>
/// <param name="RequireActivationSuccess">Whether one that fails makes all fail.</param>
[CborTuple]
public sealed partial record ProveCommitSectorsNonInteractiveParams(
    ValueList<SectorNonInteractiveInfo> Sectors,
    ReadOnlyMemory<byte> AggregateProof,
    long SealProofType,
    long AggregateProofType,
    ulong ProvingDeadline,
    bool RequireActivationSuccess);

/// <summary>A sector whose replica is updated.</summary>
/// <param name="Sector">The sector.</param>
/// <param name="Deadline">Its deadline.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="NewSealedCid">Commitment to the new replica.</param>
/// <param name="Pieces">What is in it now.</param>
[CborTuple]
public sealed partial record SectorUpdateManifest(
    ulong Sector,
    ulong Deadline,
    ulong Partition,
    Cid NewSealedCid,
    ValueList<PieceActivationManifest> Pieces);

/// <summary>Sectors whose replicas are updated.</summary>
/// <param name="SectorUpdates">The sectors.</param>
/// <param name="SectorProofs">A proof for each.</param>
/// <param name="AggregateProof">One proof for all; not in use.</param>
/// <param name="UpdateProofsType">How they are proven.</param>
/// <param name="AggregateProofType">How it is aggregated; not in use.</param>
/// <param name="RequireActivationSuccess">Whether one that fails makes all fail.</param>
/// <param name="RequireNotificationSuccess">Whether whoever is told must agree.</param>
[CborTuple]
public sealed partial record ProveReplicaUpdatesParams(
    ValueList<SectorUpdateManifest> SectorUpdates,
    ValueList<ReadOnlyMemory<byte>> SectorProofs,
    ReadOnlyMemory<byte> AggregateProof,
    long UpdateProofsType,
    long? AggregateProofType,
    bool RequireActivationSuccess,
    bool RequireNotificationSuccess);

/// <summary>Sectors of a genesis block that are proven without proofs.</summary>
/// <param name="Sectors">The sectors.</param>
/// <param name="RewardSmoothed">The reward of an epoch.</param>
/// <param name="RewardBaselinePower">The baseline of the epoch, in bytes.</param>
/// <param name="QualityAdjustedPowerSmoothed">The network's power.</param>
[CborTuple]
public sealed partial record InternalSectorSetupForPresealParams(
    ValueList<ulong> Sectors,
    FilterEstimate RewardSmoothed,
    BigInt RewardBaselinePower,
    FilterEstimate QualityAdjustedPowerSmoothed);
