using CsCheck;

namespace Filecoin.Chain.Tests.Snapshots;

public sealed class ChainSnapshotTests
{
    private static readonly TestWallet Secp = TestWallet.Secp(1);
    private static readonly TestWallet Bls = TestWallet.BlsKey(2);
    private static readonly TestNetwork Network = new(Secp, Bls);

    private static readonly StoreFamily[] Families = Enum.GetValues<StoreFamily>();

    [Fact]
    public void What_is_exported_and_imported_is_the_same_chain() => Gen.Select(
        Gen.Int[0, 3].List[1, 8], Gen.Int[1, 12]).Sample(
            (steps, depth) =>
            {
                (Blockchain chain, BlockProducer producer) = Network.StartManual();
                Mine(producer, steps);
                byte[] car = Export(chain, depth);
                MemoryOrderedStore store = new();

                Tipset head = ChainSnapshot.Import(new MemoryStream(car), OptionsOf(store));

                (Blockchain again, BlockProducer next) = Network.StartManual(store);
                Assert.Equal(chain.Head, head);
                Assert.Equal(chain.Head, again.Head);
                Assert.Equal(chain.StateRoot, again.StateRoot);
                Assert.Equal(chain.NextBaseFee, again.NextBaseFee);
                Assert.Equal(car, Export(again, depth));
                CheckTipsets(chain, again, depth);
                Submit(next, Secp, chain.Pool.NextNonce(Secp.Address));
                Submit(producer, Secp, chain.Pool.NextNonce(Secp.Address));
                Assert.Equal(producer.Mine().StateRoot, next.Mine().StateRoot);
                Assert.Equal(chain.Head, again.Head);
            },
            iter: 15,
            threads: 1);

    [Fact]
    public void A_chain_of_real_actors_is_replayed_when_it_is_imported()
    {
        Blockchain chain = NativeNetwork.Start(
            new GenesisAccount(Secp.Address, TokenAmount.FromFil(10)));
        BlockProducer producer = new(chain, () => 0) { Mode = ProductionMode.Manual };
        Mine(producer, [2, 0, 1], isSending: false);
        Submit(producer, Secp, 0);
        producer.Mine();
        MemoryOrderedStore store = new();
        BlockchainOptions options = new()
        {
            Store = store,
            Machines = NativeMachines.Open,
            BuildGenesis = _ => throw new InvalidOperationException("a second first state"),
        };

        ChainSnapshot.Import(
            new MemoryStream(Export(chain, 100)), options, new() { ReplayMax = 100 });

        Blockchain again = Blockchain.Open(options);
        Assert.Equal(chain.Head, again.Head);
        Assert.Equal(chain.StateRoot, again.StateRoot);
    }

    [Fact]
    public void A_damaged_snapshot_leaves_the_store_empty()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        Mine(producer, [1, 0]);
        byte[] car = Export(chain, 3);
        for (int place = 0; place < car.Length; place += 97)
        {
            byte[] changed = [.. car];
            changed[place] ^= 1;
            CheckRefused(changed);
            CheckRefused(car[..place]);
        }
    }

    [Fact]
    public void A_snapshot_that_lacks_a_block_is_refused()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        Mine(producer, [1, 0]);
        List<(Cid Cid, byte[] Block)> blocks = [];
        CarReader reader = new(Export(chain, 2));
        while (reader.TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
        {
            blocks.Add((cid, block.ToArray()));
        }

        for (int left = 0; left < blocks.Count; left++)
        {
            using MemoryStream stream = new();
            CarWriter writer = new(stream, [.. reader.Roots]);
            for (int i = 0; i < blocks.Count; i++)
            {
                if (i != left)
                {
                    writer.Write(blocks[i].Cid, blocks[i].Block);
                }
            }

            MemoryOrderedStore store = new();
            try
            {
                Tipset head = ChainSnapshot.Import(
                    new MemoryStream(stream.ToArray()), OptionsOf(store));

                // Only what no state within the depth reaches may be left out.
                Assert.Equal(chain.Head, head);
                Assert.Equal(chain.StateRoot, Network.Start(store).StateRoot);
            }
            catch (SnapshotException)
            {
                CheckEmpty(store);
            }
        }
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("blocks")]
    [InlineData("block")]
    [InlineData("genesis")]
    public void A_snapshot_beyond_a_limit_is_refused(string what)
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        Mine(producer, [1]);
        SnapshotLimits limits = what switch
        {
            "bytes" => new() { BytesMax = 1_000 },
            "blocks" => new() { BlocksMax = 5 },
            "block" => new() { BlockBytesMax = 100 },
            _ => new() { Genesis = chain.Head.Cids[0] },
        };
        MemoryOrderedStore store = new();

        Assert.Throws<SnapshotException>(() => ChainSnapshot.Import(
            new MemoryStream(Export(chain, 2)), OptionsOf(store), limits));

        CheckEmpty(store);
    }

    [Fact]
    public void A_store_with_a_chain_takes_no_snapshot()
    {
        MemoryOrderedStore store = new();
        (Blockchain chain, BlockProducer producer) = Network.StartManual(store);
        Mine(producer, [1]);
        Tipset head = chain.Head;

        Assert.Throws<SnapshotException>(() => ChainSnapshot.Import(
            new MemoryStream(Export(chain, 2)), OptionsOf(store)));

        Assert.Equal(head, Network.Start(store).Head);
    }

    [Fact]
    public void An_import_that_was_cut_off_is_no_chain_and_is_begun_again()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        Mine(producer, [1]);
        MemoryOrderedStore store = new();
        StoreBatch batch = new();
        batch.Put(StoreFamily.Chain, ChainKeys.UnfinishedImport, Array.Empty<byte>());
        batch.Put(StoreFamily.Blocks, new byte[] { 1 }, new byte[] { 2 });
        store.Write(batch);

        Assert.Throws<ChainStoreException>(() => Network.Start(store));
        ChainSnapshot.Import(new MemoryStream(Export(chain, 2)), OptionsOf(store));

        Assert.Equal(chain.Head, Network.Start(store).Head);
        Assert.False(store.TryGet(StoreFamily.Blocks, [1], out _));
    }

    private static void CheckTipsets(Blockchain chain, Blockchain again, int depth)
    {
        for (long epoch = 0; epoch <= chain.Head.Epoch.Value; epoch++)
        {
            bool isFound = chain.TryGetTipset(new(epoch), NullRound.Refused, out Tipset? left);
            Assert.Equal(
                isFound, again.TryGetTipset(new(epoch), NullRound.Refused, out Tipset? right));
            Assert.Equal(left, right);
            if (!isFound || epoch == 0)
            {
                continue;
            }

            Assert.True(chain.Store.TryGetRecord(left!, out TipsetRecord? own));
            Assert.True(again.Store.TryGetRecord(right!, out TipsetRecord? other));
            Assert.Equal(own, other);
            if (chain.Head.Epoch.Value - epoch < depth)
            {
                TipsetOutcome outcome = again.Replay(right!);
                Assert.Equal(own.ComputedState, outcome.StateRoot);
                Assert.Equal(own.ReceiptsRoot, outcome.ReceiptsRoot);
                Assert.All(outcome.Messages, applied => Assert.True(
                    again.Store.TryFindMessage(applied.Message.Cid, out _)));
            }
        }
    }

    private static void CheckRefused(byte[] car)
    {
        MemoryOrderedStore store = new();
        Assert.Throws<SnapshotException>(
            () => ChainSnapshot.Import(new MemoryStream(car), OptionsOf(store)));
        CheckEmpty(store);
    }

    private static void CheckEmpty(MemoryOrderedStore store) =>
        Assert.All(Families, family => Assert.Empty(store.Scan(family)));

    private static BlockchainOptions OptionsOf(MemoryOrderedStore store) => new()
    {
        Store = store,
        Machines = TestNetwork.Open,
        BuildGenesis = _ => throw new InvalidOperationException("a second first state"),
    };

    private static byte[] Export(Blockchain chain, long depth)
    {
        using MemoryStream stream = new();
        ChainSnapshot.Export(chain.Store, chain.Head, depth, stream);
        return stream.ToArray();
    }

    private static void Mine(
        BlockProducer producer, List<int> nullRounds, bool isSending = true)
    {
        ulong nonce = 0;
        foreach (int skipped in nullRounds)
        {
            if (isSending)
            {
                Submit(producer, Secp, nonce);
                Submit(producer, Bls, nonce++);
            }

            producer.Mine(skipped);
        }
    }

    private static void Submit(BlockProducer producer, TestWallet wallet, ulong nonce) =>
        Assert.Equal(
            "", producer.Submit(wallet.Sign(TestNetwork.Transfer(wallet, nonce))).Line);
}
