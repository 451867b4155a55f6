namespace Filecoin;

/// <summary>A proof of spacetime.</summary>
[CborTuple]
public sealed partial record PostProof(long Type, ReadOnlyMemory<byte> Proof);

/// <summary>A sector that a proof of spacetime covers.</summary>
[CborTuple]
public readonly partial record struct PostSector(long SealProof, ulong Number, Cid SealedCid);

/// <summary>A window PoSt to be checked.</summary>
/// <remarks>Spec: syscalls 12; ref-fvm shared/src/sector/post.rs.</remarks>
[CborTuple]
public sealed partial record WindowPostVerifyInfo(
    ReadOnlyMemory<byte> Randomness,
    ValueList<PostProof> Proofs,
    ValueList<PostSector> ChallengedSectors,
    ActorId Prover);
