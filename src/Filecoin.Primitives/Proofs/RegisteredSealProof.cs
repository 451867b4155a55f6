namespace Filecoin;

/// <summary>Kinds of seals by their registered number: five sizes, four generations.</summary>
/// <remarks>Spec: syscalls 12; ref-fvm shared/src/sector/registered_proof.rs.</remarks>
public static class RegisteredSealProof
{
    private const long CountMax = 20;
    private const long SizeCount = 5;

    /// <summary>Bytes of a sector sealed so; false for an unknown number.</summary>
    public static bool TryGetSectorSize(long proof, out ulong sizeBytes)
    {
        sizeBytes = (proof % SizeCount) switch
        {
            0 => 2UL << 10,
            1 => 8UL << 20,
            2 => 512UL << 20,
            3 => 32UL << 30,
            _ => 64UL << 30,
        };
        return proof is >= 0 and < CountMax;
    }
}
