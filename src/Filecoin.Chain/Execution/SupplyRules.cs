namespace Filecoin.Chain;

/// <summary>Reckons how much FIL circulates, from a state before an epoch's messages.</summary>
public delegate TokenAmount SupplyRule(StateTree state, ChainEpoch epoch);

/// <summary>Rules for the supply in circulation.</summary>
public static class SupplyRules
{
    /// <summary>All that can ever be mined, which the reward actor of a genesis holds.</summary>
    private static readonly TokenAmount Mineable = TokenAmount.FromFil(1_100_000_000);

    /// <summary>All FIL there can be.</summary>
    private static readonly TokenAmount All = TokenAmount.FromFil(2_000_000_000);

    /// <summary>
    /// What genesis did not keep back for mining, and what has been mined since, less what was
    /// burnt.
    /// </summary>
    /// <remarks>
    /// Spec: lotus chain/stmgr/supply.go, without vesting and without what storage locks: a
    /// developer network has neither.
    /// </remarks>
    public static TokenAmount AllButReserves(StateTree state, ChainEpoch epoch)
    {
        TokenAmount unmined = TokenAmount.Min(Mineable, BalanceOf(state, WellKnownActors.Reward));
        return All - unmined - BalanceOf(state, WellKnownActors.BurntFunds);
    }

    private static TokenAmount BalanceOf(StateTree state, ActorId id) =>
        state.TryGetActor(id, out ActorState actor) ? actor.Balance : TokenAmount.Zero;
}
