namespace Filecoin.Ipld.Tests.Blockstores;

/// <summary>A tree of two leaves that is there and not here.</summary>
public sealed class LinkFetchTests
{
    private readonly MemoryBlockstore there = new();
    private readonly MemoryBlockstore here = new();
    private readonly List<Cid> asked = [];
    private readonly Cid left;
    private readonly Cid right;
    private readonly Cid root;

    public LinkFetchTests()
    {
        left = there.Put(Codec.Raw, new byte[] { 1 });
        right = there.Put(Codec.Raw, new byte[] { 2 });
        CborWriter writer = new(128);
        writer.WriteArrayHeader(3);
        writer.WriteCid(left);
        writer.WriteCid(right);
        writer.WriteCid(left);
        root = there.Put(Codec.DagCbor, writer.ToArray());
        writer.Dispose();
    }

    [Fact]
    public void What_a_root_reaches_is_brought_once()
    {
        new LinkFetch(here, 10, 1_000).Fetch([root, root], Read);

        Assert.Equal(3, asked.Count);
        Assert.True(here.Has(root) && here.Has(left) && here.Has(right));
    }

    [Fact]
    public void What_is_here_is_not_asked_for()
    {
        here.Put(left, new byte[] { 1 });

        new LinkFetch(here, 10, 1_000).Fetch([root], Read);

        Assert.Equal([root, right], asked);
    }

    [Fact]
    public void What_is_left_out_is_not_asked_for()
    {
        LinkFetch fetch = new(here, 10, 1_000);
        fetch.Skip(right);

        fetch.Fetch([root], Read);

        Assert.Equal([root, left], asked);
    }

    [Fact]
    public void A_block_that_is_another_is_refused_and_not_kept()
    {
        Assert.Throws<IpldException>(() => new LinkFetch(here, 10, 1_000).Fetch(
            [root],
            cids => [.. cids.Select(cid => cid == left ? new byte[] { 9 } : Block(cid))]));

        Assert.False(here.Has(left));
    }

    [Theory]
    [InlineData(2, 1_000)]
    [InlineData(10, 20)]
    public void More_than_was_wanted_is_refused(long blocksMax, long bytesMax) =>
        Assert.Throws<IpldException>(
            () => new LinkFetch(here, blocksMax, bytesMax).Fetch([root], Read));

    private List<ReadOnlyMemory<byte>> Read(IReadOnlyList<Cid> cids)
    {
        asked.AddRange(cids);
        return [.. cids.Select(Block)];
    }

    private ReadOnlyMemory<byte> Block(Cid cid) =>
        there.TryGet(cid, out ReadOnlyMemory<byte> block)
            ? block
            : throw new InvalidOperationException($"no block {cid}");
}
