namespace Filecoin.Actors.Storage;

/// <summary>Kinds of proofs by their registered number, and what belongs to them.</summary>
/// <remarks>
/// Spec: actors/storage-policy 4.2; ref-fvm shared/src/sector/registered_proof.rs. A family has
/// five kinds by sector size. Unknown numbers are read and kept, and refused where they are used.
/// </remarks>
public static class SectorProofs
{
    /// <summary>The aggregate proof in use.</summary>
    public const long AggregateSnarkPackV2 = 1;

    private const long SizeCount = 5;
    private const long FirstLargeSize = 3;
    private const long SealFirst = 5;
    private const long NonInteractiveFirst = 15;
    private const long SealCount = 20;
    private const long WindowPostFirst = 10;

    private const long SealProofBytes = 192;
    private const long SealProofBytesLarge = 1_920;
    private const long NonInteractiveBytes = 14_164;
    private const long NonInteractiveBytesLarge = 23_092;

    /// <summary>Bytes of the proof of any PoSt.</summary>
    public const long PostProofBytes = 192;

    /// <summary>Whether a network seals sectors so by pre-commitment.</summary>
    public static bool MayPreCommit(Policy policy, long sealProof) =>
        sealProof is >= SealFirst and < NonInteractiveFirst && IsEnabled(policy, sealProof);

    /// <summary>Whether a network seals sectors so without interaction.</summary>
    public static bool MayCommitNonInteractively(Policy policy, long sealProof) =>
        sealProof is >= NonInteractiveFirst and < SealCount && IsEnabled(policy, sealProof);

    /// <summary>Whether a network lets miners prove by this window PoSt.</summary>
    public static bool MayProve(Policy policy, long postProof) =>
        RegisteredPostProof.IsWindow(postProof) && IsEnabled(policy, postProof);

    /// <summary>The window PoSt of a seal's sectors; false for an unknown seal.</summary>
    public static bool TryGetWindowPost(long sealProof, out long postProof)
    {
        postProof = WindowPostFirst + (sealProof % SizeCount);
        return IsSeal(sealProof);
    }

    /// <summary>The replica update of a seal's sectors; false for an unknown seal.</summary>
    public static bool TryGetUpdate(long sealProof, out long updateProof)
    {
        updateProof = sealProof % SizeCount;
        return IsSeal(sealProof);
    }

    /// <summary>Bytes of one proof of a seal at most; false for an unknown seal.</summary>
    public static bool TryGetSealProofBytes(long sealProof, out long sizeBytes)
    {
        bool isLarge = sealProof % SizeCount >= FirstLargeSize;
        sizeBytes = sealProof < NonInteractiveFirst
            ? isLarge ? SealProofBytesLarge : SealProofBytes
            : isLarge ? NonInteractiveBytesLarge : NonInteractiveBytes;
        return IsSeal(sealProof);
    }

    /// <summary>Sectors that one PoSt of a partition proves; false for an unknown PoSt.</summary>
    public static bool TryGetPartitionSectors(long postProof, out ulong sectors)
    {
        sectors = (postProof % SizeCount) switch
        {
            3 => 2_349,
            4 => 2_300,
            _ => 2,
        };
        return RegisteredPostProof.IsWinning(postProof) || RegisteredPostProof.IsWindow(postProof);
    }

    /// <summary>
    /// Epochs in which a pre-commitment must be proven; false where there are none.
    /// </summary>
    public static bool TryGetProveCommitEpochs(Policy policy, long sealProof, out long epochs)
    {
        epochs = (sealProof < SealFirst ? Epochs.InDay : 30 * Epochs.InDay)
            + policy.PreCommitChallengeDelay;
        return sealProof is >= 0 and < NonInteractiveFirst;
    }

    /// <summary>Epochs that a sector lives at most; false for an unknown seal.</summary>
    public static bool TryGetLifetimeEpochs(long sealProof, out long epochs)
    {
        epochs = sealProof < SealFirst ? 540 * Epochs.InDay : 5 * Epochs.InYear;
        return IsSeal(sealProof);
    }

    private static bool IsSeal(long proof) => proof is >= 0 and < SealCount;

    private static bool IsEnabled(Policy policy, long proof) =>
        RegisteredSealProof.TryGetSectorSize(proof, out ulong sizeBytes)
        && policy.SectorSizes.Span.Contains(sizeBytes);
}
