namespace Filecoin.Chain;

/// <summary>
/// Judges signatures as the network does, and proofs of storage by the hashes that stand for
/// them on a developer network.
/// </summary>
/// <remarks>
/// Spec: storage-devnet 4. All answers depend on what is asked alone: a node that follows gives
/// the same. The prices are those of real proofs.
/// </remarks>
public sealed class SimulatedProofs : IVerifier
{
    private readonly SignatureVerifier signatures = new();

    /// <inheritdoc/>
    public Verdict VerifySignature(
        SignatureType type,
        ReadOnlySpan<byte> signature,
        Address signer,
        ReadOnlySpan<byte> plaintext) =>
        signatures.VerifySignature(type, signature, signer, plaintext);

    /// <inheritdoc/>
    public Verdict VerifyBlsAggregate(
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<ReadOnlyMemory<byte>> publicKeys,
        ReadOnlySpan<ReadOnlyMemory<byte>> plaintexts) =>
        signatures.VerifyBlsAggregate(signature, publicKeys, plaintexts);

    /// <inheritdoc/>
    public bool TryComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid) =>
        signatures.TryComputeUnsealedSectorCid(sealProof, pieces, out cid);

    /// <inheritdoc/>
    public Verdict VerifySeal(SealVerifyInfo seal) =>
        Judge(seal.Proof.Span, SimulatedSeal.Prove(seal));

    /// <inheritdoc/>
    public Verdict VerifyAggregateSeals(AggregateSealVerifyProofAndInfos aggregate) =>
        Judge(aggregate.Proof.Span, SimulatedSeal.Prove(aggregate));

    /// <inheritdoc/>
    public Verdict VerifyReplicaUpdate(ReplicaUpdateInfo update)
    {
        byte[] proof = SimulatedSeal.Prove(update);
        bool isSame = update.Proof.Count == proof.Length;
        for (int i = 0; isSame && i < proof.Length; i++)
        {
            isSame = update.Proof[i] == proof[i];
        }

        return isSame ? Verdict.Valid : Verdict.Invalid;
    }

    /// <inheritdoc/>
    public Verdict VerifyPost(WindowPostVerifyInfo post) => post.Proofs.Count == 1
        ? Judge(
            post.Proofs[0].Proof.Span,
            SimulatedWindowPost.Prove(post.Randomness.Span, post.ChallengedSectors))
        : Verdict.Invalid;

    private static Verdict Judge(ReadOnlySpan<byte> proof, ReadOnlySpan<byte> expected) =>
        proof.SequenceEqual(expected) ? Verdict.Valid : Verdict.Invalid;
}
