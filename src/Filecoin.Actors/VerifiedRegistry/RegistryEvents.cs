namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>What the registry lets everybody know.</summary>
/// <remarks>
/// Spec: actors/verifreg, events; FIP-0083; builtin-actors actors/verifreg/src/emit.rs.
/// </remarks>
internal static class RegistryEvents
{
    /// <summary>A verifier may give so many bytes from now on.</summary>
    public static void VerifierBalance(
        IRuntime runtime, ActorId verifier, BigInt balance, ActorId? client)
    {
        EventBuilder builder = new EventBuilder("verifier-balance")
            .Indexed("verifier", verifier)
            .Field("balance", balance);
        if (client is ActorId id)
        {
            builder = builder.Indexed("client", id);
        }

        builder.Emit(runtime);
    }

    /// <summary>There is an allocation.</summary>
    public static void Allocation(IRuntime runtime, ulong id, Allocation allocation) =>
        Emit(runtime, "allocation", id, allocation);

    /// <summary>An allocation has expired and is gone.</summary>
    public static void AllocationRemoved(IRuntime runtime, ulong id, Allocation allocation) =>
        Emit(runtime, "allocation-removed", id, allocation);

    /// <summary>An allocation has become a claim.</summary>
    public static void Claim(IRuntime runtime, ulong id, Claim claim) =>
        Emit(runtime, "claim", id, claim);

    /// <summary>A claim lasts longer.</summary>
    public static void ClaimUpdated(IRuntime runtime, ulong id, Claim claim) =>
        Emit(runtime, "claim-updated", id, claim);

    /// <summary>A claim has expired and is gone.</summary>
    public static void ClaimRemoved(IRuntime runtime, ulong id, Claim claim) =>
        Emit(runtime, "claim-removed", id, claim);

    private static void Emit(IRuntime runtime, string type, ulong id, Allocation allocation) =>
        new EventBuilder(type)
            .Indexed("id", id)
            .Indexed("client", allocation.Client)
            .Indexed("provider", allocation.Provider)
            .Indexed("piece-cid", allocation.Data)
            .Field("piece-size", allocation.Size)
            .Field("term-min", allocation.TermMin)
            .Field("term-max", allocation.TermMax)
            .Field("expiration", allocation.Expiration)
            .Emit(runtime);

    private static void Emit(IRuntime runtime, string type, ulong id, Claim claim) =>
        new EventBuilder(type)
            .Indexed("id", id)
            .Indexed("client", claim.Client)
            .Indexed("provider", claim.Provider)
            .Indexed("piece-cid", claim.Data)
            .Field("piece-size", claim.Size)
            .Field("term-min", claim.TermMin)
            .Field("term-max", claim.TermMax)
            .Field("term-start", claim.TermStart)
            .Indexed("sector", claim.Sector)
            .Emit(runtime);
}
