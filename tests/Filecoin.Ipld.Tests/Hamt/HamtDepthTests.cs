namespace Filecoin.Ipld.Tests.Hamt;

public sealed class HamtDepthTests
{
    /// <summary>Nodes of one link each, which no map writes, longer than a stack is deep.</summary>
    private const int ChainLength = 100_000;

    [Fact]
    public void A_chain_of_nodes_deeper_than_the_hash_is_refused()
    {
        MemoryBlockstore store = new();
        Cid root = store.Put(Codec.DagCbor, new byte[] { 0x82, 0x40, 0x80 });
        for (int i = 0; i < ChainLength; i++)
        {
            CborWriter writer = new(64);
            writer.WriteArrayHeader(2);
            writer.WriteBytes([1]);
            writer.WriteArrayHeader(1);
            writer.WriteCid(root);
            root = store.Put(Codec.DagCbor, writer.ToArray());
            writer.Dispose();
        }

        Hamt<RawCbor> map = Hamt<RawCbor>.Load(store, root, new(5));

        IpldException refusal = Assert.Throws<IpldException>(() => map.ForEach((_, _) => { }));
        Assert.Equal(IpldFailure.OutOfRange, refusal.Failure);
        Assert.Throws<IpldException>(() => map.ForEachUncached((_, _) => { }));
        Assert.Throws<IpldException>(() => map.Entries().Count());
    }
}
