using Filecoin.Actors.Tokens;

namespace Filecoin.Actors.VerifiedRegistry;

/// <summary>
/// The registry of verified clients, f06: verifiers give datacap to clients, who allocate it to
/// data, which providers claim.
/// </summary>
/// <remarks>Spec: actors/verifreg.</remarks>
public static partial class VerifiedRegistryActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.VerifiedRegistry,
        [
            ActorMethod.Of<Address>(1, nameof(Constructor), Constructor),
            ActorMethod.Of<VerifierParams>(2, nameof(AddVerifier), AddVerifier),
            ActorMethod.Of<Address>(3, nameof(RemoveVerifier), RemoveVerifier),
            ActorMethod.Of<VerifierParams>(4, nameof(AddVerifiedClient), AddVerifiedClient),
            ActorMethod.Of<RemoveDatacapParams, RemoveDatacapReturn>(
                7, nameof(RemoveVerifiedClientDataCap), RemoveVerifiedClientDataCap),
            ActorMethod.Of<RemoveExpiredAllocationsParams, RemoveExpiredAllocationsReturn>(
                8, nameof(RemoveExpiredAllocations), RemoveExpiredAllocations),
            ActorMethod.Of<ClaimAllocationsParams, ClaimAllocationsReturn>(
                9, nameof(ClaimAllocations), ClaimAllocations),
            ActorMethod.Of<GetClaimsParams, GetClaimsReturn>(10, nameof(GetClaims), GetClaims),
            ActorMethod.Of<ExtendClaimTermsParams, BatchReturn>(
                11, nameof(ExtendClaimTerms), ExtendClaimTerms),
            ActorMethod.Of<RemoveExpiredClaimsParams, RemoveExpiredClaimsReturn>(
                12, nameof(RemoveExpiredClaims), RemoveExpiredClaims),
            ActorMethod.Exported<VerifierParams>(nameof(AddVerifiedClient), AddVerifiedClient),
            ActorMethod.Exported<RemoveExpiredAllocationsParams, RemoveExpiredAllocationsReturn>(
                nameof(RemoveExpiredAllocations), RemoveExpiredAllocations),
            ActorMethod.Exported<GetClaimsParams, GetClaimsReturn>(nameof(GetClaims), GetClaims),
            ActorMethod.Exported<ExtendClaimTermsParams, BatchReturn>(
                nameof(ExtendClaimTerms), ExtendClaimTerms),
            ActorMethod.Exported<RemoveExpiredClaimsParams, RemoveExpiredClaimsReturn>(
                nameof(RemoveExpiredClaims), RemoveExpiredClaims),
            ActorMethod.Exported<UniversalReceiverParams, AllocationsResponse>(
                nameof(Receive), Receive),
        ]);

    private static void Constructor(IRuntime runtime, Address rootKey)
    {
        runtime.RequireCaller(WellKnownActors.System);
        if (!runtime.TryResolve(rootKey, out ActorId root))
        {
            throw Abort.IllegalArgument($"the root key {rootKey} has no id");
        }

        runtime.CreateState(VerifiedRegistryState.Create(runtime, Address.FromId(root)));
    }
}
