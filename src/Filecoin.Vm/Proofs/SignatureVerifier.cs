using Filecoin.Crypto;

namespace Filecoin.Vm;

/// <summary>
/// Checks signatures and computes commitments; refuses to judge proofs of storage, which need the
/// parameters of the proving system.
/// </summary>
/// <remarks>Spec: syscalls 12.</remarks>
public sealed class SignatureVerifier : IVerifier
{
    private const int HashLength = 32;

    /// <inheritdoc/>
    public Verdict VerifySignature(
        SignatureType type,
        ReadOnlySpan<byte> signature,
        Address signer,
        ReadOnlySpan<byte> plaintext)
    {
        bool isValid = type switch
        {
            SignatureType.Secp256k1 => VerifySecp256k1(signature, signer, plaintext),
            SignatureType.Bls => signer.Protocol == Protocol.Bls
                && Bls.Verify(signature, plaintext, signer.Payload),
            SignatureType.Delegated => false,
        };
        return isValid ? Verdict.Valid : Verdict.Invalid;
    }

    /// <inheritdoc/>
    public Verdict VerifyBlsAggregate(
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<ReadOnlyMemory<byte>> publicKeys,
        ReadOnlySpan<ReadOnlyMemory<byte>> plaintexts) =>
        Bls.VerifyAggregate(signature, publicKeys, plaintexts) ? Verdict.Valid : Verdict.Invalid;

    /// <inheritdoc/>
    public bool TryComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid)
    {
        cid = default;
        return RegisteredSealProof.TryGetSectorSize(sealProof, out ulong sizeBytes)
            && UnsealedSector.TryCompute(sizeBytes, pieces, out cid);
    }

    /// <inheritdoc/>
    public Verdict VerifySeal(SealVerifyInfo seal) => Verdict.Refused;

    /// <inheritdoc/>
    public Verdict VerifyAggregateSeals(AggregateSealVerifyProofAndInfos aggregate) =>
        Verdict.Refused;

    /// <inheritdoc/>
    public Verdict VerifyReplicaUpdate(ReplicaUpdateInfo update) => Verdict.Refused;

    /// <inheritdoc/>
    public Verdict VerifyPost(WindowPostVerifyInfo post) => Verdict.Refused;

    private static bool VerifySecp256k1(
        ReadOnlySpan<byte> signature, Address signer, ReadOnlySpan<byte> plaintext)
    {
        if (signer.Protocol != Protocol.Secp256k1 || signature.Length != Secp256k1.SignatureLength)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HashLength];
        Blake2b.Hash256(plaintext, hash);
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        return Secp256k1.TryRecover(hash, signature, key)
            && Address.FromSecp256k1(key) == signer;
    }
}
