namespace Filecoin.Vm;

/// <content>Other actors.</content>
internal sealed partial class Kernel
{
    /// <summary>The id of an address. Errors: NotFound.</summary>
    public ErrorNumber ResolveAddress(Address address, out ulong id)
    {
        Charge(PriceList.Free("OnResolveAddress"));
        bool found = calls.TryResolve(address, out ActorId resolved);
        id = resolved.Value;
        return found ? ErrorNumber.None : ErrorNumber.NotFound;
    }

    /// <summary>An actor's delegated address; null if it has none. Errors: NotFound.</summary>
    public ErrorNumber LookupDelegatedAddress(ActorId id, out Address? address)
    {
        Charge(PriceList.Free("OnLookupAddress"));
        bool exists = calls.TryGetActor(id, out ActorState actor);
        address = actor.DelegatedAddress;
        return exists ? ErrorNumber.None : ErrorNumber.NotFound;
    }

    /// <summary>An actor's code. Errors: NotFound.</summary>
    public ErrorNumber CodeOf(ActorId id, out Cid code)
    {
        Charge(PriceList.Free("OnGetActorCodeCid"));
        bool exists = calls.TryGetActor(id, out ActorState actor);
        code = actor.Code;
        return exists ? ErrorNumber.None : ErrorNumber.NotFound;
    }

    /// <summary>Makes an actor; the init actor alone may. Errors: Forbidden, ReadOnly.</summary>
    public ErrorNumber CreateActor(ActorId id, Cid code, Address? delegatedAddress)
    {
        if (Line == ProtocolLine.Shark)
        {
            return calls.CreateActorShark(id, code);
        }

        if (Self != WellKnownActors.Init)
        {
            return ErrorNumber.Forbidden;
        }

        return IsReadOnly
            ? ErrorNumber.ReadOnly
            : calls.CreateActor(id, code, delegatedAddress);
    }

    /// <summary>The number of a built-in actor's code; 0 if it is none.</summary>
    public ErrorNumber BuiltinActorType(Cid code, out int number)
    {
        Charge(PriceList.Free("OnGetBuiltinActorType"));
        number = Machine.Manifest.NumberOf(code);
        return ErrorNumber.None;
    }

    /// <summary>The code with a number. Errors: IllegalArgument, there is none.</summary>
    public ErrorNumber CodeForType(int number, out Cid code)
    {
        Charge(PriceList.Free("OnGetCodeCidForType"));
        return Machine.Manifest.TryGetCode(number, out code)
            ? ErrorNumber.None
            : ErrorNumber.IllegalArgument;
    }

    /// <summary>An actor's balance. Errors: NotFound.</summary>
    public ErrorNumber BalanceOf(ActorId id, out AmountData balance)
    {
        Charge(PriceList.Free("OnBalanceOf"));
        bool exists = calls.TryGetActor(id, out ActorState actor);
        balance = exists ? AmountData.Of(actor.Balance) : default;
        return exists ? ErrorNumber.None : ErrorNumber.NotFound;
    }
}
