using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>Who a miner is. All addresses are ids.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Worker">Whose key works for it.</param>
/// <param name="ControlAddresses">Who else may send for it.</param>
/// <param name="PendingWorkerKey">Who is to be the worker.</param>
/// <param name="PeerId">Its node.</param>
/// <param name="Multiaddresses">Where its node is.</param>
/// <param name="WindowPostProofType">How it proves its sectors.</param>
/// <param name="SectorSize">Bytes of a sector.</param>
/// <param name="WindowPostPartitionSectors">Sectors of a full partition.</param>
/// <param name="ConsensusFaultElapsed">Until when a consensus fault shuts it out.</param>
/// <param name="PendingOwnerAddress">Who is to be the owner.</param>
/// <param name="Beneficiary">Who may withdraw.</param>
/// <param name="BeneficiaryTerm">How much and until when, if not the owner.</param>
/// <param name="PendingBeneficiaryTerm">Who is to be the beneficiary.</param>
/// <remarks>Spec: actors/miner-state 1.1; builtin-actors actors/miner/src/state.rs.</remarks>
[CborTuple]
public sealed partial record MinerInfo(
    Address Owner,
    Address Worker,
    ValueList<Address> ControlAddresses,
    WorkerKeyChange? PendingWorkerKey,
    ReadOnlyMemory<byte> PeerId,
    ValueList<ReadOnlyMemory<byte>> Multiaddresses,
    long WindowPostProofType,
    SectorSize SectorSize,
    ulong WindowPostPartitionSectors,
    long ConsensusFaultElapsed,
    Address? PendingOwnerAddress,
    Address Beneficiary,
    BeneficiaryTerm BeneficiaryTerm,
    PendingBeneficiaryChange? PendingBeneficiaryTerm)
{
    /// <summary>Who may send for it.</summary>
    public Address[] Controllers => [.. ControlAddresses.Span, Worker, Owner];

    /// <summary>Whether a consensus fault shuts it out.</summary>
    public bool IsShutOut(long epoch) => epoch <= ConsensusFaultElapsed;

    /// <summary>A new miner.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, the proof is unknown.
    /// </exception>
    public static MinerInfo Create(
        Address owner,
        Address worker,
        ValueList<Address> controlAddresses,
        ReadOnlyMemory<byte> peerId,
        ValueList<ReadOnlyMemory<byte>> multiaddresses,
        long postProof)
    {
        if (!RegisteredPostProof.TryGetSectorSize(postProof, out ulong sectorSize)
            || !SectorProofs.TryGetPartitionSectors(postProof, out ulong partitionSectors))
        {
            throw Abort.IllegalArgument($"invalid proof {postProof}");
        }

        return new(
            owner,
            worker,
            controlAddresses,
            null,
            peerId,
            multiaddresses,
            postProof,
            sectorSize,
            partitionSectors,
            Epochs.Undefined,
            null,
            owner,
            default,
            null);
    }
}

/// <summary>A change of the worker.</summary>
/// <param name="NewWorker">Who comes.</param>
/// <param name="EffectiveAt">When.</param>
[CborTuple]
public readonly partial record struct WorkerKeyChange(Address NewWorker, long EffectiveAt);

/// <summary>How much a beneficiary may withdraw, and until when.</summary>
/// <param name="Quota">How much in all.</param>
/// <param name="UsedQuota">How much was withdrawn.</param>
/// <param name="Expiration">Until when.</param>
[CborTuple]
public readonly partial record struct BeneficiaryTerm(
    TokenAmount Quota, TokenAmount UsedQuota, long Expiration)
{
    /// <summary>How much may be withdrawn at an epoch.</summary>
    public TokenAmount AvailableAt(long epoch) => Expiration > epoch
        ? TokenAmount.Max(Quota - UsedQuota, TokenAmount.Zero)
        : TokenAmount.Zero;
}

/// <summary>A change of the beneficiary.</summary>
/// <param name="NewBeneficiary">Who comes.</param>
/// <param name="NewQuota">How much may be withdrawn then.</param>
/// <param name="NewExpiration">Until when.</param>
/// <param name="ApprovedByBeneficiary">Whether the one who goes agrees.</param>
/// <param name="ApprovedByNominee">Whether the one who comes agrees.</param>
[CborTuple]
public readonly partial record struct PendingBeneficiaryChange(
    Address NewBeneficiary,
    TokenAmount NewQuota,
    long NewExpiration,
    bool ApprovedByBeneficiary,
    bool ApprovedByNominee);
