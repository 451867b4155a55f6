using System.Diagnostics;
using System.Globalization;
using RocksDbSharp;

namespace Filecoin.Ipld.Tests.Blockstores;

public sealed class RocksBlockstoreTests : IDisposable
{
    private readonly string folder =
        Path.Combine(Path.GetTempPath(), $"fvm-rocks-{Guid.NewGuid():n}");

    private static (Cid Cid, ReadOnlyMemory<byte> Block) BlockOf(int number) =>
        BlockWriter.Batch(number).First();

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_block_that_was_put_is_there()
    {
        (Cid cid, ReadOnlyMemory<byte> block) = BlockOf(1);
        using RocksBlockstore store = RocksBlockstore.Open(folder);
        Assert.False(store.Has(cid));
        Assert.False(store.TryGet(cid, out _));
        store.Put(cid, block);
        Assert.True(store.Has(cid));
        Assert.True(store.TryGet(cid, out ReadOnlyMemory<byte> read));
        Assert.Equal(block.ToArray(), read.ToArray());
    }

    [Fact]
    public void An_empty_block_is_a_block()
    {
        Cid cid = Cid.Of(Codec.Raw, default(ReadOnlySpan<byte>));
        using RocksBlockstore store = RocksBlockstore.Open(folder);
        store.Put(cid, default);
        Assert.True(store.Has(cid));
        Assert.True(store.TryGet(cid, out ReadOnlyMemory<byte> read));
        Assert.True(read.IsEmpty);
    }

    [Fact]
    public void Blocks_are_there_after_the_store_was_closed()
    {
        using (RocksBlockstore store = RocksBlockstore.Open(folder))
        {
            store.PutAll(BlockWriter.Batch(3));
        }

        using RocksBlockstore again = RocksBlockstore.Open(folder);
        Assert.All(BlockWriter.Batch(3), kept => Assert.True(again.Has(kept.Cid)));
    }

    [Fact]
    public void A_map_is_flushed_through_a_buffer_and_read_again()
    {
        Cid root;
        using (RocksBlockstore store = RocksBlockstore.Open(folder))
        {
            BufferedBlockstore buffer = new(store);
            Hamt<RawCbor> map = new(buffer, new(5));
            for (int i = 0; i < 500; i++)
            {
                map.Set(BitConverter.GetBytes(i), new RawCbor(new byte[] { 0x01 }));
            }

            root = map.Flush();
            buffer.Flush(root);
        }

        using RocksBlockstore again = RocksBlockstore.Open(folder);
        Assert.Equal(500, Hamt<RawCbor>.Load(again, root, new(5)).Entries().Count());
    }

    [Fact]
    public void Readers_run_beside_a_writer()
    {
        using RocksBlockstore store = RocksBlockstore.Open(folder);
        (Cid Cid, ReadOnlyMemory<byte> Block)[] blocks =
            [.. Enumerable.Range(0, 60).Select(BlockOf)];
        int written = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            for (int i = 0; i < 400; i++)
            {
                if (worker == 0 && i < blocks.Length)
                {
                    store.Put(blocks[i].Cid, blocks[i].Block);
                    Volatile.Write(ref written, i + 1);
                }

                int known = Volatile.Read(ref written);
                for (int j = Math.Max(0, known - 3); j < known; j++)
                {
                    Assert.True(store.TryGet(blocks[j].Cid, out ReadOnlyMemory<byte> read));
                    Assert.True(read.Span.SequenceEqual(blocks[j].Block.Span));
                }
            }
        });
        Assert.Equal(blocks.Length, written);
    }

    [Fact]
    public void What_was_acknowledged_survives_a_killed_process()
    {
        int next = 0;
        for (int round = 0; round < 3; round++)
        {
            int acknowledged = RunAndKill(firstBatches: 4 + (5 * round));
            Assert.True(acknowledged >= next, "a round without an acknowledgement");
            using RocksBlockstore store = RocksBlockstore.Open(folder);
            for (int number = 0; number <= acknowledged; number++)
            {
                Assert.All(BlockWriter.Batch(number), kept => Assert.True(IsWhole(store, kept)));
            }

            // The batch that was under way is there as a whole or not at all.
            Assert.Single(BlockWriter.Batch(acknowledged + 1)
                .Select(kept => IsWhole(store, kept)).Distinct());
            next = acknowledged + 1;
        }
    }

    [Theory]
    [InlineData(
        new byte[] { 2 }, new[] { "of a newer format" },
        "its format 2 is newer than 1, the newest known here")]
    [InlineData(new byte[] { 0x80 }, new string[0], "its format is not readable")]
    [InlineData(new byte[] { 1, 1 }, new string[0], "its format is not readable")]
    public void Another_format_is_refused_in_one_line(
        byte[] format, string[] families, string reason)
    {
        RocksBlockstore.Open(folder).Dispose();
        using (RocksDb database = OpenWith(["blocks", .. families]))
        {
            database.Put("format"u8, format.AsSpan());
        }

        BlockstoreException refusal =
            Assert.Throws<BlockstoreException>(() => RocksBlockstore.Open(folder));
        Assert.Equal($"block store {folder}: {reason}", refusal.Message);
    }

    [Fact]
    public void The_database_of_another_program_is_refused_in_one_line()
    {
        using (RocksDb database = OpenWith())
        {
            database.Put("theirs"u8, new ReadOnlySpan<byte>([1]));
        }

        BlockstoreException refusal =
            Assert.Throws<BlockstoreException>(() => RocksBlockstore.Open(folder));
        Assert.Equal($"block store {folder}: another program's database", refusal.Message);
    }

    [Fact]
    public void A_store_that_is_open_is_not_opened_again()
    {
        using RocksBlockstore store = RocksBlockstore.Open(folder);
        BlockstoreException refusal =
            Assert.Throws<BlockstoreException>(() => RocksBlockstore.Open(folder));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_damaged_store_is_refused_in_one_line()
    {
        RocksBlockstore.Open(folder).Dispose();
        File.WriteAllText(Path.Combine(folder, "CURRENT"), "no manifest");
        BlockstoreException refusal =
            Assert.Throws<BlockstoreException>(() => RocksBlockstore.Open(folder));
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_closed_store_answers_nothing()
    {
        RocksBlockstore store = RocksBlockstore.Open(folder);
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.Has(BlockOf(1).Cid));
        Assert.Throws<ObjectDisposedException>(() => store.TryGet(BlockOf(1).Cid, out _));
        Assert.Throws<ObjectDisposedException>(() => store.Put(BlockOf(1).Cid, default));
    }

    private static bool IsWhole(
        RocksBlockstore store, (Cid Cid, ReadOnlyMemory<byte> Block) expected) =>
        store.TryGet(expected.Cid, out ReadOnlyMemory<byte> block)
        && block.Span.SequenceEqual(expected.Block.Span);

    /// <summary>Kills a writer and gives the last batch that it has acknowledged.</summary>
    private int RunAndKill(int firstBatches)
    {
        using Process writer = BlockWriter.Start(folder);
        int last = -1;
        for (int i = 0; writer.StandardOutput.ReadLine() is string line; i++)
        {
            last = int.Parse(line, CultureInfo.InvariantCulture);
            if (i == firstBatches)
            {
                // SIGKILL: what the process has not handed over is lost.
                writer.Kill();
            }
        }

        writer.WaitForExit();
        return last;
    }

    private RocksDb OpenWith(params string[] names)
    {
        ColumnFamilies families = [];
        foreach (string name in names)
        {
            families.Add(name, new ColumnFamilyOptions());
        }

        DbOptions options = new DbOptions()
            .SetCreateIfMissing(true).SetCreateMissingColumnFamilies(true);
        return RocksDb.Open(options, folder, families);
    }
}
