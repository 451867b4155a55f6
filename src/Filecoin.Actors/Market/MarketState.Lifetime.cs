using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <summary>Where a published deal is when somebody looks at it.</summary>
internal enum DealStage
{
    /// <summary>It has not started, and its data is in no sector yet.</summary>
    TooEarly,

    /// <summary>Its data came into no sector in time: it is gone now.</summary>
    TimedOut,

    /// <summary>Its data is, or was, in a sector.</summary>
    Active,
}

/// <summary>What an update of a deal did.</summary>
/// <param name="Slashed">What is to be burnt.</param>
/// <param name="Payment">What the provider was paid.</param>
/// <param name="IsCompleted">Whether it was kept to the end.</param>
/// <param name="IsOver">Whether it is to be removed.</param>
internal readonly record struct DealUpdate(
    TokenAmount Slashed, TokenAmount Payment, bool IsCompleted, bool IsOver);

/// <content>Payments, ends and failures of deals.</content>
public partial record struct MarketState
{
    /// <summary>Looks at a deal and clears it away if its data never came into a sector.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="id">The deal.</param>
    /// <param name="deal">Its proposal.</param>
    /// <param name="cid">The proposal's CID.</param>
    /// <param name="state">Its state if it is active.</param>
    /// <param name="slashed">What is to be burnt if it timed out.</param>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, the proposal is not there or not pending.
    /// </exception>
    internal DealStage LookAt(
        IRuntime runtime,
        long epoch,
        ulong id,
        DealProposal deal,
        Cid cid,
        out DealState state,
        out TokenAmount slashed)
    {
        slashed = TokenAmount.Zero;
        if (TryGetState(runtime, id, out state))
        {
            return DealStage.Active;
        }

        if (epoch < deal.StartEpoch)
        {
            return DealStage.TooEarly;
        }

        TimeOut(runtime, deal);
        RemoveProposal(runtime, id);
        if (!RemovePending(runtime, cid))
        {
            throw Abort.IllegalState($"deal {id} is not pending: {cid}");
        }

        RemoveAllocation(runtime, id);
        slashed = deal.ProviderCollateral;
        return DealStage.TimedOut;
    }

    /// <summary>Pays the provider for the epochs that have passed, and ends deals.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, epochs do not fit each other. USR_ILLEGAL_ARGUMENT, too little locked.
    /// What was paid before stays paid.
    /// </exception>
    internal DealUpdate Update(
        IRuntime runtime, DealState state, DealProposal deal, Cid cid, long epoch)
    {
        bool wasUpdated = state.LastUpdatedEpoch != Epochs.Undefined;
        bool wasSlashed = state.SlashEpoch != Epochs.Undefined;
        if (!wasUpdated)
        {
            _ = RemovePending(runtime, cid);
        }
        else if (state.LastUpdatedEpoch > epoch)
        {
            throw Abort.IllegalState($"deal was updated in the future, {state.LastUpdatedEpoch}");
        }

        if (deal.StartEpoch > epoch)
        {
            return default;
        }

        long end = wasSlashed
            ? RequireSlashEpoch(state, deal, epoch)
            : long.Min(deal.EndEpoch, epoch);
        long start = wasUpdated && state.LastUpdatedEpoch > deal.StartEpoch
            ? state.LastUpdatedEpoch
            : deal.StartEpoch;
        TokenAmount payment = deal.PricePerEpoch * (end - start);
        if (payment > TokenAmount.Zero)
        {
            Pay(runtime, deal, payment);
        }

        if (wasSlashed)
        {
            TokenAmount rest = Break(runtime, deal, state.SlashEpoch);
            return new(deal.ProviderCollateral, rest + payment, false, true);
        }

        if (epoch < deal.EndEpoch)
        {
            return new(TokenAmount.Zero, payment, false, false);
        }

        Complete(runtime, deal, state);
        return new(TokenAmount.Zero, payment, true, true);
    }

    /// <summary>Pays the provider up to when it broke the deal, and slashes it.</summary>
    internal TokenAmount Terminate(IRuntime runtime, DealProposal deal, DealState state)
    {
        long start = long.Max(deal.StartEpoch, state.LastUpdatedEpoch);
        long end = long.Min(deal.EndEpoch, state.SlashEpoch);
        TokenAmount payment = deal.PricePerEpoch * long.Max(0, end - start);
        if (payment > TokenAmount.Zero)
        {
            Pay(runtime, deal, payment);
        }

        _ = Break(runtime, deal, state.SlashEpoch);
        return deal.ProviderCollateral;
    }

    /// <summary>Gives the client what is not paid, takes the provider's collateral.</summary>
    private TokenAmount Break(IRuntime runtime, DealProposal deal, long slashEpoch)
    {
        TokenAmount rest = FeeAfter(deal, slashEpoch);
        Unlock(runtime, deal.Client, rest, LockReason.ClientStorageFee);
        Unlock(runtime, deal.Client, deal.ClientCollateral, LockReason.ClientCollateral);
        Slash(runtime, deal);
        return rest;
    }

    private void TimeOut(IRuntime runtime, DealProposal deal)
    {
        Unlock(runtime, deal.Client, deal.TotalFee, LockReason.ClientStorageFee);
        Unlock(runtime, deal.Client, deal.ClientCollateral, LockReason.ClientCollateral);
        Slash(runtime, deal);

        // Quirk: what is left of the collateral, nothing, is unlocked and makes an entry.
        Unlock(runtime, deal.Provider, TokenAmount.Zero, LockReason.ProviderCollateral);
    }

    private void Complete(IRuntime runtime, DealProposal deal, DealState state)
    {
        if (state.SectorStartEpoch == Epochs.Undefined)
        {
            throw Abort.IllegalState("the deal's sector has no start");
        }

        Unlock(runtime, deal.Provider, deal.ProviderCollateral, LockReason.ProviderCollateral);
        Unlock(runtime, deal.Client, deal.ClientCollateral, LockReason.ClientCollateral);
    }

    private static long RequireSlashEpoch(DealState state, DealProposal deal, long epoch) =>
        epoch >= state.SlashEpoch && state.SlashEpoch <= deal.EndEpoch
            ? state.SlashEpoch
            : throw Abort.IllegalState(
                $"deal slashed at {state.SlashEpoch}, at {epoch}, ends at {deal.EndEpoch}");

    private static TokenAmount FeeAfter(DealProposal deal, long slashEpoch)
    {
        long left = deal.EndEpoch - long.Max(slashEpoch, deal.StartEpoch);
        return slashEpoch <= deal.EndEpoch && left >= 0
            ? deal.PricePerEpoch * left
            : throw Abort.IllegalState($"deal slashed at {slashEpoch}, ends at {deal.EndEpoch}");
    }
}
