using System.Numerics;

namespace Filecoin.Actors.Storage;

/// <summary>What a piece of data must look like.</summary>
/// <remarks>Spec: actors/market 3; ref-fvm shared/src/piece.rs.</remarks>
public static class PieceRules
{
    /// <summary>Bytes of the smallest piece with padding.</summary>
    public const ulong SizeMin = 128;

    private const int CommitmentBytes = 32;

    /// <summary>Whether a padded size is one of a piece: a power of two.</summary>
    public static bool IsPieceSize(ulong sizeBytes) =>
        sizeBytes >= SizeMin && BitOperations.IsPow2(sizeBytes);

    /// <summary>Whether a CID commits to data that is not sealed.</summary>
    public static bool IsPieceCid(Cid cid) =>
        cid.Codec == Codec.FilCommitmentUnsealed
        && cid.HashFunction == Multihash.Sha2_256Trunc254Padded
        && cid.Digest.Length == CommitmentBytes;
}
