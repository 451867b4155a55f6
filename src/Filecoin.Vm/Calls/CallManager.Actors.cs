namespace Filecoin.Vm;

/// <content>
/// Actors as the calls of one message see them: what is first read or changed is paid for.
/// </content>
internal sealed partial class CallManager
{
    /// <summary>The id of an address, for which the first time counts as a charge of 0.</summary>
    public bool TryResolve(Address address, out ActorId id)
    {
        if (address.TryGetId(out id) || Trace is null)
        {
            return State.TryResolve(address, out id);
        }

        if (!Access.HasResolved(address))
        {
            Gas.Charge(PriceList.Free("OnResolveAddress"));
        }

        bool found = State.TryResolve(address, out id);
        if (found)
        {
            Access.RecordResolved(address);
        }

        return found;
    }

    public bool TryGetActor(ActorId id, out ActorState actor)
    {
        if (Access[id] < StateAccessTracker.Access.Read)
        {
            Gas.Charge(Prices.OnActorLookup());
        }

        bool exists = State.TryGetActor(id, out actor);
        Access.Record(id, StateAccessTracker.Access.Read);
        return exists;
    }

    public void SetActor(ActorId id, in ActorState actor)
    {
        ChargeUpdate(id);
        State.SetActor(id, actor);
        Access.Record(id, StateAccessTracker.Access.Updated);
    }

    public void DeleteActor(ActorId id)
    {
        ChargeUpdate(id);
        State.DeleteActor(id);
        Access.Record(id, StateAccessTracker.Access.Updated);
    }

    /// <summary>Moves value between actors.</summary>
    /// <remarks>Spec: message-execution 7.5.</remarks>
    public ErrorNumber Transfer(ActorId from, ActorId to, TokenAmount value)
    {
        if (value.IsNegative)
        {
            return ErrorNumber.IllegalArgument;
        }

        if (!TryGetActor(from, out ActorState sender) || sender.Balance < value)
        {
            return ErrorNumber.InsufficientFunds;
        }

        if (from == to)
        {
            return ErrorNumber.None;
        }

        if (!TryGetActor(to, out ActorState target))
        {
            return ErrorNumber.NotFound;
        }

        SetActor(from, sender with { Balance = sender.Balance - value });
        SetActor(to, target with { Balance = target.Balance + value });
        return ErrorNumber.None;
    }

    private void ChargeUpdate(ActorId id)
    {
        StateAccessTracker.Access access = Access[id];
        if (access < StateAccessTracker.Access.Read)
        {
            Gas.Charge(Prices.OnActorLookup());
        }

        if (access < StateAccessTracker.Access.Updated)
        {
            Gas.Charge(Prices.OnActorUpdate());
        }
    }
}
