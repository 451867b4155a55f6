namespace Filecoin.Vm;

/// <content>Hashes, signatures and proofs.</content>
internal sealed partial class KernelRuntime
{
    /// <inheritdoc/>
    public void HashKey(ReadOnlySpan<byte> key, Span<byte> hash32) =>
        _ = Hash(HashFunction.Sha2_256, key, hash32);

    /// <inheritdoc/>
    public int Hash(HashFunction hash, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        PaySyscall();
        Require(kernel.Hash((ulong)hash, data, digest, out uint length));
        return (int)length;
    }

    /// <inheritdoc/>
    public bool IsSignatureValid(
        Signature signature, Address signer, ReadOnlySpan<byte> plaintext)
    {
        PaySyscall();
        ErrorNumber error = kernel.VerifySignature(
            (uint)signature.Type, signature.Data.Span, signer, plaintext, out int result);
        return error == ErrorNumber.None && result == 0;
    }

    /// <inheritdoc/>
    public bool TryRecoverSecp256k1(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, Span<byte> publicKey)
    {
        PaySyscall();
        ErrorNumber error = kernel.RecoverSecp256k1(hash, signature, out PublicKeyData key);
        ((ReadOnlySpan<byte>)key).CopyTo(publicKey);
        return error == ErrorNumber.None;
    }

    /// <inheritdoc/>
    public ErrorNumber ComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid)
    {
        PaySyscall();
        cid = default;
        return RegisteredSealProof.TryGetSectorSize(sealProof, out _)
            ? kernel.ComputeUnsealedSectorCid(sealProof, pieces, out cid)
            : ErrorNumber.IllegalArgument;
    }

    /// <inheritdoc/>
    public ErrorNumber VerifyPost(WindowPostVerifyInfo post, out bool isValid)
    {
        PaySyscall();
        ErrorNumber error = kernel.VerifyPost(post, out int result);
        isValid = result == 0;
        return error;
    }

    /// <inheritdoc/>
    public ErrorNumber VerifyAggregateSeals(
        AggregateSealVerifyProofAndInfos aggregate, out bool isValid)
    {
        PaySyscall();
        ErrorNumber error = kernel.VerifyAggregateSeals(aggregate, out int result);
        isValid = result == 0;
        return error;
    }

    /// <inheritdoc/>
    public ErrorNumber VerifyReplicaUpdate(ReplicaUpdateInfo update, out bool isValid)
    {
        PaySyscall();
        ErrorNumber error = kernel.VerifyReplicaUpdate(update, out int result);
        isValid = result == 0;
        return error;
    }

    /// <inheritdoc/>
    public ErrorNumber VerifySeals(ValueList<SealVerifyInfo> seals, Span<bool> areValid)
    {
        PaySyscall();
        byte[] results = new byte[seals.Count];
        ErrorNumber error = kernel.BatchVerifySeals(seals, results);
        for (int i = 0; i < results.Length; i++)
        {
            areValid[i] = results[i] != 0;
        }

        return error;
    }

    /// <inheritdoc/>
    public ErrorNumber VerifyConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFault? fault)
    {
        PaySyscall();
        ErrorNumber error = kernel.VerifyConsensusFault(
            first, second, extra, out ConsensusFaultData data);
        fault = data.Fault == 0
            ? null
            : new(new(data.Target), new(data.Epoch), (ConsensusFaultType)data.Fault);
        return error;
    }
}
