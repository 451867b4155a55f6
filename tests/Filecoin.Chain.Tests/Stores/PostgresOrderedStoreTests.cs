using CsCheck;

namespace Filecoin.Chain.Tests.Stores;

public sealed class PostgresOrderedStoreTests(PostgresServer server)
    : IClassFixture<PostgresServer>
{
    [Fact]
    public void It_is_a_sorted_dictionary()
    {
        string database = server.NewDatabase();
        int count = 0;
        Gen.Select(
            Gen.Byte[0, 20], Gen.Byte.Nullable(), (key, value) => (Key: key, Value: value))
            .List[1, 40].Sample(
                changes =>
                {
                    PostgresServer.Execute(database, $"CREATE SCHEMA s{++count}");
                    using PostgresOrderedStore store =
                        PostgresOrderedStore.Open($"{database};Search Path=s{count}");
                    OrderedStoreTests.Compare(store, changes);
                },
                iter: 10,
                threads: 1);
    }

    [Fact]
    public void Keys_and_values_are_bytes()
    {
        using PostgresOrderedStore store = PostgresOrderedStore.Open(server.NewDatabase());
        StoreBatch batch = new();
        batch.Put(StoreFamily.Index, Array.Empty<byte>(), Array.Empty<byte>());
        batch.Put(StoreFamily.Index, new byte[] { 0xff, 0 }, new byte[] { 0, 0xff });
        batch.Put(StoreFamily.Index, new byte[] { 0x7f }, new byte[] { 1 });
        store.Write(batch);

        Assert.True(store.TryGet(StoreFamily.Index, [], out ReadOnlyMemory<byte> empty));
        Assert.Equal(0, empty.Length);
        Assert.True(store.TryGet(StoreFamily.Index, [0xff, 0], out ReadOnlyMemory<byte> value));
        Assert.Equal([0, 0xff], value.ToArray());
        Assert.False(store.TryGet(StoreFamily.Chain, [], out _));
        Assert.Equal(
            [0, 1, 2], store.Scan(StoreFamily.Index).Select(entry => entry.Key.Length));
    }

    [Fact]
    public void Several_nodes_read_the_chain_that_one_writes()
    {
        string database = server.NewDatabase();
        using PostgresOrderedStore written = PostgresOrderedStore.Open(database);
        (Blockchain writer, BlockProducer producer) = ChainWriter.Network.StartManual(written);
        using PostgresOrderedStore first = PostgresOrderedStore.Open(database, isReadOnly: true);
        using PostgresOrderedStore second = PostgresOrderedStore.Open(database, isReadOnly: true);
        Blockchain[] readers = [Read(first), Read(second)];
        ulong snapshot = producer.TakeSnapshot();
        Mine(3);
        Tipset left = writer.Head;
        CheckReaders(reverted: 0, applied: 3);
        Assert.True(producer.Revert(snapshot));
        producer.Mine(nullRounds: 5);
        CheckReaders(reverted: 3, applied: 1);
        Assert.False(readers[0].Store.IsCanonical(left));

        void Mine(int count)
        {
            for (int i = 0; i < count; i++)
            {
                ulong nonce = writer.Pool.NextNonce(ChainWriter.Sender.Address);
                Assert.True(producer.Submit(ChainWriter.MessageOf(nonce)).IsAccepted);
                producer.Mine();
            }
        }

        void CheckReaders(int reverted, int applied)
        {
            foreach (Blockchain reader in readers)
            {
                HeadChange change = reader.Refresh()!;
                Assert.Equal(
                    (reverted, applied), (change.Reverted.Count, change.Applied.Count));
                Assert.Equal(writer.Head, reader.Head);
                Assert.Equal(writer.StateRoot, reader.StateRoot);
                Assert.Equal(writer.NextBaseFee, reader.NextBaseFee);
                Assert.Equal(writer.StateRoot, reader.Replay(reader.Head).StateRoot);
                Assert.Null(reader.Refresh());
            }
        }
    }

    [Fact]
    public void A_chain_in_the_database_is_that_in_memory()
    {
        static Tipset Run(IOrderedStore store)
        {
            (Blockchain chain, BlockProducer producer) = ChainWriter.Network.StartManual(store);
            for (ulong nonce = 0; nonce < 4; nonce++)
            {
                Assert.True(producer.Submit(ChainWriter.MessageOf(nonce)).IsAccepted);
                producer.Mine(nonce == 2 ? 7 : 0);
            }

            return chain.Head;
        }

        string database = server.NewDatabase();
        Tipset head;
        using (PostgresOrderedStore store = PostgresOrderedStore.Open(database))
        {
            head = Run(store);
            Assert.Equal(Run(new MemoryOrderedStore()), head);
        }

        using PostgresOrderedStore again = PostgresOrderedStore.Open(database);
        Assert.Equal(head, ChainWriter.Network.Start(again).Head);
    }

    [Fact]
    public void Only_one_node_writes()
    {
        string database = server.NewDatabase();
        using PostgresOrderedStore writer = PostgresOrderedStore.Open(database);
        using PostgresOrderedStore reader =
            PostgresOrderedStore.Open(database, isReadOnly: true);

        ChainStoreException refusal =
            Assert.Throws<ChainStoreException>(() => PostgresOrderedStore.Open(database));

        Assert.EndsWith("another node writes it", refusal.Message);
        Assert.Throws<InvalidOperationException>(() => reader.Write(new()));
    }

    [Fact]
    public void A_writer_that_has_lost_its_connection_changes_nothing_more()
    {
        string database = server.NewDatabase();
        using PostgresOrderedStore lost = PostgresOrderedStore.Open(database);
        (Blockchain chain, BlockProducer producer) = ChainWriter.Network.StartManual(lost);
        producer.Mine();
        Tipset head = chain.Head;
        PostgresServer.Execute(
            database,
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");

        Assert.ThrowsAny<Exception>(() => producer.Mine());

        using PostgresOrderedStore next = OpenOnceFree(database);
        Assert.Equal(head, ChainWriter.Network.Start(next).Head);
        Assert.ThrowsAny<Exception>(() => producer.Mine());
    }

    [Fact]
    public void A_newer_format_and_an_empty_database_are_refused_in_one_line()
    {
        string database = server.NewDatabase();
        Assert.EndsWith(
            "no chain store",
            Assert.Throws<ChainStoreException>(
                () => PostgresOrderedStore.Open(database, isReadOnly: true)).Message);
        PostgresOrderedStore.Open(database).Dispose();
        PostgresServer.Execute(database, "UPDATE fvm_format SET format = 2");

        ChainStoreException refusal =
            Assert.Throws<ChainStoreException>(() => PostgresOrderedStore.Open(database));

        Assert.EndsWith(
            "its format 2 is newer than 1, the newest known here", refusal.Message);
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_in_one_line()
    {
        ChainStoreException refusal = Assert.Throws<ChainStoreException>(
            () => PostgresOrderedStore.Open("postgres://fvm@127.0.0.1:1/none?Timeout=1"));
        Assert.StartsWith("chain store postgres://127.0.0.1/none: ", refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("postgres://a%40b:p%3Aq@db:5433/chain?schema=one", "Search Path", "one")]
    [InlineData("postgresql://a%40b:p%3Aq@db:5433/chain?Timeout=3", "Timeout", "3")]
    public void An_address_is_read(string address, string keyword, string value)
    {
        Npgsql.NpgsqlConnectionStringBuilder settings = PostgresAddress.Parse(address);
        Assert.Equal(
            ("a@b", "p:q", "db", 5433, "chain"),
            (settings.Username, settings.Password, settings.Host, settings.Port,
                settings.Database));
        Assert.Equal(value, settings[keyword].ToString());
    }

    /// <summary>A server takes a moment to end what it was told to end.</summary>
    private static PostgresOrderedStore OpenOnceFree(string database)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return PostgresOrderedStore.Open(database);
            }
            catch (ChainStoreException) when (attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static Blockchain Read(PostgresOrderedStore store) => Blockchain.Open(new()
    {
        Store = store,
        Machines = TestNetwork.Open,
        BuildGenesis = _ => throw new InvalidOperationException("a reader begins no chain"),
        IsReader = true,
    });
}
