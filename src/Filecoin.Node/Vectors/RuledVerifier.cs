using System.Security.Cryptography;

namespace Filecoin.Node;

/// <summary>
/// Judges proofs by a rule, where the proving system's parameters are not at hand.
/// </summary>
/// <remarks>
/// Spec: vectors/reference/FORMAT; message-execution 15.4. Every proof is valid but those that
/// are known to fail: marked ones, and the one proof of mainnet's vectors that was disputed.
/// </remarks>
public sealed class RuledVerifier(ChainRule rule) : IVerifier
{
    private readonly SignatureVerifier real = new();

    private static ReadOnlySpan<byte> InvalidPost => "i_am_invalid_post"u8;

    /// <summary>
    /// SHA-256 of the proof of filecoin-project/fvm-test-vectors at 91d0ef7, 0002-hygge-01,
    /// fil_10_storageminer/DisputeWindowedPoSt/Ok: the network found it to be wrong.
    /// </summary>
    private static ReadOnlySpan<byte> DisputedPost =>
        [
            0x0c, 0xff, 0x9f, 0x42, 0x80, 0x29, 0x78, 0xed, 0x70, 0x41, 0xc0, 0xe8, 0x71, 0x38,
            0x21, 0x00, 0x51, 0x7d, 0x93, 0x0d, 0x80, 0xf6, 0x79, 0x66, 0x2a, 0x44, 0x2c, 0x13,
            0xf5, 0x93, 0xc9, 0x05,
        ];

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
            if (proof.Proof.Span.SequenceEqual(InvalidPost) || IsDisputed(proof.Proof.Span))
            {
                return Verdict.Invalid;
            }
        }

        return Verdict.Valid;
    }

    private bool IsDisputed(ReadOnlySpan<byte> proof) => rule == ChainRule.Recorded
        && SHA256.HashData(proof).AsSpan().SequenceEqual(DisputedPost);

    private static void Append(List<byte> target, ulong number)
    {
        Span<byte> buffer = stackalloc byte[Varint.LengthMax];
        target.AddRange(buffer[..Varint.Write(buffer, number)]);
    }
}
