namespace Filecoin.Actors.Market;

/// <summary>What an amount is locked for.</summary>
internal enum LockReason
{
    /// <summary>What a client locks besides the fee.</summary>
    ClientCollateral,

    /// <summary>What a client will pay.</summary>
    ClientStorageFee,

    /// <summary>What a provider loses if it breaks the deal.</summary>
    ProviderCollateral,
}

/// <content>Escrow, and what of it is locked.</content>
public partial record struct MarketState
{
    /// <summary>Adds to what somebody has here.</summary>
    public void AddEscrow(IRuntime runtime, Address owner, TokenAmount amount)
    {
        BalanceTable escrow = LoadEscrow(runtime);
        escrow.Add(owner, amount);
        EscrowTable = escrow.Flush();
    }

    /// <summary>Takes what is not locked, up to an amount; gives it.</summary>
    public TokenAmount WithdrawEscrow(IRuntime runtime, Address owner, TokenAmount amount)
    {
        BalanceTable escrow = LoadEscrow(runtime);
        TokenAmount locked = LoadLocked(runtime).Get(owner);
        TokenAmount taken = escrow.SubtractAbove(owner, locked, amount);
        EscrowTable = escrow.Flush();
        return taken;
    }

    /// <summary>What somebody has here, and what of it is locked.</summary>
    public readonly GetBalanceReturn BalanceOf(IRuntime runtime, Address owner)
    {
        BalanceTable escrow = LoadEscrow(runtime);
        BalanceTable locked = LoadLocked(runtime);
        TokenAmount balance = escrow.Get(owner);
        return new(balance, locked.Get(owner));
    }

    /// <summary>Whether somebody has enough for an amount to be locked besides.</summary>
    public readonly bool IsCovered(IRuntime runtime, Address owner, TokenAmount amount)
    {
        GetBalanceReturn balance = BalanceOf(runtime, owner);
        return balance.Locked + amount <= balance.Balance;
    }

    /// <summary>Locks what a deal needs of both parties.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_INSUFFICIENT_FUNDS, one of them has too little. USR_ILLEGAL_STATE.
    /// </exception>
    public void LockBalances(IRuntime runtime, DealProposal deal)
    {
        Lock(runtime, deal.Client, deal.ClientRequirement);
        Lock(runtime, deal.Provider, deal.ProviderCollateral);
        TotalClientLockedCollateral += deal.ClientCollateral;
        TotalClientStorageFee += deal.TotalFee;
        TotalProviderLockedCollateral += deal.ProviderCollateral;
    }

    private void Lock(IRuntime runtime, Address owner, TokenAmount amount)
    {
        RequirePositive(amount);
        BalanceTable escrow = LoadEscrow(runtime);
        BalanceTable locked = LoadLocked(runtime);
        TokenAmount before = locked.Get(owner);
        TokenAmount balance = escrow.Get(owner);
        if (before + amount > balance)
        {
            throw Abort.InsufficientFunds(
                $"{owner} has {balance}, cannot lock {amount} besides {before}");
        }

        locked.Add(owner, amount);
        LockedTable = locked.Flush();
    }

    private void Unlock(IRuntime runtime, Address owner, TokenAmount amount, LockReason reason)
    {
        RequirePositive(amount);
        BalanceTable locked = LoadLocked(runtime);
        locked.Subtract(owner, amount);
        switch (reason)
        {
            case LockReason.ClientCollateral:
                TotalClientLockedCollateral -= amount;
                break;
            case LockReason.ClientStorageFee:
                TotalClientStorageFee -= amount;
                break;
            case LockReason.ProviderCollateral:
                TotalProviderLockedCollateral -= amount;
                break;
        }

        LockedTable = locked.Flush();
    }

    /// <summary>Moves a part of the fee that a client has locked to the provider.</summary>
    private void Pay(IRuntime runtime, DealProposal deal, TokenAmount amount)
    {
        RequirePositive(amount);
        BalanceTable escrow = LoadEscrow(runtime);
        escrow.Subtract(deal.Client, amount);
        Unlock(runtime, deal.Client, amount, LockReason.ClientStorageFee);
        escrow.Add(deal.Provider, amount);
        EscrowTable = escrow.Flush();
    }

    /// <summary>Takes the collateral that a provider has locked.</summary>
    private void Slash(IRuntime runtime, DealProposal deal)
    {
        RequirePositive(deal.ProviderCollateral);
        BalanceTable escrow = LoadEscrow(runtime);
        escrow.Subtract(deal.Provider, deal.ProviderCollateral);
        EscrowTable = escrow.Flush();
        Unlock(runtime, deal.Provider, deal.ProviderCollateral, LockReason.ProviderCollateral);
    }

    private readonly BalanceTable LoadEscrow(IRuntime runtime) =>
        BalanceTable.Load(runtime, EscrowTable, "escrow table");

    private readonly BalanceTable LoadLocked(IRuntime runtime) =>
        BalanceTable.Load(runtime, LockedTable, "locked table");

    private static void RequirePositive(TokenAmount amount)
    {
        if (amount.IsNegative)
        {
            throw Abort.IllegalState($"amount {amount} below zero");
        }
    }
}
