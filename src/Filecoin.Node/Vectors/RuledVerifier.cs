using System.Security.Cryptography;

namespace Filecoin.Node;

/// <summary>
/// Judges proofs by a rule, where the proving system's parameters are not at hand.
/// </summary>
/// <remarks>Spec: vectors/reference/FORMAT; message-execution 15.4.</remarks>
public sealed class RuledVerifier(ChainRule rule) : IVerifier
{
    private readonly SignatureVerifier real = new();

    private static ReadOnlySpan<byte> InvalidPost => "i_am_invalid_post"u8;

    /// <inheritdoc/>
    public Verdict VerifySignature(
        SignatureType type,
        ReadOnlySpan<byte> signature,
        Address signer,
        ReadOnlySpan<byte> plaintext)
    {
        bool isReal = rule is ChainRule.Recorded or ChainRule.ByEpochSigned;
        if (isReal)
        {
            return real.VerifySignature(type, signature, signer, plaintext);
        }

        return signature.SequenceEqual(plaintext) ? Verdict.Valid : Verdict.Invalid;
    }

    /// <inheritdoc/>
    public Verdict VerifyBlsAggregate(
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<ReadOnlyMemory<byte>> publicKeys,
        ReadOnlySpan<ReadOnlyMemory<byte>> plaintexts) =>
        real.VerifyBlsAggregate(signature, publicKeys, plaintexts);

    /// <inheritdoc/>
    public bool TryComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid)
    {
        if (rule != ChainRule.Constant || pieces.Count == 0)
        {
            return real.TryComputeUnsealedSectorCid(sealProof, pieces, out cid);
        }

        List<byte> seed = [];
        Append(seed, unchecked((ulong)((sealProof << 1) ^ (sealProof >> 63))));
        foreach (PieceInfo piece in pieces)
        {
            seed.AddRange(piece.Piece.Bytes);
            Append(seed, piece.Size);
        }

        cid = Cid.Create(
            Codec.FilCommitmentUnsealed,
            Multihash.Sha2_256Trunc254Padded,
            SHA256.HashData(seed.ToArray()));
        return true;
    }

    /// <inheritdoc/>
    public Verdict VerifySeal(SealVerifyInfo seal) => Verdict.Valid;

    /// <inheritdoc/>
    public Verdict VerifyAggregateSeals(AggregateSealVerifyProofAndInfos aggregate) =>
        Verdict.Valid;

    /// <inheritdoc/>
    public Verdict VerifyReplicaUpdate(ReplicaUpdateInfo update) => Verdict.Valid;

    /// <inheritdoc/>
    public Verdict VerifyPost(WindowPostVerifyInfo post)
    {
        foreach (PostProof proof in post.Proofs)
        {
            if (proof.Proof.Span.SequenceEqual(InvalidPost))
            {
                return Verdict.Invalid;
            }
        }

        return Verdict.Valid;
    }

    private static void Append(List<byte> target, ulong number)
    {
        Span<byte> buffer = stackalloc byte[Varint.LengthMax];
        target.AddRange(buffer[..Varint.Write(buffer, number)]);
    }
}
