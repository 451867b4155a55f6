namespace Filecoin.Vm;

/// <summary>The events of a message, dropped with the calls that emitted them.</summary>
/// <remarks>Spec: message-execution 10.</remarks>
internal sealed class EventLog
{
    /// <summary>Width of the nodes of the tree whose root is in the receipt.</summary>
    private const int RootBitWidth = 5;

    private readonly List<StampedEvent> events = [];
    private readonly Stack<int> layers = new();

    public IReadOnlyList<StampedEvent> Events => events;

    public void Add(StampedEvent stamped) => events.Add(stamped);

    public void Begin() => layers.Push(events.Count);

    public void Commit() => _ = layers.Pop();

    public void Rollback()
    {
        int mark = layers.Pop();
        events.RemoveRange(mark, events.Count - mark);
    }

    /// <summary>The root of all events; null if there are none. No block of it is kept.</summary>
    public Cid? Root()
    {
        if (events.Count == 0)
        {
            return null;
        }

        Amt<StampedEvent> tree = new(new MemoryBlockstore(), RootBitWidth);
        for (int i = 0; i < events.Count; i++)
        {
            tree.Set((ulong)i, events[i]);
        }

        return tree.Flush();
    }
}
