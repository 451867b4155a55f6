using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <content>What anybody may ask about a deal.</content>
public static partial class MarketActor
{
    private static GetDealDataCommitmentReturn GetDealDataCommitment(
        IRuntime runtime, DealId id)
    {
        DealProposal deal = Look(runtime, id);
        return new(deal.PieceCid, deal.PieceSize);
    }

    private static ActorId GetDealClient(IRuntime runtime, DealId id) =>
        Look(runtime, id).ClientId;

    private static ActorId GetDealProvider(IRuntime runtime, DealId id) =>
        Look(runtime, id).ProviderId;

    private static DealLabel GetDealLabel(IRuntime runtime, DealId id) => Look(runtime, id).Label;

    private static GetDealTermReturn GetDealTerm(IRuntime runtime, DealId id)
    {
        DealProposal deal = Look(runtime, id);
        return new(deal.StartEpoch, deal.Duration);
    }

    private static TokenAmount GetDealTotalPrice(IRuntime runtime, DealId id) =>
        Look(runtime, id).TotalFee;

    private static TokenAmount GetDealClientCollateral(IRuntime runtime, DealId id) =>
        Look(runtime, id).ClientCollateral;

    private static TokenAmount GetDealProviderCollateral(IRuntime runtime, DealId id) =>
        Look(runtime, id).ProviderCollateral;

    private static GetDealVerifiedReturn GetDealVerified(IRuntime runtime, DealId id) =>
        new(Look(runtime, id).IsVerified);

    /// <summary>When the deal's data came into a sector; -1 before.</summary>
    private static GetDealActivationReturn GetDealActivation(IRuntime runtime, DealId id) =>
        TryLookAtState(runtime, id, out DealState state)
            ? new(state.SectorStartEpoch, state.SlashEpoch)
            : new(Epochs.Undefined, Epochs.Undefined);

    private static GetDealSectorReturn GetDealSector(IRuntime runtime, DealId id) =>
        TryLookAtState(runtime, id, out DealState state)
            ? new(state.SectorNumber)
            : throw new ActorAbortException(
                DealPolicy.NotActivated, $"deal {id.Value} is not activated yet");

    private static DealProposal Look(IRuntime runtime, DealId id)
    {
        runtime.AcceptAnyCaller();
        return runtime.LoadState<MarketState>().RequireProposal(runtime, id.Value);
    }

    /// <summary>False if the deal's data is in no sector yet.</summary>
    /// <exception cref="ActorAbortException">
    /// Expired, it is over or broken. USR_NOT_FOUND.
    /// </exception>
    private static bool TryLookAtState(IRuntime runtime, DealId id, out DealState found)
    {
        runtime.AcceptAnyCaller();
        MarketState state = runtime.LoadState<MarketState>();
        if (!state.TryGetState(runtime, id.Value, out found))
        {
            _ = state.RequireProposal(runtime, id.Value);
            return false;
        }

        return found.SlashEpoch == Epochs.Undefined
            ? true
            : throw new ActorAbortException(DealPolicy.Expired, $"deal {id.Value} is broken");
    }
}
