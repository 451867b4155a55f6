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

    /// <summary>The root of all events; null if there are none.</summary>
    /// <param name="blocks">The blocks under it, each before those that link to it.</param>
    public Cid? Root(out IReadOnlyList<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks)
    {
        if (events.Count == 0)
        {
            blocks = [];
            return null;
        }

        WrittenBlocks written = new();
        Amt<StampedEvent> tree = new(written, RootBitWidth);
        for (int i = 0; i < events.Count; i++)
        {
            tree.Set((ulong)i, events[i]);
        }

        Cid root = tree.Flush();
        blocks = written.Blocks;
        return root;
    }

    /// <summary>Takes the blocks of a tree that is only written.</summary>
    private sealed class WrittenBlocks : IBlockstore
    {
        public List<(Cid Cid, ReadOnlyMemory<byte> Block)> Blocks { get; } = [];

        public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
        {
            block = default;
            return false;
        }

        public bool Has(Cid cid) => false;

        public void Put(Cid cid, ReadOnlyMemory<byte> block) => Blocks.Add((cid, block));
    }
}
