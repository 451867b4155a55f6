namespace Filecoin.Actors.Market;

/// <summary>Events of deals.</summary>
/// <remarks>Spec: actors/market 5; builtin-actors actors/market/src/emit.rs.</remarks>
internal static class DealEvents
{
    public static void Published(IRuntime runtime, ulong id, DealProposal deal) =>
        Emit(runtime, "deal-published", id, deal);

    public static void Activated(IRuntime runtime, ulong id, DealProposal deal) =>
        Emit(runtime, "deal-activated", id, deal);

    public static void Terminated(IRuntime runtime, ulong id, DealProposal deal) =>
        Emit(runtime, "deal-terminated", id, deal);

    public static void Completed(IRuntime runtime, ulong id, DealProposal deal) =>
        Emit(runtime, "deal-completed", id, deal);

    private static void Emit(IRuntime runtime, string type, ulong id, DealProposal deal) =>
        new EventBuilder(type)
            .Indexed("id", id)
            .Indexed("client", deal.ClientId)
            .Indexed("provider", deal.ProviderId)
            .Emit(runtime);
}
