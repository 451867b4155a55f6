using System.Runtime.InteropServices;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>Module <c>crypto</c>. Spec: syscalls 12.</summary>
internal static class CryptoSyscalls
{
    private const uint HashLength = 32;
    private const uint RecoverableSignatureLength = 65;
    private const uint BlsSignatureLength = 96;
    private const uint BlsKeyLength = 48;

    private delegate ErrorNumber Check<T>(T claim, out int result);

    public static ErrorNumber VerifySignature(
        SyscallContext context, HostArguments given, out int result)
    {
        result = 0;
        uint type = given.U32(1);
        bool isKnown = type is (uint)SignatureType.Secp256k1 or (uint)SignatureType.Bls;
        return isKnown
            && context.TrySlice(given.U32(2), given.U32(3), out Span<byte> signature)
            && context.TryReadAddress(given.U32(4), given.U32(5), out Address signer)
            && context.TrySlice(given.U32(6), given.U32(7), out Span<byte> plaintext)
            ? context.Kernel.VerifySignature(type, signature, signer, plaintext, out result)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber VerifyBlsAggregate(
        SyscallContext context,
        uint count,
        uint signatureOffset,
        uint keysOffset,
        uint plaintextsOffset,
        uint lengthsOffset,
        out int result)
    {
        result = 0;
        bool fits = (ulong)count * BlsKeyLength <= uint.MaxValue;
        if (!fits
            || !context.TrySlice(signatureOffset, BlsSignatureLength, out Span<byte> signature)
            || !context.TrySlice(keysOffset, count * BlsKeyLength, out Span<byte> keys)
            || !context.TrySlice(lengthsOffset, count * sizeof(uint), out Span<byte> lengths))
        {
            return ErrorNumber.IllegalArgument;
        }

        uint total = 0;
        foreach (uint length in MemoryMarshal.Cast<byte, uint>(lengths))
        {
            // Quirk: the sum wraps; what it lacks is found when the texts are cut.
            total = unchecked(total + length);
        }

        return context.TrySlice(plaintextsOffset, total, out Span<byte> plaintexts)
            ? context.Kernel.VerifyBlsAggregate(
                count, signature, keys, plaintexts, lengths, out result)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber RecoverSecp256k1(
        SyscallContext context, uint hashOffset, uint signatureOffset, out PublicKeyData key)
    {
        key = default;
        return context.TrySlice(hashOffset, HashLength, out Span<byte> hash)
            && context.TrySlice(
                signatureOffset, RecoverableSignatureLength, out Span<byte> signature)
            ? context.Kernel.RecoverSecp256k1(hash, signature, out key)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber Hash(
        SyscallContext context,
        ulong function,
        uint dataOffset,
        uint dataLength,
        uint digestOffset,
        uint digestLength,
        out uint written)
    {
        written = 0;
        return context.TrySlice(digestOffset, digestLength, out Span<byte> digest)
            && context.TrySlice(dataOffset, dataLength, out Span<byte> data)
            ? context.Kernel.Hash(function, data, digest, out written)
            : ErrorNumber.IllegalArgument;
    }

    public static ErrorNumber ComputeUnsealedSectorCid(
        SyscallContext context,
        long sealProof,
        uint piecesOffset,
        uint piecesLength,
        uint offset,
        uint length,
        out uint written)
    {
        written = 0;
        if (!RegisteredSealProof.TryGetSectorSize(sealProof, out _)
            || !context.TryReadList(piecesOffset, piecesLength, out ValueList<PieceInfo> pieces)
            || !context.TrySlice(offset, length, out _))
        {
            return ErrorNumber.IllegalArgument;
        }

        ErrorNumber error = context.Kernel.ComputeUnsealedSectorCid(
            sealProof, pieces, out Cid cid);
        return error != ErrorNumber.None
            ? error
            : context.WriteCid(cid, offset, length, out written);
    }

    public static ErrorNumber VerifySeal(
        SyscallContext context, uint offset, uint length, out int result) =>
        Verify<SealVerifyInfo>(context, offset, length, context.Kernel.VerifySeal, out result);

    public static ErrorNumber VerifyPost(
        SyscallContext context, uint offset, uint length, out int result) =>
        Verify<WindowPostVerifyInfo>(
            context, offset, length, context.Kernel.VerifyPost, out result);

    public static ErrorNumber VerifyAggregateSeals(
        SyscallContext context, uint offset, uint length, out int result) =>
        Verify<AggregateSealVerifyProofAndInfos>(
            context, offset, length, context.Kernel.VerifyAggregateSeals, out result);

    public static ErrorNumber VerifyReplicaUpdate(
        SyscallContext context, uint offset, uint length, out int result) =>
        Verify<ReplicaUpdateInfo>(
            context, offset, length, context.Kernel.VerifyReplicaUpdate, out result);

    public static ErrorNumber BatchVerifySeals(
        SyscallContext context, uint offset, uint length, uint resultOffset) =>
        context.TryReadList(offset, length, out ValueList<SealVerifyInfo> seals)
            && context.TrySlice(resultOffset, (uint)seals.Count, out Span<byte> results)
            ? context.Kernel.BatchVerifySeals(seals, results)
            : ErrorNumber.IllegalArgument;

    public static ErrorNumber VerifyConsensusFault(
        SyscallContext context, HostArguments given, out ConsensusFaultData result)
    {
        result = default;
        return context.TrySlice(given.U32(1), given.U32(2), out Span<byte> first)
            && context.TrySlice(given.U32(3), given.U32(4), out Span<byte> second)
            && context.TrySlice(given.U32(5), given.U32(6), out Span<byte> extra)
            ? context.Kernel.VerifyConsensusFault(first, second, extra, out result)
            : ErrorNumber.IllegalArgument;
    }

    private static ErrorNumber Verify<T>(
        SyscallContext context, uint offset, uint length, Check<T> check, out int result)
        where T : ICbor<T>
    {
        result = 0;
        return context.TryReadCbor(offset, length, out T claim)
            ? check(claim, out result)
            : ErrorNumber.IllegalArgument;
    }
}
