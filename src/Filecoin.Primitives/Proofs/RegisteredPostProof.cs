namespace Filecoin;

/// <summary>Kinds of proofs of spacetime by their registered number: five sizes each.</summary>
/// <remarks>
/// Spec: storage-policy; ref-fvm shared/src/sector/registered_proof.rs. 0 to 4 win blocks, 10 to
/// 14 prove windows; 5 to 9 were the windows' first kind and are no more.
/// </remarks>
public static class RegisteredPostProof
{
    private const long SizeCount = 5;
    private const long FirstWindow = 10;

    /// <summary>Whether it wins blocks.</summary>
    public static bool IsWinning(long proof) => proof is >= 0 and < SizeCount;

    /// <summary>Whether it proves windows.</summary>
    public static bool IsWindow(long proof) =>
        proof is >= FirstWindow and < FirstWindow + SizeCount;

    /// <summary>Bytes of a sector proved so; false for an unknown number.</summary>
    public static bool TryGetSectorSize(long proof, out ulong sizeBytes)
    {
        bool isKnown = IsWinning(proof) || IsWindow(proof);
        sizeBytes = 0;
        return isKnown && RegisteredSealProof.TryGetSectorSize(proof % SizeCount, out sizeBytes);
    }
}
