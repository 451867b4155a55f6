namespace Filecoin.Chain;

/// <summary>The blocks of a store; there are no others.</summary>
public sealed class StoredBlocks(IOrderedStore store) : IBlockstore
{
    private const int NodesKept = 256;

    /// <inheritdoc/>
    public DecodedNodes? Nodes { get; } = new(NodesKept);

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) =>
        store.TryGet(StoreFamily.Blocks, cid.Bytes, out block);

    /// <inheritdoc/>
    public bool Has(Cid cid) => TryGet(cid, out _);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => PutAll([(cid, block)]);

    /// <inheritdoc/>
    public void PutAll(IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks)
    {
        StoreBatch batch = new();
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks)
        {
            batch.Put(StoreFamily.Blocks, cid.Memory, block);
        }

        store.Write(batch);
    }
}

/// <summary>
/// Blocks above a store that is only read: they can be added to a batch, or forgotten.
/// </summary>
public sealed class BatchBlockstore(IBlockstore below) : IBlockstore
{
    // Changes that go with a tipset's blocks: its headers, records and index.
    private const int OthersUsually = 8;

    private readonly Dictionary<Cid, ReadOnlyMemory<byte>> blocks = [];

    /// <inheritdoc/>
    public DecodedNodes? Nodes => below.Nodes;

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) =>
        blocks.TryGetValue(cid, out block) || below.TryGet(cid, out block);

    /// <inheritdoc/>
    public bool Has(Cid cid) => blocks.ContainsKey(cid) || below.Has(cid);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => blocks[cid] = block;

    /// <summary>Adds them to a batch.</summary>
    public void AddTo(StoreBatch batch)
    {
        batch.Expect(blocks.Count + OthersUsually);
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks)
        {
            batch.Put(StoreFamily.Blocks, cid.Memory, block);
        }
    }
}
