using System.Runtime.InteropServices;
using Filecoin.Crypto;

namespace Filecoin.Vm;

/// <content>Cryptography and proofs.</content>
internal sealed partial class Kernel
{
    private const int DigestBytesMax = 64;
    private const int BlsKeyBytes = 48;

    /// <summary>Hashes data. Errors: IllegalArgument, an unknown function.</summary>
    public ErrorNumber Hash(
        ulong function, ReadOnlySpan<byte> data, Span<byte> digest, out uint length)
    {
        length = 0;
        bool isKnown = Enum.IsDefined((HashFunction)function);
        if (!isKnown)
        {
            // Quirk: version 17 charges before it looks at the function.
            if (Line == ProtocolLine.Shark)
            {
                Charge(Prices.OnHashing(HashFunction.Blake2b256, data.Length));
            }

            return ErrorNumber.IllegalArgument;
        }

        Charge(Prices.OnHashing((HashFunction)function, data.Length));
        Span<byte> whole = stackalloc byte[DigestBytesMax];
        whole = whole[..Compute((HashFunction)function, data, whole)];
        length = (uint)int.Min(whole.Length, digest.Length);
        whole[..(int)length].CopyTo(digest);
        return ErrorNumber.None;
    }

    /// <summary>Checks a signature: 0 if it is valid, -1 if not.</summary>
    /// <remarks>
    /// Errors: IllegalArgument, the type is unknown or the signer no key. NotFound, the signer has
    /// no actor (version 17).
    /// </remarks>
    public ErrorNumber VerifySignature(
        uint type,
        ReadOnlySpan<byte> signature,
        Address signer,
        ReadOnlySpan<byte> plaintext,
        out int result)
    {
        result = 0;
        SignatureType kind = (SignatureType)type;
        LinearPrice price =
            kind == SignatureType.Bls ? Prices.VerifyBls : Prices.VerifySecp256k1;
        Charge(PriceList.OnVerifySignature(price, plaintext.Length));
        if (Line == ProtocolLine.Shark)
        {
            ErrorNumber error = ResolveToKey(ref signer);
            if (error != ErrorNumber.None)
            {
                return error;
            }
        }

        if (signer.Protocol is not (Protocol.Secp256k1 or Protocol.Bls))
        {
            return ErrorNumber.IllegalArgument;
        }

        return Answer(
            Machine.Verifier.VerifySignature(kind, signature, signer, plaintext), out result);
    }

    /// <summary>Checks an aggregate BLS signature: 0 if it is valid, -1 if not.</summary>
    /// <remarks>Errors: IllegalArgument, the lengths do not fit the text.</remarks>
    public ErrorNumber VerifyBlsAggregate(
        uint count,
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<byte> keys,
        ReadOnlySpan<byte> plaintexts,
        ReadOnlySpan<byte> lengths,
        out int result)
    {
        result = 0;
        Charge(Prices.OnVerifyBlsAggregate(count, (uint)plaintexts.Length));
        List<ReadOnlyMemory<byte>> texts = [];
        ReadOnlySpan<uint> sizes = MemoryMarshal.Cast<byte, uint>(lengths);
        foreach (uint size in sizes)
        {
            if (size > (uint)plaintexts.Length)
            {
                return ErrorNumber.IllegalArgument;
            }

            texts.Add(plaintexts[..(int)size].ToArray());
            plaintexts = plaintexts[(int)size..];
        }

        if (!plaintexts.IsEmpty)
        {
            return ErrorNumber.IllegalArgument;
        }

        if (count == 0)
        {
            return ErrorNumber.None;
        }

        List<ReadOnlyMemory<byte>> list = [];
        for (int i = 0; i < keys.Length; i += BlsKeyBytes)
        {
            list.Add(keys.Slice(i, BlsKeyBytes).ToArray());
        }

        return Answer(
            Machine.Verifier.VerifyBlsAggregate(
                signature, CollectionsMarshal.AsSpan(list), CollectionsMarshal.AsSpan(texts)),
            out result);
    }

    /// <summary>
    /// The key that made a signature. Errors: IllegalArgument, it cannot be found.
    /// </summary>
    public ErrorNumber RecoverSecp256k1(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature, out PublicKeyData key)
    {
        key = default;
        Charge(Prices.OnRecoverSecp256k1());
        return Secp256k1.TryRecover(hash, signature, key)
            ? ErrorNumber.None
            : ErrorNumber.IllegalArgument;
    }

    public ErrorNumber ComputeUnsealedSectorCid(
        long sealProof, ValueList<PieceInfo> pieces, out Cid cid)
    {
        Charge(Prices.OnUnsealedSectorCid());
        return Machine.Verifier.TryComputeUnsealedSectorCid(sealProof, pieces, out cid)
            ? ErrorNumber.None
            : ErrorNumber.IllegalArgument;
    }

    public ErrorNumber VerifySeal(SealVerifyInfo seal, out int result)
    {
        Charge(Prices.OnVerifySeal());
        return Answer(Machine.Verifier.VerifySeal(seal), out result);
    }

    public ErrorNumber VerifyPost(WindowPostVerifyInfo post, out int result)
    {
        Charge(Prices.OnVerifyPost(post.ChallengedSectors.Count));
        return Answer(Machine.Verifier.VerifyPost(post), out result);
    }

    /// <summary>Checks an aggregate. Errors: IllegalArgument, it is empty.</summary>
    public ErrorNumber VerifyAggregateSeals(
        AggregateSealVerifyProofAndInfos aggregate, out int result)
    {
        result = 0;
        if (aggregate.Infos.Count == 0)
        {
            return ErrorNumber.IllegalArgument;
        }

        Charge(Prices.OnVerifyAggregateSeals(aggregate.SealProof, aggregate.Infos.Count));
        return Answer(Machine.Verifier.VerifyAggregateSeals(aggregate), out result);
    }

    public ErrorNumber VerifyReplicaUpdate(ReplicaUpdateInfo update, out int result)
    {
        Charge(Prices.OnVerifyReplicaUpdate());
        return Answer(Machine.Verifier.VerifyReplicaUpdate(update), out result);
    }

    /// <summary>Checks seals one by one: 1 for each that is valid, 0 for any other.</summary>
    public ErrorNumber BatchVerifySeals(ValueList<SealVerifyInfo> seals, Span<byte> results)
    {
        foreach (SealVerifyInfo _ in seals)
        {
            if (Prices.VerifySealInBatch != Gas.Zero)
            {
                Charge(Prices.OnVerifySealInBatch());
            }
        }

        for (int i = 0; i < seals.Count; i++)
        {
            bool isValid = Machine.Verifier.VerifySeal(seals[i]) == Verdict.Valid;
            results[i] = isValid ? (byte)1 : (byte)0;
        }

        return ErrorNumber.None;
    }

    /// <summary>Looks for a consensus fault; all zero if there is none.</summary>
    /// <remarks>Errors: IllegalArgument, that cannot be found out.</remarks>
    public ErrorNumber VerifyConsensusFault(
        ReadOnlySpan<byte> first,
        ReadOnlySpan<byte> second,
        ReadOnlySpan<byte> extra,
        out ConsensusFaultData result)
    {
        result = default;
        Charge(Prices.OnVerifyConsensusFault());
        if (!Machine.Externs.TryFindConsensusFault(
            first, second, extra, out ConsensusFault? fault))
        {
            return ErrorNumber.IllegalArgument;
        }

        if (fault is not null)
        {
            result = new(fault.Epoch.Value, fault.Target.Value, (uint)fault.Type);
        }

        return ErrorNumber.None;
    }

    private static int Compute(
        HashFunction function, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        int length = function switch
        {
            HashFunction.Blake2b512 => 64,
            HashFunction.Ripemd160 => 20,
            HashFunction.Sha2_256 or HashFunction.Keccak256 or HashFunction.Blake2b256 => 32,
        };
        digest = digest[..length];
        switch (function)
        {
            case HashFunction.Sha2_256:
                Sha256.Hash(data, digest);
                break;
            case HashFunction.Keccak256:
                Keccak256.Hash(data, digest);
                break;
            case HashFunction.Ripemd160:
                Ripemd160.Hash(data, digest);
                break;
            case HashFunction.Blake2b256:
            case HashFunction.Blake2b512:
                Blake2b.Hash(data, digest);
                break;
        }

        return length;
    }

    private static ErrorNumber Answer(Verdict verdict, out int result)
    {
        result = verdict == Verdict.Invalid ? -1 : 0;
        return verdict == Verdict.Refused ? ErrorNumber.IllegalArgument : ErrorNumber.None;
    }

    /// <summary>The key behind an address, which version 17 looks up and charges for.</summary>
    private ErrorNumber ResolveToKey(ref Address signer)
    {
        if (signer.Protocol is Protocol.Secp256k1 or Protocol.Bls)
        {
            return ErrorNumber.None;
        }

        if (!calls.State.TryResolve(signer, out ActorId id)
            || !calls.State.TryGetActor(id, out ActorState actor))
        {
            return ErrorNumber.NotFound;
        }

        if (actor.Code != Machine.Manifest.Account)
        {
            return ErrorNumber.IllegalArgument;
        }

        Charge(Prices.OnBlockOpenBase());
        if (!calls.TryReadAccountKey(actor.State, out signer, out int sizeBytes))
        {
            throw new FatalException($"account {id.Value} has no key");
        }

        Charge(Prices.OnBlockOpen(sizeBytes, 0));
        return ErrorNumber.None;
    }
}

/// <summary>An uncompressed public key.</summary>
[System.Runtime.CompilerServices.InlineArray(65)]
internal struct PublicKeyData
{
    private byte first;
}

/// <summary>See syscalls 4.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct ConsensusFaultData(long Epoch, ulong Target, uint Fault);
