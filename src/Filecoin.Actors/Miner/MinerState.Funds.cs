namespace Filecoin.Actors.Miner;

/// <content>Funds: what is locked, owed and pledged.</content>
public partial record struct MinerState
{
    /// <summary>What is neither locked, deposited nor pledged.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, it is below 0.</exception>
    public readonly TokenAmount UnlockedBalance(TokenAmount balance)
    {
        TokenAmount unlocked = balance - LockedFunds - PreCommitDeposits - InitialPledge;
        return unlocked.IsNegative
            ? throw Abort.IllegalState($"negative unlocked balance {unlocked}")
            : unlocked;
    }

    /// <summary>The same without debts; it may be below 0.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, it is below 0 even with them.
    /// </exception>
    public readonly TokenAmount AvailableBalance(TokenAmount balance) =>
        UnlockedBalance(balance) - FeeDebt;

    /// <summary>
    /// Whether a balance covers what is locked, deposited and pledged, none of it below 0.
    /// </summary>
    public readonly bool IsCoveredBy(TokenAmount balance) =>
        !PreCommitDeposits.IsNegative
        && !LockedFunds.IsNegative
        && !InitialPledge.IsNegative
        && !FeeDebt.IsNegative
        && balance >= PreCommitDeposits + LockedFunds + InitialPledge;

    /// <summary>The balance covers what is locked, deposited and pledged.</summary>
    /// <exception cref="ActorAbortException">
    /// 1000, it does not, or one of them is below 0.
    /// </exception>
    public readonly void RequireBalance(TokenAmount balance)
    {
        if (!IsCoveredBy(balance))
        {
            throw new ActorAbortException(
                MinerErrors.BalanceInvariantsBroken, "balance invariants broken");
        }
    }

    /// <summary>Adds to what is deposited, or takes from it.</summary>
    public void AddPreCommitDeposit(TokenAmount amount) =>
        PreCommitDeposits = NotNegative(PreCommitDeposits + amount, "pre-commit deposits");

    /// <summary>Adds to what is pledged, or takes from it.</summary>
    public void AddInitialPledge(TokenAmount amount) =>
        InitialPledge = NotNegative(InitialPledge + amount, "initial pledge");

    /// <summary>Makes a debt.</summary>
    public void AddDebt(TokenAmount penalty) => FeeDebt += NotNegative(penalty, "penalty");

    /// <summary>Pays all debts.</summary>
    /// <returns>What is to be burnt.</returns>
    /// <exception cref="ActorAbortException">
    /// USR_INSUFFICIENT_FUNDS, there is less than owed.
    /// </exception>
    public TokenAmount RepayDebts(TokenAmount balance)
    {
        TokenAmount unlocked = UnlockedBalance(balance);
        TokenAmount debt = FeeDebt;
        if (unlocked < debt)
        {
            throw new ActorAbortException(
                ExitCode.UserInsufficientFunds,
                $"unlocked balance can not repay fee debt ({unlocked} < {debt})");
        }

        FeeDebt = default;
        return debt;
    }

    /// <summary>Pays what can be paid of the debts, from locked funds first.</summary>
    /// <returns>What is to be burnt, and what was unlocked.</returns>
    public (TokenAmount ToBurn, TokenAmount Unlocked) RepayPartially(
        IRuntime runtime, long epoch, TokenAmount balance)
    {
        TokenAmount unlocked = default;
        if (!FeeDebt.IsZero && !LockedFunds.IsZero)
        {
            (VestingFunds left, TokenAmount vested, TokenAmount unvested) =
                VestingFunds.UnlockForced(runtime, epoch, FeeDebt);
            VestingFunds = left;
            unlocked = vested + unvested;
            LockedFunds = NotNegative(LockedFunds - unlocked, "locked funds");
            if (unvested > FeeDebt)
            {
                throw Abort.IllegalState("should never unlock more than the debt");
            }
        }

        TokenAmount toBurn = TokenAmount.Min(UnlockedBalance(balance), FeeDebt);
        FeeDebt -= toBurn;
        return (toBurn, unlocked);
    }

    /// <summary>Locks funds, which are unlocked bit by bit.</summary>
    /// <returns>What was unlocked of others on the way.</returns>
    public TokenAmount AddLockedFunds(IRuntime runtime, long epoch, TokenAmount amount)
    {
        _ = NotNegative(amount, "vesting sum");
        (VestingFunds left, TokenAmount unlocked) =
            VestingFunds.Add(runtime, epoch, amount, ProvingPeriodStart);
        VestingFunds = left;
        LockedFunds = NotNegative(LockedFunds - unlocked, "locked funds") + amount;
        return unlocked;
    }

    /// <summary>Unlocks what is due before an epoch.</summary>
    /// <returns>How much.</returns>
    public TokenAmount UnlockVested(IRuntime runtime, long epoch)
    {
        if (LockedFunds.IsZero)
        {
            return default;
        }

        (VestingFunds left, TokenAmount unlocked) = VestingFunds.Unlock(runtime, epoch);
        VestingFunds = left;
        LockedFunds = NotNegative(LockedFunds - unlocked, "locked funds");
        return unlocked;
    }

    private static TokenAmount NotNegative(TokenAmount amount, string name) => amount.IsNegative
        ? throw Abort.IllegalState($"negative {name}: {amount}")
        : amount;
}
