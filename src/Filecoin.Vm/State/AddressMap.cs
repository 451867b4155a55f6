namespace Filecoin.Vm;

/// <summary>The init actor's map from addresses to ids, as the machine itself reads it.</summary>
/// <remarks>
/// Spec: message-execution 3.4; ref-fvm fvm/src/init_actor.rs. The init actor's state is
/// <c>[address map, next id, network name]</c>.
/// </remarks>
internal sealed class AddressMap(IBlockstore store)
{
    private readonly Dictionary<Address, ActorId> known = [];
    private readonly List<Address> learned = [];
    private Cid openState;
    private InitState open;

    private readonly record struct InitState(Hamt<ActorId> Map, ulong NextId, string Name);

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
            if (!Open(initState).Map.TryGet(key, out id))
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
            _ = state.Map.Set(key, id);
            Cid saved = Save(state with { NextId = state.NextId + 1 });
            Learn(address, id);
            return saved;
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

    private Cid Save(InitState state)
    {
        CborWriter writer = new(128);
        writer.WriteArrayHeader(3);
        writer.WriteCid(state.Map.Flush());
        writer.WriteUInt64(state.NextId);
        writer.WriteText(state.Name);
        byte[] block = writer.ToArray();
        writer.Dispose();
        openState = store.Put(Codec.DagCbor, block);
        open = state;
        return openState;
    }

    private InitState Open(Cid initState)
    {
        if (openState.IsDefined && openState == initState)
        {
            return open;
        }

        if (!store.TryGet(initState, out ReadOnlyMemory<byte> block))
        {
            throw new FatalException($"no state {initState} of the init actor in the store");
        }

        CborReader reader = new(block.Span);
        if (!reader.TryReadArrayOf(3)
            || !reader.TryReadCid(out Cid map)
            || !reader.TryReadUInt64(out ulong nextId)
            || !reader.TryReadText(out string name)
            || !reader.TryEnd())
        {
            throw new FatalException($"state {initState} of the init actor is malformed");
        }

        openState = default;
        open = new(Hamt<ActorId>.Load(store, map, Options), nextId, name);
        openState = initState;
        return open;
    }
}
