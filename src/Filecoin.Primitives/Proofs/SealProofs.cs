namespace Filecoin;

/// <summary>A sector of a miner.</summary>
[CborTuple]
public readonly partial record struct SectorId(ActorId Miner, ulong Number);

/// <summary>A piece of data in a sector.</summary>
/// <param name="Size">Bytes with padding.</param>
/// <param name="Piece">Commitment to it.</param>
[CborTuple]
public readonly partial record struct PieceInfo(ulong Size, Cid Piece);

/// <summary>A seal to be checked.</summary>
/// <remarks>Spec: syscalls 12; ref-fvm shared/src/sector/seal.rs.</remarks>
[CborTuple]
public sealed partial record SealVerifyInfo(
    long SealProof,
    SectorId Sector,
    ValueList<ulong> DealIds,
    ReadOnlyMemory<byte> Randomness,
    ReadOnlyMemory<byte> InteractiveRandomness,
    ReadOnlyMemory<byte> Proof,
    Cid SealedCid,
    Cid UnsealedCid);

/// <summary>One seal of an aggregate.</summary>
[CborTuple]
public sealed partial record AggregateSealVerifyInfo(
    ulong SectorNumber,
    ReadOnlyMemory<byte> Randomness,
    ReadOnlyMemory<byte> InteractiveRandomness,
    Cid SealedCid,
    Cid UnsealedCid);

/// <summary>An aggregate of seals to be checked.</summary>
[CborTuple]
public sealed partial record AggregateSealVerifyProofAndInfos(
    ActorId Miner,
    long SealProof,
    long AggregateProof,
    ReadOnlyMemory<byte> Proof,
    ValueList<AggregateSealVerifyInfo> Infos);

/// <summary>A replica update to be checked; its proof is a list of numbers, one a byte.</summary>
[CborTuple]
public sealed partial record ReplicaUpdateInfo(
    long UpdateProof,
    Cid OldSealedCid,
    Cid NewSealedCid,
    Cid NewUnsealedCid,
    ValueList<ulong> Proof);
