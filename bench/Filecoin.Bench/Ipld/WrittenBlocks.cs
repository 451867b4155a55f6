using Filecoin.Ipld;

namespace Filecoin.Bench;

/// <summary>Remembers the blocks that are put into the store below.</summary>
internal sealed class WrittenBlocks(IBlockstore below) : IBlockstore
{
    internal List<ReadOnlyMemory<byte>> Blocks { get; } = [];

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block) => below.TryGet(cid, out block);

    public bool Has(Cid cid) => below.Has(cid);

    public void Put(Cid cid, ReadOnlyMemory<byte> block)
    {
        Blocks.Add(block);
        below.Put(cid, block);
    }
}
