using CsCheck;

namespace Filecoin.Chain.Tests.Stores;

public sealed class OrderedStoreTests : IDisposable
{
    private readonly string folder =
        Path.Combine(Path.GetTempPath(), $"fvm-chain-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_a_sorted_dictionary(bool isOnDisk)
    {
        int count = 0;
        Gen.Select(
            Gen.Byte[0, 20], Gen.Byte.Nullable(), (key, value) => (Key: key, Value: value))
            .List[1, 40].Sample(
                changes =>
                {
                    string place = Path.Combine(folder, $"{++count}");
                    using IOrderedStore store = isOnDisk
                        ? RocksOrderedStore.Open(place)
                        : new MemoryOrderedStore();
                    Compare(store, changes);
                },
                iter: isOnDisk ? 20 : 300,
                threads: 1);
    }

    [Fact]
    public void What_was_written_is_there_when_it_is_opened_again()
    {
        StoreBatch batch = new();
        batch.Put(StoreFamily.Index, new byte[] { 1, 2 }, new byte[] { 3 });
        batch.Put(StoreFamily.Pool, Array.Empty<byte>(), Array.Empty<byte>());
        using (RocksOrderedStore store = RocksOrderedStore.Open(folder))
        {
            store.Write(batch);
        }

        using RocksOrderedStore again = RocksOrderedStore.Open(folder);
        Assert.True(again.TryGet(StoreFamily.Index, [1, 2], out ReadOnlyMemory<byte> value));
        Assert.Equal([3], value.ToArray());
        Assert.False(again.TryGet(StoreFamily.Blocks, [1, 2], out _));
        Assert.Single(again.Scan(StoreFamily.Pool));
    }

    [Theory]
    [InlineData("fvm chain 2", "its format 2 is newer than 1, the newest known here")]
    [InlineData("fvm chain x", "its format is not readable")]
    [InlineData("1", "its format is not readable")]
    public void Another_format_is_refused_in_one_line(string format, string reason)
    {
        RocksOrderedStore.Open(folder).Dispose();
        ChangeFormat(format);

        ChainStoreException refusal =
            Assert.Throws<ChainStoreException>(() => RocksOrderedStore.Open(folder));

        Assert.Equal($"chain store {folder}: {reason}", refusal.Message);
    }

    [Fact]
    public void A_store_of_blocks_alone_is_refused_in_one_line()
    {
        RocksBlockstore.Open(folder).Dispose();
        ChainStoreException refusal =
            Assert.Throws<ChainStoreException>(() => RocksOrderedStore.Open(folder));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_store_that_is_open_is_not_opened_again()
    {
        using RocksOrderedStore store = RocksOrderedStore.Open(folder);
        ChainStoreException refusal =
            Assert.Throws<ChainStoreException>(() => RocksOrderedStore.Open(folder));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    internal static void Compare(IOrderedStore store, List<(byte Key, byte? Value)> changes)
    {
        SortedDictionary<byte, byte> model = [];
        StoreBatch batch = new();
        foreach ((byte key, byte? value) in changes)
        {
            if (value is byte present)
            {
                batch.Put(StoreFamily.Chain, new[] { key }, new[] { present });
                model[key] = present;
            }
            else
            {
                batch.Delete(StoreFamily.Chain, new[] { key });
                model.Remove(key);
            }
        }

        store.Write(batch);
        Assert.Equal(
            model.Select(entry => (entry.Key, entry.Value)),
            store.Scan(StoreFamily.Chain).Select(entry => (entry.Key[0], entry.Value[0])));
        for (byte at = 0; at <= 21; at++)
        {
            int? before = model.Keys.Where(key => key <= at).Select(key => (int?)key).Max();
            int? after = model.Keys.Where(key => key >= at).Select(key => (int?)key).Min();
            Assert.Equal(
                before,
                store.TryGetAtOrBefore(StoreFamily.Chain, [at], out byte[] low, out byte[] one)
                    ? low[0] : null);
            Assert.Equal(
                after,
                store.TryGetAtOrAfter(StoreFamily.Chain, [at], out byte[] high, out _)
                    ? high[0] : null);
            Assert.Equal(model.ContainsKey(at), store.TryGet(StoreFamily.Chain, [at], out _));
            Assert.True(before is not int found || one[0] == model[(byte)found]);
        }
    }

    private void ChangeFormat(string format)
    {
        RocksDbSharp.ColumnFamilies families = [];
        foreach (string name in (string[])["default", "blocks", "chain", "index", "pool"])
        {
            families.Add(name, new RocksDbSharp.ColumnFamilyOptions());
        }

        using RocksDbSharp.RocksDb database = RocksDbSharp.RocksDb.Open(
            new RocksDbSharp.DbOptions(), folder, families);
        database.Put("format"u8, System.Text.Encoding.ASCII.GetBytes(format).AsSpan());
    }
}
