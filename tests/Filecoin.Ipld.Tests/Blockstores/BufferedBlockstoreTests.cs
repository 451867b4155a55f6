using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests;

public sealed class BufferedBlockstoreTests
{
    private readonly TrackingBlockstore below = new();

    private static byte[] LinkTo(params Cid[] cids)
    {
        using var writer = new CborWriter(64);
        writer.WriteArrayHeader(cids.Length);
        foreach (var cid in cids)
        {
            writer.WriteCid(cid);
        }

        return writer.ToArray();
    }

    [Fact]
    public void Only_blocks_under_the_root_are_moved_below_and_each_once()
    {
        var store = new BufferedBlockstore(below);
        var leaf = store.Put(Codec.Raw, new byte[] { 1 });
        var middle = store.Put(Codec.DagCbor, LinkTo(leaf, leaf));
        var other = store.Put(Codec.Raw, new byte[] { 2 });
        var root = store.Put(Codec.DagCbor, LinkTo(middle, leaf));

        store.Flush(root);

        Assert.Equal(3, below.Writes);
        Assert.True(below.Has(root) && below.Has(middle) && below.Has(leaf));
        Assert.False(below.Has(other));
        Assert.Equal(1, store.BufferedCount);
        Assert.True(store.TryGet(root, out _));
    }

    [Fact]
    public void The_first_line_drops_what_was_not_reached()
    {
        var store = new BufferedBlockstore(below);
        var root = store.Put(Codec.DagCbor, LinkTo());
        store.Put(Codec.Raw, new byte[] { 2 });
        store.Flush(root, FlushRule.Nv17);
        Assert.Equal(1, below.Writes);
        Assert.Equal(0, store.BufferedCount);
    }

    [Fact]
    public void Commitments_are_skipped_and_inline_blocks_are_followed()
    {
        var store = new BufferedBlockstore(below);
        var leaf = store.Put(Codec.Raw, new byte[] { 1 });
        var inline = Cid.Create(Codec.DagCbor, Multihash.Identity, LinkTo(leaf));
        var commitment = Cid.Create(
            Codec.FilCommitmentSealed, Multihash.PoseidonBls12381A2Fc1, new byte[32]);
        var root = store.Put(Codec.DagCbor, LinkTo(inline, commitment));
        store.Flush(root);
        Assert.Equal(2, below.Writes);
        Assert.True(below.Has(leaf));
    }

    [Fact]
    public void A_link_that_may_not_be_in_state_stops_the_flush_and_nothing_is_written()
    {
        var store = new BufferedBlockstore(below);
        var sha = Cid.Create(Codec.Raw, Multihash.Sha2_256, new byte[32]);
        var root = store.Put(Codec.DagCbor, LinkTo(sha));
        Assert.Throws<IpldException>(() => store.Flush(root));
        Assert.Equal(0, below.Writes);
        Assert.Equal(1, store.BufferedCount);
    }

    [Fact]
    public void Plain_cbor_is_refused_by_the_first_line_only()
    {
        var store = new BufferedBlockstore(below);
        var leaf = store.Put(Codec.Cbor, new byte[] { 1 });
        var root = store.Put(Codec.DagCbor, LinkTo(leaf));
        Assert.Throws<IpldException>(() => store.Flush(root, FlushRule.Nv17));
        store.Flush(root);
        Assert.Equal(2, below.Writes);
    }

    [Fact]
    public void Flushing_all_moves_everything()
    {
        var store = new BufferedBlockstore(below);
        store.Put(Codec.Raw, new byte[] { 1 });
        store.Put(Codec.Raw, new byte[] { 2 });
        store.FlushAll();
        Assert.Equal(2, below.Writes);
        Assert.Equal(0, store.BufferedCount);
    }
}
