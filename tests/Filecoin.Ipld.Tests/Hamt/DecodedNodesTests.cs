using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests.Hamt;

public sealed class DecodedNodesTests
{
    private const int Entries = 500;

    private static readonly HamtOptions Options = new(BitWidth: 5);

    [Fact]
    public void A_tree_that_is_opened_again_reads_no_block()
    {
        TrackingBlockstore store = Keeping(capacity: 1_000);
        Cid root = Fill(store);

        int before = store.Reads;
        Hamt<RawCbor> opened = Hamt<RawCbor>.Load(store, root, Options);
        for (int i = 0; i < Entries; i++)
        {
            Assert.True(opened.TryGet(Key(i), out RawCbor value));
            Assert.Equal(Value(i), value);
        }

        Assert.Equal(before, store.Reads);
    }

    [Fact]
    public void A_change_shows_in_no_other_tree_of_the_same_root()
    {
        TrackingBlockstore store = Keeping(capacity: 1_000);
        Cid root = Fill(store);

        Hamt<RawCbor> changed = Hamt<RawCbor>.Load(store, root, Options);
        Hamt<RawCbor> beside = Hamt<RawCbor>.Load(store, root, Options);
        for (int i = 0; i < Entries; i += 2)
        {
            _ = changed.Set(Key(i), Value(i + 1));
            _ = changed.Delete(Key(i + 1));
        }

        _ = changed.Set(Key(Entries), Value(1));
        Hamt<RawCbor> after = Hamt<RawCbor>.Load(store, root, Options);
        foreach (Hamt<RawCbor> other in new[] { beside, after })
        {
            for (int i = 0; i < Entries; i++)
            {
                Assert.True(other.TryGet(Key(i), out RawCbor value));
                Assert.Equal(Value(i), value);
            }

            Assert.False(other.Has(Key(Entries)));
        }

        Assert.Equal(root, beside.Flush());
    }

    [Fact]
    public void Random_changes_give_the_roots_of_a_store_that_keeps_none()
    {
        // Few are kept, so that nodes come from blocks and from what was kept in turn.
        TrackingBlockstore keeping = Keeping(capacity: 3);
        MemoryBlockstore plain = new();
        Cid kept = new Hamt<RawCbor>(keeping, Options).Flush();
        Cid expected = new Hamt<RawCbor>(plain, Options).Flush();
        Random random = new(20_261_130);
        for (int round = 0; round < 300; round++)
        {
            Hamt<RawCbor> left = Hamt<RawCbor>.Load(keeping, kept, Options);
            Hamt<RawCbor> right = Hamt<RawCbor>.Load(plain, expected, Options);
            for (int i = 0; i < 10; i++)
            {
                byte[] key = Key(random.Next(200));
                if (random.Next(3) == 0)
                {
                    Assert.Equal(right.Delete(key), left.Delete(key));
                }
                else
                {
                    RawCbor value = Value(random.Next(5));
                    Assert.Equal(right.Set(key, value), left.Set(key, value));
                }
            }

            (kept, expected) = (left.Flush(), right.Flush());
            Assert.Equal(expected, kept);
        }
    }

    [Fact]
    public void A_tree_that_goes_on_after_it_was_written_leaves_what_was_written_as_it_was()
    {
        TrackingBlockstore store = Keeping(capacity: 10_000);
        Hamt<RawCbor> tree = new(store, Options);
        Random random = new(20_261_201);
        Dictionary<int, RawCbor> entries = [];
        List<(Cid Root, Hamt<RawCbor> Opened, Dictionary<int, RawCbor> Entries)> written = [];
        for (int round = 0; round < 100; round++)
        {
            for (int i = 0; i < 20; i++)
            {
                int key = random.Next(Entries);
                if (random.Next(3) == 0)
                {
                    Assert.Equal(entries.Remove(key), tree.Delete(Key(key)));
                }
                else
                {
                    entries[key] = Value(random.Next(24));
                    _ = tree.Set(Key(key), entries[key]);
                }
            }

            Cid root = tree.Flush();
            written.Add((root, Hamt<RawCbor>.Load(store, root, Options), new(entries)));
        }

        foreach ((Cid root, Hamt<RawCbor> opened, Dictionary<int, RawCbor> expected) in written)
        {
            Hamt<RawCbor> again = Hamt<RawCbor>.Load(store, root, Options);
            foreach (Hamt<RawCbor> one in new[] { opened, again })
            {
                Assert.Equal(
                    expected.OrderBy(entry => entry.Key),
                    one.Entries().Select(entry => KeyValuePair.Create(
                        BitConverter.ToInt32(entry.Key.Span), entry.Value))
                        .OrderBy(entry => entry.Key));
            }
        }
    }

    [Fact]
    public void A_node_that_is_kept_for_some_options_is_read_by_others_from_its_block()
    {
        TrackingBlockstore store = Keeping(capacity: 1_000);
        Hamt<RawCbor> tree = new(store, Options);
        _ = tree.Set(Key(1), Value(1));
        Cid root = tree.Flush();

        _ = Assert.Throws<IpldException>(() =>
            Hamt<RawCbor>.Load(store, root, Options with { Format = HamtFormat.V0 }));
        _ = Assert.Throws<IpldException>(() =>
            Hamt<Cid>.Load(store, root, Options));
    }

    private static Cid Fill(TrackingBlockstore store)
    {
        Hamt<RawCbor> tree = new(store, Options);
        for (int i = 0; i < Entries; i++)
        {
            _ = tree.Set(Key(i), Value(i));
        }

        return tree.Flush();
    }

    private static TrackingBlockstore Keeping(int capacity) => new() { Nodes = new(capacity) };

    private static RawCbor Value(int number) => new(new[] { (byte)(number % 24) });

    private static byte[] Key(int number) => BitConverter.GetBytes(number);
}
