using Filecoin.Ipld;

namespace Filecoin.TestKit;

/// <summary>Counts what passes to the store below.</summary>
public sealed class TrackingBlockstore(IBlockstore below) : IBlockstore
{
    public TrackingBlockstore()
        : this(new MemoryBlockstore())
    {
    }

    public DecodedNodes? Nodes { get; init; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public long BytesRead { get; private set; }

    public long BytesWritten { get; private set; }

    public (int Reads, int Writes, long BytesRead, long BytesWritten) Statistics =>
        (Reads, Writes, BytesRead, BytesWritten);

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        var found = below.TryGet(cid, out block);
        Reads++;
        BytesRead += block.Length;
        return found;
    }

    public bool Has(Cid cid) => below.Has(cid);

    public void Put(Cid cid, ReadOnlyMemory<byte> block)
    {
        Writes++;
        BytesWritten += block.Length;
        below.Put(cid, block);
    }
}
