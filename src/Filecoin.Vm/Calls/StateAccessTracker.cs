namespace Filecoin.Vm;

/// <summary>Which actors a message has paid for, to read or to write.</summary>
/// <remarks>
/// Spec: gas-schedule 4; ref-fvm fvm/src/call_manager/state_access_tracker.rs. Resolving an address
/// is free: which ones have been resolved matters to traces alone, which show the charge.
/// </remarks>
internal sealed class StateAccessTracker
{
    private readonly Dictionary<ActorId, Access> actors = [];
    private readonly List<(ActorId Id, Access Before)> undo = [];
    private readonly HashSet<Address> addresses = [];
    private readonly List<Address> addressUndo = [];
    private readonly Stack<(int Actors, int Addresses)> layers = new();

    /// <summary>Actors that every message has loaded and written for free.</summary>
    private static ReadOnlySpan<ulong> Preloaded => [0, 1, 2, 3, 4, 5, 6, 7, 10, 99];

    internal enum Access
    {
        None,
        Read,
        Updated,
    }

    public Access this[ActorId id] => Preloaded.Contains(id.Value)
        ? Access.Updated
        : actors.GetValueOrDefault(id);

    public void Record(ActorId id, Access access)
    {
        Access before = this[id];
        if (access > before)
        {
            undo.Add((id, before));
            actors[id] = access;
        }
    }

    public bool HasResolved(Address address) => addresses.Contains(address);

    public void RecordResolved(Address address)
    {
        if (addresses.Add(address))
        {
            addressUndo.Add(address);
        }
    }

    public void Begin() => layers.Push((undo.Count, addressUndo.Count));

    public void Commit() => _ = layers.Pop();

    public void Rollback()
    {
        (int actorMark, int addressMark) = layers.Pop();
        for (int i = undo.Count - 1; i >= actorMark; i--)
        {
            actors[undo[i].Id] = undo[i].Before;
        }

        undo.RemoveRange(actorMark, undo.Count - actorMark);
        for (int i = addressMark; i < addressUndo.Count; i++)
        {
            _ = addresses.Remove(addressUndo[i]);
        }

        addressUndo.RemoveRange(addressMark, addressUndo.Count - addressMark);
    }
}
