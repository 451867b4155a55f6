using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary>Explains an actor in a state tree that a CAR holds.</summary>
public static class ActorInspector
{
    /// <summary>An actor's record, and the head block of its state as plain CBOR.</summary>
    /// <param name="car">The CAR with the state's blocks.</param>
    /// <param name="root">The state's root; null: the CAR's only root.</param>
    /// <param name="address">The actor; other than an id needs Init's state in the CAR.</param>
    /// <exception cref="InspectionException">It is not there, or the CAR is damaged.</exception>
    public static JsonObject OfActor(ReadOnlyMemory<byte> car, Cid? root, Address address)
    {
        try
        {
            CarReader reader = new(car);
            MemoryBlockstore store = new();
            reader.CopyTo(store);
            Cid state = root ?? (reader.Roots.Count == 1
                ? reader.Roots[0]
                : throw new InspectionException($"{reader.Roots.Count} roots: name one"));
            StateTree tree = StateTree.Load(store, state, LineOf(store, state));
            return tree.TryResolve(address, out ActorId id)
                && tree.TryGetActor(id, out ActorState actor)
                ? Show(id, actor, store)
                : throw new InspectionException($"no actor {address} in state {state}");
        }
        catch (Exception e) when (e is CarException or IpldException or FatalException)
        {
            throw new InspectionException(e.Message.ReplaceLineEndings(" "));
        }
    }

    // The wrapper's first member tells which network versions wrote it.
    private static ProtocolLine LineOf(MemoryBlockstore store, Cid root)
    {
        if (!store.TryGet(root, out ReadOnlyMemory<byte> block))
        {
            throw new InspectionException($"the root {root} is not in the CAR");
        }

        CborReader reader = new(block.Span);
        return reader.TryReadArrayHeader(out _) && reader.TryReadUInt64(out ulong version)
            ? version < 5 ? ProtocolLine.Shark : ProtocolLine.Watermelon
            : throw new InspectionException($"{root} is not the root of a state");
    }

    private static JsonObject Show(ActorId id, ActorState actor, MemoryBlockstore store) => new()
    {
        ["id"] = id.Value,
        ["code"] = actor.Code.ToString(),
        ["state"] = actor.State.ToString(),
        ["nonce"] = actor.Nonce,
        ["balanceAtto"] = actor.Balance.ToString(),
        ["delegatedAddress"] = actor.DelegatedAddress?.ToString(),
        ["head"] = actor.State.Codec == Codec.DagCbor
            && store.TryGet(actor.State, out ReadOnlyMemory<byte> block)
            ? CborTree.Read(block.Span)
            : null,
    };
}
