namespace Filecoin.Vm;

/// <summary>The init actor's map from addresses to ids, as the machine itself reads it.</summary>
/// <remarks>
/// Spec: message-execution 3.4; ref-fvm fvm/src/init_actor.rs.
/// </remarks>
internal sealed class AddressMap(IBlockstore store)
{
    private readonly Dictionary<Address, ActorId> known = [];
    private readonly List<Address> learned = [];
    private Cid openState;
    private Hamt<ActorId>? openMap;
    private InitState? open;

    /// <summary>How many addresses have been learned; to roll back to.</summary>
    public int Mark => learned.Count;

    private static HamtOptions Options { get; } = new(BitWidth: 5);

    public bool TryGet(Address address, Cid initState, out ActorId id)
    {
        if (known.TryGetValue(address, out id))
        {
            return true;
        }

        Span<byte> key = stackalloc byte[address.EncodedLength];
        _ = address.Encode(key);
        try
        {
            _ = Open(initState);
            if (!openMap!.TryGet(key, out id))
            {
                return false;
            }
        }
        catch (IpldException failure)
        {
            throw new FatalException($"init actor: {failure.Message}", failure);
        }

        Learn(address, id);
        return true;
    }

    /// <summary>Adds an address and gives the init actor's new state.</summary>
    public Cid Add(Address address, Cid initState, out ActorId id)
    {
        Span<byte> key = stackalloc byte[address.EncodedLength];
        _ = address.Encode(key);
        try
        {
            InitState state = Open(initState);
            id = new(state.NextId);
            _ = openMap!.Set(key, id);
            open = new(openMap.Flush(), state.NextId + 1, state.NetworkName);
            openState = store.PutCbor(open);
            Learn(address, id);
            return openState;
        }
        catch (IpldException failure)
        {
            throw new FatalException($"init actor: {failure.Message}", failure);
        }
    }

    public void Rollback(int mark)
    {
        for (int i = mark; i < learned.Count; i++)
        {
            _ = known.Remove(learned[i]);
        }

        learned.RemoveRange(mark, learned.Count - mark);
    }

    private void Learn(Address address, ActorId id)
    {
        known[address] = id;
        learned.Add(address);
    }

    /// <summary>Opens a state of the init actor and its map, unless it is the open one.</summary>
    private InitState Open(Cid initState)
    {
        if (open is null || openState != initState)
        {
            InitState state = store.GetCbor<InitState>(initState);
            openMap = Hamt<ActorId>.Load(store, state.Addresses, Options);
            (open, openState) = (state, initState);
        }

        return open;
    }
}
