namespace Filecoin.Actors.Miner;

/// <summary>A sector that is promised and not proven yet.</summary>
/// <param name="SealProof">How it is sealed.</param>
/// <param name="SectorNumber">Its number.</param>
/// <param name="SealedCid">Commitment to the replica.</param>
/// <param name="SealRandEpoch">The epoch of the ticket that it is sealed with.</param>
/// <param name="DealIds">Its deals.</param>
/// <param name="Expiration">When it is to end.</param>
/// <param name="UnsealedCid">Commitment to the data; null if it is all zeros.</param>
[CborTuple]
public sealed partial record SectorPreCommitInfo(
    long SealProof,
    ulong SectorNumber,
    Cid SealedCid,
    long SealRandEpoch,
    ValueList<ulong> DealIds,
    long Expiration,
    Cid? UnsealedCid);

/// <summary>A sector that is promised and not proven yet, as the state has it.</summary>
/// <param name="Info">The sector.</param>
/// <param name="PreCommitDeposit">What is deposited for it.</param>
/// <param name="PreCommitEpoch">When it was promised.</param>
[CborTuple]
public sealed partial record SectorPreCommitOnChainInfo(
    SectorPreCommitInfo Info, TokenAmount PreCommitDeposit, long PreCommitEpoch);

/// <summary>Many sectors that are promised.</summary>
[CborTuple]
public sealed partial record PreCommitSectorBatchParams(
    ValueList<SectorPreCommitInfo> Sectors);
