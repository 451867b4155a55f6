namespace Filecoin.Vm;

/// <content>The actor's own state and balance.</content>
internal sealed partial class Kernel
{
    /// <summary>
    /// The root of the own state. Errors: IllegalOperation, the actor is deleted.
    /// </summary>
    public ErrorNumber Root(out Cid root)
    {
        if (Line == ProtocolLine.Watermelon)
        {
            Charge(Prices.OnGetRoot());
        }

        if (!calls.TryGetActor(Self, out ActorState actor))
        {
            root = default;
            return ErrorNumber.IllegalOperation;
        }

        root = actor.State;
        Blocks.Reach(root);
        return ErrorNumber.None;
    }

    /// <summary>Sets the root of the own state.</summary>
    /// <remarks>
    /// Errors: ReadOnly. NotFound, the root cannot be reached. IllegalOperation, deleted.
    /// </remarks>
    public ErrorNumber SetRoot(Cid root)
    {
        if (IsReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        if (Line == ProtocolLine.Watermelon)
        {
            Charge(Prices.OnSetRoot());
        }

        if (!Blocks.CanReach(root))
        {
            return ErrorNumber.NotFound;
        }

        if (!calls.TryGetActor(Self, out ActorState actor))
        {
            return ErrorNumber.IllegalOperation;
        }

        calls.SetActor(Self, actor with { State = root });
        return ErrorNumber.None;
    }

    /// <summary>The own balance; 0 if deleted.</summary>
    public ErrorNumber CurrentBalance(out AmountData balance)
    {
        Charge(PriceList.Free("OnSelfBalance"));
        balance = AmountData.Of(
            calls.TryGetActor(Self, out ActorState actor) ? actor.Balance : TokenAmount.Zero);
        return ErrorNumber.None;
    }

    /// <summary>Deletes the actor; what it still has is burnt, if it says so.</summary>
    /// <remarks>Errors: ReadOnly. IllegalOperation, it has funds that it will not burn.</remarks>
    public ErrorNumber SelfDestruct(bool burns)
    {
        if (IsReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        Charge(Prices.OnDeleteActor());
        Charge(PriceList.Free("OnSelfBalance"));
        if (!calls.TryGetActor(Self, out ActorState actor))
        {
            return ErrorNumber.None;
        }

        if (!actor.Balance.IsZero)
        {
            if (!burns)
            {
                return ErrorNumber.IllegalOperation;
            }

            Burn(actor.Balance);
        }

        calls.DeleteActor(Self);
        return ErrorNumber.None;
    }

    /// <summary>Deletes the actor and gives what it has to another; up to version 20.</summary>
    /// <remarks>Errors: ReadOnly. NotFound. Forbidden, the other is itself.</remarks>
    public ErrorNumber SelfDestruct(Address beneficiary)
    {
        if (IsReadOnly)
        {
            return ErrorNumber.ReadOnly;
        }

        Charge(Prices.OnDeleteActor());
        bool exists = calls.TryGetActor(Self, out ActorState actor);
        if (exists && !actor.Balance.IsZero)
        {
            if (!calls.TryResolve(beneficiary, out ActorId heir))
            {
                return ErrorNumber.NotFound;
            }

            if (heir == Self)
            {
                return ErrorNumber.Forbidden;
            }

            ErrorNumber error = calls.Transfer(Self, heir, actor.Balance);
            if (error != ErrorNumber.None)
            {
                return error;
            }
        }

        if (exists)
        {
            calls.DeleteActor(Self);
        }

        return ErrorNumber.None;
    }

    /// <summary>Quirk: whatever goes wrong here is fatal, also running out of gas.</summary>
    private void Burn(TokenAmount amount)
    {
        ErrorNumber error;
        try
        {
            error = calls.Transfer(Self, WellKnownActors.BurntFunds, amount);
        }
        catch (OutOfGasException outOfGas)
        {
            throw new FatalException("out of gas while burning an actor's funds", outOfGas);
        }

        if (error != ErrorNumber.None)
        {
            throw new FatalException($"cannot burn an actor's funds: {error}");
        }
    }
}
