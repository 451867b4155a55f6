namespace Filecoin.Vm;

/// <summary>What a check of a proof gives.</summary>
public enum Verdict
{
    /// <summary>The proof holds.</summary>
    Valid,

    /// <summary>The proof does not hold.</summary>
    Invalid,

    /// <summary>It cannot be checked: the actor gets an error.</summary>
    Refused,
}

/// <summary>What checks signatures and proofs for a machine.</summary>
/// <remarks>
/// Spec: syscalls 12. Prices are charged before and do not depend on the answer. See
/// <see cref="SignatureVerifier"/> for what is used unless a host knows better.
/// </remarks>
public interface IVerifier
{
    /// <summary>Checks a signature by an f1 or f3 address.</summary>
    Verdict VerifySignature(
        SignatureType type,
        ReadOnlySpan<byte> signature,
        Address signer,
        ReadOnlySpan<byte> plaintext);

    /// <summary>Checks one BLS signature over several messages by several keys.</summary>
    /// <param name="signature">96 bytes.</param>
    /// <param name="publicKeys">48 bytes each.</param>
    /// <param name="plaintexts">What each key signed.</param>
    Verdict VerifyBlsAggregate(
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<ReadOnlyMemory<byte>> publicKeys,
        ReadOnlySpan<ReadOnlyMemory<byte>> plaintexts);

    /// <summary>The commitment to a sector's data; false if the pieces are not valid.</summary>
    bool TryComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid);

    /// <summary>Checks a seal.</summary>
    Verdict VerifySeal(SealVerifyInfo seal);

    /// <summary>Checks an aggregate of seals.</summary>
    Verdict VerifyAggregateSeals(AggregateSealVerifyProofAndInfos aggregate);

    /// <summary>Checks a replica update.</summary>
    Verdict VerifyReplicaUpdate(ReplicaUpdateInfo update);

    /// <summary>Checks a window PoSt.</summary>
    Verdict VerifyPost(WindowPostVerifyInfo post);
}
