namespace Filecoin.Chain.Tests.Production;

public sealed class BlockProducerTests
{
    private readonly TestWallet sender = TestWallet.Secp(1);
    private readonly TestWallet other = TestWallet.BlsKey(2);
    private ulong now = 1_700_000_000;

    private TestNetwork Network => new(sender, other);

    private BlockProducer Produce(Blockchain chain, ProductionMode mode = ProductionMode.Manual) =>
        new(chain, () => now) { Mode = mode };

    [Fact]
    public void A_message_is_in_a_block_at_once()
    {
        Blockchain chain = Network.Start();
        BlockProducer producer = Produce(chain, ProductionMode.Instant);
        SignedMessage signed = sender.Sign(TestNetwork.Transfer(sender, 0, atto: 7));

        PoolVerdict verdict = producer.Submit(signed);

        Assert.Equal("", verdict.Line);
        Assert.Equal(new(1), chain.Head.Epoch);
        Assert.Equal(0, chain.Pool.Count);
        Assert.True(chain.Store.TryFindMessage(signed.Cid, out MessagePlace? place));
        Assert.Equal(chain.Head.KeyCid, place.TipsetKeyCid);
        Assert.True(chain.Store.TryGetRecord(chain.Head, out TipsetRecord? record));
        Assert.True(chain.Store.TryGetReceipt(record, place.Index, out Receipt? receipt));
        Assert.Equal(ExitCode.Ok, receipt.ExitCode);
        Assert.Equal(chain.StateRoot, record.StateRoot);
        Assert.NotEqual(chain.Head.ParentStateRoot, record.StateRoot);
    }

    [Fact]
    public void Messages_of_both_kinds_are_in_one_block_whose_aggregate_holds()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        SignedMessage own = sender.Sign(TestNetwork.Transfer(sender, 0));
        SignedMessage[] bls =
        [
            other.Sign(TestNetwork.Transfer(other, 0)), other.Sign(TestNetwork.Transfer(other, 1)),
        ];
        foreach (SignedMessage signed in (SignedMessage[])[own, .. bls])
        {
            Assert.True(producer.Submit(signed).IsAccepted);
        }

        TipsetOutcome outcome = producer.Mine();

        Assert.Equal(
            [bls[0].Cid, bls[1].Cid, own.Cid],
            outcome.Messages.Select(applied => applied.Message.Cid));
        Assert.All(outcome.Messages, applied =>
            Assert.Equal(ExitCode.Ok, applied.Result.Receipt.ExitCode));
        Signature aggregate = chain.Head.Blocks[0].BlsAggregate!.Value;
        ReadOnlyMemory<byte> key = other.Address.Payload.ToArray();
        Assert.Equal(Verdict.Valid, new SignatureVerifier().VerifyBlsAggregate(
            aggregate.Data.Span,
            [key, key],
            [bls[0].Cid.Bytes.ToArray(), bls[1].Cid.Bytes.ToArray()]));
        Assert.Equal(bls[0], chain.Store.Restore(ChainMessage.FromBls(bls[0].Message)));
    }

    [Fact]
    public void A_transaction_of_ethereum_is_found_by_its_hash()
    {
        TestWallet ethereum = TestWallet.Ethereum(3);
        (Blockchain chain, BlockProducer producer) = new TestNetwork(ethereum).StartManual();
        EthereumTransaction transaction = new(
            EthereumTransactionKind.DynamicFee, chain.Network.ChainId, 0,
            TokenAmount.FromAtto(5), TokenAmount.FromAtto(1_000_000_000), 5_000_000,
            new byte[20], TokenAmount.Zero, default, new byte[65]);
        SignedMessage signed = ethereum.Sign(transaction);
        Assert.Equal("", producer.Submit(signed).Line);
        byte[] hash = ChainMessage.From(signed).EthereumHash(chain.Network.ChainId)!;
        Assert.True(chain.Pool.TryGetEthereum(hash, out PoolEntry? waiting));
        Assert.Equal(signed.Cid, waiting.Message.Cid);

        producer.Mine();

        Assert.False(chain.Pool.TryGetEthereum(hash, out _));
        Assert.True(chain.Store.TryFindEthereum(hash, out Cid found));
        Assert.Equal(signed.Cid, found);
    }

    [Fact]
    public void Epochs_without_tipset_run_cron_and_are_told_apart()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        producer.Mine();

        TipsetOutcome outcome = producer.Mine(nullRounds: 3);

        Assert.Equal(new(5), chain.Head.Epoch);
        Assert.Equal(
            [2L, 3, 4, 5, 5],
            outcome.Implicit.Select(message => message.Epoch.Value));
        Assert.False(chain.TryGetTipset(new(3), NullRound.Refused, out _));
        Assert.True(chain.TryGetTipset(new(3), NullRound.Before, out Tipset? before));
        Assert.Equal(new(1), before.Epoch);
        Assert.True(chain.TryGetTipset(new(3), NullRound.After, out Tipset? after));
        Assert.Equal(new(5), after.Epoch);
        Assert.False(chain.TryGetTipset(new(6), NullRound.Before, out _));
        Assert.True(chain.TryGetTipset(new(0), NullRound.Refused, out _));
    }

    [Fact]
    public void Time_follows_the_clock_and_what_it_is_put_ahead()
    {
        Blockchain chain = Network.Start();
        BlockProducer producer = Produce(chain);
        now += 100;
        producer.Mine();
        Assert.Equal(now, chain.Head.Timestamp);
        producer.Mine();
        Assert.Equal(now + 1, chain.Head.Timestamp);
        producer.IncreaseTime(3_600);
        producer.Mine();
        Assert.Equal(now + 3_601, chain.Head.Timestamp);
        Assert.False(producer.SetNextTimestamp(now));
        Assert.True(producer.SetNextTimestamp(now + 10_000));
        producer.Mine();
        Assert.Equal(now + 10_000, chain.Head.Timestamp);
        now += 50;
        producer.Mine();
        Assert.Equal(now + 10_000, chain.Head.Timestamp);
    }

    [Fact]
    public void Blocks_by_interval_are_made_when_they_are_due()
    {
        Blockchain chain = Network.Start();
        BlockProducer producer = Produce(chain, ProductionMode.Interval);
        producer.Interval = TimeSpan.FromSeconds(5);
        now += 4;
        Assert.False(producer.Tick());
        now += 1;
        Assert.True(producer.Tick());
        Assert.False(producer.Tick());
        Assert.Equal(now, chain.Head.Timestamp);
    }

    [Fact]
    public void Blocks_by_a_part_of_a_second_are_made_when_that_has_passed()
    {
        Blockchain chain = Network.Start();
        BlockProducer producer = Produce(chain, ProductionMode.Interval);
        producer.Interval = TimeSpan.FromMilliseconds(500);
        ulong first = chain.Head.Timestamp;
        Assert.False(producer.Tick(TimeSpan.FromMilliseconds(499)));
        Assert.True(producer.Tick(TimeSpan.FromMilliseconds(500)));
        Assert.True(producer.Tick(TimeSpan.FromMilliseconds(500)));
        Assert.Equal((2, first + 2), (chain.Head.Epoch.Value, chain.Head.Timestamp));
    }

    [Fact]
    public void The_same_messages_at_the_same_times_make_the_same_blocks()
    {
        static Tipset Run(TestNetwork network, TestWallet sender)
        {
            (Blockchain chain, BlockProducer producer) = network.StartManual();
            for (ulong nonce = 0; nonce < 5; nonce++)
            {
                producer.Submit(sender.Sign(TestNetwork.Transfer(sender, nonce)));
                producer.Mine((long)nonce);
            }

            return chain.Head;
        }

        Assert.Equal(Run(Network, sender), Run(Network, sender));
    }

    [Fact]
    public void A_tipset_that_is_replayed_leads_to_the_same()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        producer.Submit(sender.Sign(TestNetwork.Transfer(sender, 0, TestWallet.Secp(9).Address)));
        TipsetOutcome first = producer.Mine(nullRounds: 2);

        TipsetOutcome again = chain.Replay(chain.Head, isTracing: true);

        Assert.Equal(first.StateRoot, again.StateRoot);
        Assert.Equal(first.ReceiptsRoot, again.ReceiptsRoot);
        Assert.NotNull(again.Messages[0].Result.Trace);
    }

    [Fact]
    public void A_snapshot_brings_back_head_state_pool_and_time()
    {
        Blockchain chain = Network.Start();
        BlockProducer producer = Produce(chain);
        producer.Submit(sender.Sign(TestNetwork.Transfer(sender, 0)));
        producer.Mine();
        (Tipset head, Cid state) = (chain.Head, chain.StateRoot);
        SignedMessage waiting = sender.Sign(TestNetwork.Transfer(sender, 1));
        producer.Submit(waiting);
        List<HeadChange> changes = [];
        chain.HeadChanged += changes.Add;

        ulong snapshot = producer.TakeSnapshot();
        producer.IncreaseTime(1_000);
        producer.Submit(other.Sign(TestNetwork.Transfer(other, 0)));
        producer.MineMany(2);
        Assert.True(producer.Revert(snapshot));

        Assert.Equal(head, chain.Head);
        Assert.Equal(state, chain.StateRoot);
        Assert.Equal([waiting.Cid], chain.Pool.Pending.Select(entry => entry.Message.Cid));
        Assert.Equal(now, producer.Now);
        Assert.Equal(2, changes[^1].Reverted.Count);
        Assert.Empty(changes[^1].Applied);
        Assert.False(chain.Store.TryFindMessage(waiting.Cid, out _));
        Assert.False(producer.Revert(snapshot));
        producer.Mine();
        Assert.True(chain.Store.TryFindMessage(waiting.Cid, out _));
    }

    [Fact]
    public void Messages_of_a_block_that_is_taken_back_wait_again()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        Tipset genesis = chain.Head;
        SignedMessage[] sent =
        [
            sender.Sign(TestNetwork.Transfer(sender, 0)),
            other.Sign(TestNetwork.Transfer(other, 0)),
        ];
        Assert.All(sent, signed => Assert.True(producer.Submit(signed).IsAccepted));
        producer.Mine();
        Tipset mined = chain.Head;

        HeadChange back = chain.MoveHead(genesis);

        Assert.Equal([mined], back.Reverted);
        Assert.Equal(
            sent.Select(signed => signed.Cid).Order(),
            chain.Pool.Pending.Select(entry => entry.Message.Cid).Order());
        Assert.False(chain.TryGetTipset(new(1), NullRound.Refused, out _));
        HeadChange forth = chain.MoveHead(mined);
        Assert.Equal([mined], forth.Applied);
        Assert.Equal(0, chain.Pool.Count);
        Assert.True(chain.Store.TryFindMessage(sent[0].Cid, out _));
    }

    [Fact]
    public void An_amended_state_is_where_the_next_block_starts()
    {
        (Blockchain chain, BlockProducer producer) = Network.StartManual();
        producer.Mine();
        ActorId id = new(TestNetwork.FirstAccount);
        chain.AmendState((blocks, root) =>
        {
            StateTree state = StateTree.Load(blocks, root, ProtocolLine.Watermelon);
            Assert.True(state.TryGetActor(id, out ActorState actor));
            state.SetActor(id, actor with { Balance = TokenAmount.FromFil(5) });
            return state.Flush();
        });
        Cid amended = chain.StateRoot;

        producer.Mine();

        Assert.Equal(amended, chain.Head.ParentStateRoot);
        StateTree after = StateTree.Load(
            chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon);
        Assert.True(after.TryGetActor(id, out ActorState changed));
        Assert.Equal(TokenAmount.FromFil(5), changed.Balance);
    }
}
