namespace Filecoin.Ipld;

/// <summary>Which links a flush follows and refuses.</summary>
public enum FlushRule
{
    /// <summary>Network versions 18 and later.</summary>
    Current,

    /// <summary>Network version 17: stricter, children first, drops what was not reached.</summary>
    Nv17,
}

/// <summary>Holds writes in memory until the blocks under a root are flushed below.</summary>
/// <remarks>Spec: ref-fvm fvm/src/blockstore/buffered.rs, and its v2 branch for nv17.</remarks>
public sealed class BufferedBlockstore(IBlockstore below) : IBlockstore
{
    private readonly Dictionary<Cid, ReadOnlyMemory<byte>> writes = new(CidEquality.OfBytes);

    /// <inheritdoc/>
    public DecodedNodes? Nodes => below.Nodes;

    /// <summary>Blocks not yet flushed.</summary>
    public int BufferedCount => writes.Count;

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) =>
        writes.TryGetValue(cid, out block) || below.TryGet(cid, out block);

    /// <inheritdoc/>
    public bool Has(Cid cid) => writes.ContainsKey(cid) || below.Has(cid);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => writes[cid] = block;

    /// <summary>Moves the buffered blocks reachable from <paramref name="root"/> below.</summary>
    /// <remarks>A block that is not buffered is taken to be below with everything under it.
    /// Errors: <see cref="IpldException"/>, a link of a kind that may not be in state; nothing
    /// has then been written.</remarks>
    public void Flush(Cid root, FlushRule rule = FlushRule.Current)
    {
        var walk = new ReachableBlocks(writes, rule);
        walk.Visit(root);
        below.PutAll(walk.InFlushOrder());
        foreach ((Cid cid, _) in walk.InFlushOrder())
        {
            _ = writes.Remove(cid);
        }

        if (rule == FlushRule.Nv17)
        {
            writes.Clear();
        }
    }

    /// <summary>Moves every buffered block below, reachable or not.</summary>
    public void FlushAll()
    {
        List<(Cid Cid, ReadOnlyMemory<byte> Block)> all = new(writes.Count);
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in writes)
        {
            all.Add((cid, block));
        }

        below.PutAll(all);
        writes.Clear();
    }
}
