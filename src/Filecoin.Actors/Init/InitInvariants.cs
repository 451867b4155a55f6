namespace Filecoin.Actors.Init;

/// <summary>What holds of the init actor.</summary>
public static class InitInvariants
{
    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <exception cref="IpldException">The map cannot be read.</exception>
    public static IReadOnlyList<string> Check(InitState state, IBlockstore store)
    {
        List<string> complaints = [];
        if (state.NetworkName.Length == 0)
        {
            complaints.Add("the network has no name");
        }

        Hamt<ActorId> map = Hamt<ActorId>.Load(
            store, state.Addresses, new(StateMap<Address, AddressKey, ActorId>.BitWidth));
        Dictionary<(Protocol, ActorId), Address> owners = [];
        map.ForEach((bytes, id) =>
        {
            if (!Address.TryDecode(bytes.Span, out Address address) || address.IsId)
            {
                complaints.Add($"the key of f0{id} is no address that can have an id");
                return;
            }

            if (id.Value < WellKnownActors.FirstGiven.Value || id.Value >= state.NextId)
            {
                complaints.Add($"{address} has the id {id}, which was not given");
            }

            if (!owners.TryAdd((address.Protocol, id), address))
            {
                complaints.Add($"f0{id} has {owners[(address.Protocol, id)]} and {address}");
            }
        });
        return complaints;
    }
}
