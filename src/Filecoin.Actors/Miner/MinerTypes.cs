namespace Filecoin.Actors.Miner;

/// <summary>What a miner has cron remind it of.</summary>
/// <param name="EventType">1, a deadline closes. 2, sectors that ended are to be paid for.</param>
[CborTuple]
public readonly partial record struct CronEventPayload(long EventType)
{
    /// <summary>A deadline closes.</summary>
    public const long ProvingDeadline = 1;

    /// <summary>Sectors that ended before their time are to be paid for.</summary>
    public const long ProcessEarlyTerminations = 2;
}

/// <summary>Who may send for a miner.</summary>
[CborTuple]
public sealed partial record GetControlAddressesReturn(
    Address Owner, Address Worker, ValueList<Address> ControlAddresses);

/// <summary>Who is to work and send for a miner.</summary>
[CborTuple]
public sealed partial record ChangeWorkerAddressParams(
    Address NewWorker, ValueList<Address> NewControlAddresses);

/// <summary>Which node is to be a miner's.</summary>
[CborTuple]
public sealed partial record ChangePeerIdParams(ReadOnlyMemory<byte> NewId);

/// <summary>Where a miner's node is to be.</summary>
[CborTuple]
public sealed partial record ChangeMultiaddressesParams(
    ValueList<ReadOnlyMemory<byte>> NewMultiaddresses);

/// <summary>Partitions that are proven.</summary>
/// <param name="Index">Which.</param>
/// <param name="Skipped">Sectors that the proof leaves out.</param>
[CborTuple]
public sealed partial record PostPartition(ulong Index, BitField Skipped);

/// <summary>A proof of the current deadline.</summary>
/// <param name="Deadline">Its index.</param>
/// <param name="Partitions">The partitions that are proven.</param>
/// <param name="Proofs">The proof: one.</param>
/// <param name="ChainCommitEpoch">An epoch of the chain that it is made on.</param>
/// <param name="ChainCommitRand">The ticket of that epoch.</param>
[CborTuple]
public sealed partial record SubmitWindowedPostParams(
    ulong Deadline,
    ValueList<PostPartition> Partitions,
    ValueList<PostProof> Proofs,
    long ChainCommitEpoch,
    ReadOnlyMemory<byte> ChainCommitRand);

/// <summary>A proof that is disputed.</summary>
/// <param name="Deadline">Of which deadline.</param>
/// <param name="PostIndex">Which of its proofs.</param>
[CborTuple]
public readonly partial record struct DisputeWindowedPostParams(ulong Deadline, ulong PostIndex);

/// <summary>Sectors of a partition.</summary>
/// <param name="Deadline">The deadline.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Sectors">The sectors.</param>
[CborTuple]
public sealed partial record SectorDeclaration(ulong Deadline, ulong Partition, BitField Sectors);

/// <summary>Sectors that are to end now, are faulty, or are to recover.</summary>
[CborTuple]
public sealed partial record SectorDeclarationsParams(ValueList<SectorDeclaration> Declarations);

/// <summary>Whether all sectors that ended before their time are paid for.</summary>
[CborTuple]
public readonly partial record struct TerminateSectorsReturn(bool Done);

/// <summary>A sector.</summary>
[CborTuple]
public readonly partial record struct SectorParams(ulong SectorNumber);

/// <summary>Partitions whose dead sectors are to go.</summary>
[CborTuple]
public sealed partial record CompactPartitionsParams(ulong Deadline, BitField Partitions);

/// <summary>Numbers that are not to be used any more.</summary>
[CborTuple]
public sealed partial record CompactSectorNumbersParams(BitField MaskSectorNumbers);

/// <summary>Blocks that show a consensus fault.</summary>
[CborTuple]
public sealed partial record ReportConsensusFaultParams(
    ReadOnlyMemory<byte> Header1, ReadOnlyMemory<byte> Header2, ReadOnlyMemory<byte> HeaderExtra);

/// <summary>How much is to be withdrawn.</summary>
[CborTuple]
public readonly partial record struct WithdrawBalanceParams(TokenAmount AmountRequested);

/// <summary>Who is to be the beneficiary.</summary>
/// <param name="NewBeneficiary">Who.</param>
/// <param name="NewQuota">How much may be withdrawn.</param>
/// <param name="NewExpiration">Until when.</param>
[CborTuple]
public sealed partial record ChangeBeneficiaryParams(
    Address NewBeneficiary, TokenAmount NewQuota, long NewExpiration);

/// <summary>Who the beneficiary is.</summary>
[CborTuple]
public sealed partial record ActiveBeneficiary(Address Beneficiary, BeneficiaryTerm Term);

/// <summary>Who the beneficiary is and who is to be.</summary>
[CborTuple]
public sealed partial record GetBeneficiaryReturn(
    ActiveBeneficiary Active, PendingBeneficiaryChange? Proposed);

/// <summary>Who the owner is and who is to be.</summary>
[CborTuple]
public sealed partial record GetOwnerReturn(Address Owner, Address? Proposed);

/// <summary>A miner's node.</summary>
[CborTuple]
public sealed partial record GetPeerIdReturn(ReadOnlyMemory<byte> PeerId);

/// <summary>Where a miner's node is.</summary>
[CborTuple]
public sealed partial record GetMultiaddressesReturn(
    ValueList<ReadOnlyMemory<byte>> Multiaddresses);

/// <summary>When locked funds are unlocked.</summary>
[CborTuple]
public sealed partial record GetVestingFundsReturn(ValueList<VestingFund> VestingFunds);

/// <summary>A sector of which is asked what it may cost to end it.</summary>
/// <param name="Power">Its power by quality, in bytes.</param>
/// <param name="InitialPledge">What is pledged for it.</param>
[CborTuple]
public sealed partial record MaxTerminationFeeParams(BigInt Power, TokenAmount InitialPledge);

/// <summary>Where claims of a sector stay and where they go.</summary>
/// <param name="SectorNumber">The sector.</param>
/// <param name="MaintainClaims">Claims that stay.</param>
/// <param name="DropClaims">Claims that go.</param>
[CborTuple]
public sealed partial record SectorClaim(
    ulong SectorNumber, ValueList<ulong> MaintainClaims, ValueList<ulong> DropClaims);

/// <summary>Sectors of a partition that are to end later.</summary>
/// <param name="Deadline">The deadline.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Sectors">Those without verified data.</param>
/// <param name="SectorsWithClaims">Those with it.</param>
/// <param name="NewExpiration">When they are to end.</param>
[CborTuple]
public sealed partial record ExpirationExtension(
    ulong Deadline,
    ulong Partition,
    BitField Sectors,
    ValueList<SectorClaim> SectorsWithClaims,
    long NewExpiration);

/// <summary>Sectors that are to end later.</summary>
[CborTuple]
public sealed partial record ExtendSectorExpirationParams(
    ValueList<ExpirationExtension> Extensions);

/// <summary>Whether something is so: a bare boolean.</summary>
public readonly record struct MinerAnswer(bool IsSo) : ICbor<MinerAnswer>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out MinerAnswer value)
    {
        bool isRead = reader.TryReadBool(out bool isSo);
        value = new(isSo);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBool(IsSo);
}

/// <summary>A sector's number or its size in bytes: a bare number.</summary>
public readonly record struct SectorQuantity(ulong Value) : ICbor<SectorQuantity>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorQuantity value)
    {
        bool isRead = reader.TryReadUInt64(out ulong number);
        value = new(number);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);
}
