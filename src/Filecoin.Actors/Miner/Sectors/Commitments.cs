namespace Filecoin.Actors.Miner;

/// <summary>Commitments to sectors.</summary>
/// <remarks>Spec: actors/miner-methods; builtin-actors actors/miner/src/commd.rs.</remarks>
internal static class Commitments
{
    private const int DigestBytes = 32;

    /// <summary>Whether it is one to a replica.</summary>
    internal static bool IsSealed(Cid cid) =>
        cid.Codec == Codec.FilCommitmentSealed
        && cid.HashFunction == Multihash.PoseidonBls12381A2Fc1
        && cid.Digest.Length == DigestBytes;

    /// <summary>Whether it is one to data.</summary>
    internal static bool IsUnsealed(Cid cid) =>
        cid.Codec == Codec.FilCommitmentUnsealed
        && cid.HashFunction == Multihash.Sha2_256Trunc254Padded
        && cid.Digest.Length == DigestBytes;

    /// <summary>The one to data; to zeros if none is given.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, none is given and the seal is unknown.
    /// </exception>
    internal static Cid UnsealedOrZero(Cid? unsealed, long sealProof)
    {
        if (unsealed is Cid given)
        {
            return given;
        }

        return RegisteredSealProof.TryGetSectorSize(sealProof, out ulong sizeBytes)
            && UnsealedSector.TryCompute(sizeBytes, [], out Cid zero)
                ? zero
                : throw Abort.IllegalArgument($"unknown seal {sealProof}");
    }
}
