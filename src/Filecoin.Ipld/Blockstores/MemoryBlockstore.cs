using System.Collections.Concurrent;

namespace Filecoin.Ipld;

/// <summary>Blocks in memory: one writer, any number of concurrent readers.</summary>
public sealed class MemoryBlockstore : IBlockstore
{
    private readonly ConcurrentDictionary<Cid, ReadOnlyMemory<byte>> blocks = new();

    /// <summary>Number of blocks.</summary>
    public int Count => blocks.Count;

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) =>
        blocks.TryGetValue(cid, out block);

    /// <inheritdoc/>
    public bool Has(Cid cid) => blocks.ContainsKey(cid);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => blocks[cid] = block;

    /// <summary>Visits all blocks, in no order that means anything.</summary>
    public void ForEach(Action<Cid, ReadOnlyMemory<byte>> visit)
    {
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks)
        {
            visit(cid, block);
        }
    }
}
