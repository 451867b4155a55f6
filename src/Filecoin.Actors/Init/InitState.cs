using AddressMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.ActorId>;

namespace Filecoin.Actors.Init;

/// <summary>The init actor's state.</summary>
/// <param name="Addresses">HAMT from addresses, f1 to f4, to ids.</param>
/// <param name="NextId">The id that the next actor gets.</param>
/// <param name="NetworkName">The network's name.</param>
[CborTuple]
public partial record struct InitState(Cid Addresses, ulong NextId, string NetworkName)
{
    private const string MapName = "addresses";

    /// <summary>A state without addresses.</summary>
    public static InitState Create(IRuntime runtime, string networkName) => new(
        AddressMap.StoreEmpty(runtime), WellKnownActors.FirstGiven.Value, networkName);

    /// <summary>
    /// Gives an id to an actor's addresses: a new one, unless the delegated one has one already.
    /// </summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="robust">The f2 address, which nobody may have.</param>
    /// <param name="delegated">The f4 address; null for none.</param>
    /// <returns>The id, and whether the delegated address had it.</returns>
    /// <exception cref="ActorAbortException">USR_FORBIDDEN, the f2 address is taken.</exception>
    public (ActorId Id, bool HadIt) Assign(IRuntime runtime, Address robust, Address? delegated)
    {
        AddressMap map = AddressMap.Load(runtime, Addresses, MapName);
        bool hadIt = false;
        ActorId id = default;
        if (delegated is Address address)
        {
            hadIt = map.TryGet(address, out id);
            if (!hadIt)
            {
                id = TakeId();
                map.Set(address, id);
            }
        }
        else
        {
            id = TakeId();
        }

        if (!map.SetIfAbsent(robust, id))
        {
            throw Abort.Forbidden($"address {robust} is given already");
        }

        Addresses = map.Flush();
        return (id, hadIt);
    }

    private ActorId TakeId() => new(NextId++);
}
