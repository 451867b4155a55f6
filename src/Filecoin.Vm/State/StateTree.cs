namespace Filecoin.Vm;

/// <summary>All actors by id, with layers that can be taken back.</summary>
/// <remarks>
/// Spec: message-execution 3; ref-fvm fvm/src/state_tree.rs.
/// Actors are read once and kept; changes reach the store with <see cref="Flush"/> alone. Blocks
/// that actors write are not part of the layers: after a rollback nothing refers to them.
/// Errors: <see cref="FatalException"/>, the state is missing or malformed.
/// </remarks>
public sealed class StateTree
{
    private readonly IBlockstore store;
    private readonly ActorMap actors;
    private readonly AddressMap addresses;
    private readonly Dictionary<ActorId, Entry> entries = [];
    private readonly List<(ActorId Id, Entry Before)> undo = [];
    private readonly Stack<(int Actors, int Addresses)> layers = new();
    private readonly StateRoot root;

    /// <summary>An actor as it is now; null if there is none.</summary>
    private readonly record struct Entry(ActorState? Actor, bool IsDirty);

    private StateTree(IBlockstore store, StateRoot root)
    {
        this.store = store;
        this.root = root;
        actors = ActorMap.Load(store, root.Actors, root.Version);
        addresses = new(store);
    }

    /// <summary>Opens the state with a root.</summary>
    /// <param name="store">Where its blocks are, and where new ones go.</param>
    /// <param name="root">CID of the wrapper of the actors' map.</param>
    /// <param name="line">Which versions of the state are accepted.</param>
    public static StateTree Load(IBlockstore store, Cid root, ProtocolLine line)
    {
        StateRoot wrapper = StateRoot.Load(store, root);
        bool isAccepted = line == ProtocolLine.Shark
            ? wrapper.Version is 3 or 4
            : wrapper.Version == 5;
        return isAccepted
            ? new(store, wrapper)
            : throw new FatalException($"state {root} has version {wrapper.Version}");
    }

    /// <summary>Gets an actor; false if there is none.</summary>
    public bool TryGetActor(ActorId id, out ActorState actor)
    {
        if (!entries.TryGetValue(id, out Entry entry))
        {
            entry = new(actors.TryGet(id, out ActorState found) ? found : null, false);
            entries.Add(id, entry);
        }

        actor = entry.Actor.GetValueOrDefault();
        return entry.Actor is not null;
    }

    /// <summary>Sets an actor, which need not exist.</summary>
    public void SetActor(ActorId id, in ActorState actor) => Change(id, actor);

    /// <summary>Deletes an actor, which need not exist.</summary>
    public void DeleteActor(ActorId id) => Change(id, null);

    /// <summary>The id of an address; false if no actor has it.</summary>
    /// <remarks>An id address has its id, whether the actor exists or not.</remarks>
    public bool TryResolve(Address address, out ActorId id) =>
        address.TryGetId(out id) || addresses.TryGet(address, InitState(), out id);

    /// <summary>Gives the next free id to an address.</summary>
    public ActorId Register(Address address)
    {
        ActorState init = InitActor();
        Cid state = addresses.Add(address, init.State, out ActorId id);
        SetActor(WellKnownActors.Init, init with { State = state });
        return id;
    }

    /// <summary>Opens a layer.</summary>
    public void Begin() => layers.Push((undo.Count, addresses.Mark));

    /// <summary>Closes the innermost layer and keeps its changes.</summary>
    public void Commit()
    {
        _ = layers.Pop();
        if (layers.Count == 0)
        {
            undo.Clear();
        }
    }

    /// <summary>Closes the innermost layer and takes its changes back.</summary>
    public void Rollback()
    {
        (int actorMark, int addressMark) = layers.Pop();
        for (int i = undo.Count - 1; i >= actorMark; i--)
        {
            entries[undo[i].Id] = undo[i].Before;
        }

        undo.RemoveRange(actorMark, undo.Count - actorMark);
        addresses.Rollback(addressMark);
    }

    /// <summary>Writes all changes and gives the new root.</summary>
    public Cid Flush()
    {
        if (layers.Count != 0)
        {
            throw new FatalException("the state is flushed inside a layer");
        }

        // The map does not depend on the order of changes; sorted, its reads do not either.
        List<ActorId> dirty = [];
        foreach ((ActorId id, Entry entry) in entries)
        {
            if (entry.IsDirty)
            {
                dirty.Add(id);
            }
        }

        dirty.Sort((left, right) => left.Value.CompareTo(right.Value));
        foreach (ActorId id in dirty)
        {
            ActorState? actor = entries[id].Actor;
            actors.Set(id, actor);
            entries[id] = new(actor, false);
        }

        return (root with { Actors = actors.Flush() }).Save(store);
    }

    /// <summary>All actors, flushed changes only, in the order of the map.</summary>
    public void ForEach(Action<ActorId, ActorState> visit) => actors.ForEach(visit);

    private void Change(ActorId id, ActorState? actor)
    {
        if (layers.Count > 0)
        {
            bool isKnown = entries.TryGetValue(id, out Entry before);
            if (!isKnown)
            {
                _ = TryGetActor(id, out _);
                before = entries[id];
            }

            undo.Add((id, before));
        }

        entries[id] = new(actor, true);
    }

    private ActorState InitActor() => TryGetActor(WellKnownActors.Init, out ActorState init)
        ? init
        : throw new FatalException("the state has no init actor");

    private Cid InitState() => InitActor().State;
}
