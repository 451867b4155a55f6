using System.Collections.Concurrent;

namespace Filecoin.Ipld;

/// <summary>Blocks in memory: one writer, any number of concurrent readers.</summary>
public sealed class MemoryBlockstore : IBlockstore
{
    private readonly ConcurrentDictionary<Cid, ReadOnlyMemory<byte>> _blocks = new();

    /// <summary>Number of blocks.</summary>
    public int Count => _blocks.Count;

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) =>
        _blocks.TryGetValue(cid, out block);

    /// <inheritdoc/>
    public bool Has(Cid cid) => _blocks.ContainsKey(cid);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => _blocks[cid] = block;

    /// <summary>Visits all blocks, in no order that means anything.</summary>
    public void ForEach(Action<Cid, ReadOnlyMemory<byte>> visit)
    {
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in _blocks)
        {
            visit(cid, block);
        }
    }
}
