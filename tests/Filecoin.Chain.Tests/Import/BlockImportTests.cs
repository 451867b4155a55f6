namespace Filecoin.Chain.Tests.Import;

public sealed class BlockImportTests
{
    private static readonly TestWallet Secp = TestWallet.Secp(1);
    private static readonly TestWallet Bls = TestWallet.BlsKey(2);
    private static readonly TestWallet OtherBls = TestWallet.BlsKey(3);
    private static readonly TestNetwork Network = new(Secp, Bls, OtherBls);

    [Fact]
    public void A_follower_comes_to_the_same_roots()
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();
        Blockchain follower = Network.Start();
        for (ulong nonce = 0; nonce < 5; nonce++)
        {
            Submit(producer, Secp, nonce);
            Submit(producer, Bls, nonce);
            Submit(producer, OtherBls, nonce);
            producer.Mine((long)nonce % 3);

            ImportResult result = follower.Import(BlocksOf(leader));

            Assert.True(result.IsHead);
            Assert.Equal(leader.Head, follower.Head);
            Assert.Equal(leader.StateRoot, follower.StateRoot);
            Assert.Equal(leader.NextBaseFee, follower.NextBaseFee);
            Assert.Equal(3, result.Outcome!.Messages.Count);
        }

        Assert.Null(follower.Import(BlocksOf(leader)).Outcome);
    }

    [Fact]
    public void An_announced_block_is_put_together_from_its_messages()
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();
        Blockchain follower = Network.Start();
        Submit(producer, Secp, 0);
        Submit(producer, Bls, 0);
        producer.Mine();
        Block block = BlocksOf(leader)[0].ToBlock();

        Assert.Equal(
            BlockRefusal.MessageLists,
            Assert.Throws<BlockRefusedException>(
                () => follower.Import(block, new MemoryBlockstore())).Reason);
        Assert.True(follower.Import(block, leader.Store.Blocks).IsHead);
        Assert.Equal(leader.StateRoot, follower.StateRoot);
    }

    [Fact]
    public void A_message_of_an_imported_block_waits_no_more()
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();
        Blockchain follower = Network.Start();
        Submit(producer, Secp, 0);
        producer.Mine();
        SignedMessage late = Secp.Sign(TestNetwork.Transfer(Secp, 1));
        Assert.True(follower.Pool.Add(Secp.Sign(TestNetwork.Transfer(Secp, 0))).IsAccepted);
        Assert.True(follower.Pool.Add(late).IsAccepted);

        follower.Import(BlocksOf(leader));

        Assert.Equal(late.Cid, Assert.Single(follower.Pool.Pending).Message.Cid);
    }

    public static TheoryData<BlockRefusal, string> Changes => new()
    {
        { BlockRefusal.Epoch, "same epoch" },
        { BlockRefusal.Epoch, "far epoch" },
        { BlockRefusal.Epoch, "epoch below 0" },
        { BlockRefusal.Timestamp, "earlier" },
        { BlockRefusal.Weight, "weight" },
        { BlockRefusal.BaseFee, "base fee" },
        { BlockRefusal.MessageLists, "lists" },
        { BlockRefusal.Form, "not won" },
        { BlockRefusal.Form, "no ticket" },
        { BlockRefusal.ParentsUnknown, "parents" },
        { BlockRefusal.Outcome, "state" },
        { BlockRefusal.Outcome, "receipts" },
        { BlockRefusal.Signature, "no aggregate" },
        { BlockRefusal.Signature, "aggregate" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_header_is_refused_and_nothing_changes(BlockRefusal reason, string what)
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();
        Blockchain follower = Network.Start();
        producer.Mine();
        follower.Import(BlocksOf(leader));
        Submit(producer, Bls, 0);
        producer.Mine();
        Tipset before = follower.Head;
        FullBlock block = BlocksOf(leader)[0];
        BlockHeader header = block.Header;
        FullBlock changed = block.With(what switch
        {
            "same epoch" => header with { Epoch = before.Epoch },
            "far epoch" => header with { Epoch = new(1L << 60) },
            "epoch below 0" => header with { Epoch = new(long.MinValue) },
            "earlier" => header with { Timestamp = before.Timestamp - 1 },
            "weight" => header with { ParentWeight = new(header.ParentWeight.Value + 1) },
            "base fee" => header with
            {
                ParentBaseFee = header.ParentBaseFee + TokenAmount.FromAtto(1),
            },
            "lists" => header with { Messages = before.Blocks[0].Messages },
            "not won" => header with { ElectionProof = new ElectionProof(0, default) },
            "no ticket" => header with { Ticket = null },
            "parents" => header with { Parents = [header.Messages] },
            "state" => header with { ParentStateRoot = header.Messages },
            "receipts" => header with { ParentReceipts = header.Messages },
            "no aggregate" => header with { BlsAggregate = null },
            _ => header with { BlsAggregate = new(SignatureType.Bls, new byte[96]) },
        });

        BlockRefusedException refusal =
            Assert.Throws<BlockRefusedException>(() => follower.Import([changed]));

        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(before, follower.Head);
        Assert.False(follower.Store.Blocks.Has(changed.Header.Cid));
        Assert.True(follower.Import([block]).IsHead);
    }

    [Fact]
    public void A_message_that_may_not_be_in_a_block_is_named()
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();
        Blockchain follower = Network.Start();
        Submit(producer, Secp, 0);
        producer.Mine();
        BlockHeader header = BlocksOf(leader)[0].Header;
        SignedMessage good = Secp.Sign(TestNetwork.Transfer(Secp, 0));
        SignedMessage early = Secp.Sign(TestNetwork.Transfer(Secp, 1));
        SignedMessage forged = new(
            TestNetwork.Transfer(Secp, 0, atto: 2), good.Signature);
        SignedMessage unknown = TestWallet.Secp(9).Sign(
            TestNetwork.Transfer(TestWallet.Secp(9), 0));

        Check([early], BlockRefusal.Message);
        Check([good, good], BlockRefusal.Message);
        Check([forged], BlockRefusal.Signature);
        Check([unknown], BlockRefusal.Message);

        void Check(SignedMessage[] messages, BlockRefusal reason)
        {
            FullBlock block = FullBlock.Of(
                header, Array.ConvertAll(messages, ChainMessage.From));
            block = block.With(header with
            {
                Messages = block.PutMessages(new MemoryBlockstore()),
            });
            BlockRefusedException refusal =
                Assert.Throws<BlockRefusedException>(() => follower.Import([block]));
            Assert.Equal(reason, refusal.Reason);
            Assert.Contains($"{ChainMessage.From(messages[^1]).Cid}", refusal.Message);
        }
    }

    [Theory]
    [InlineData("exit code", 0)]
    [InlineData("return", 1)]
    [InlineData("gas used", 2)]
    [InlineData("events root", 1)]
    public void A_disagreement_names_message_and_field(string field, int index)
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();
        Blockchain follower = Network.Start();
        Submit(producer, Secp, 0);
        Submit(producer, Secp, 1);
        Submit(producer, Secp, 2);
        TipsetOutcome outcome = producer.Mine();
        Receipt[] receipts =
            [.. outcome.Messages.Select(applied => applied.Result.Receipt)];
        Receipt own = receipts[index];
        receipts[index] = field switch
        {
            "exit code" => own with { ExitCode = ExitCode.SysOutOfGas },
            "return" => own with { Return = new byte[] { 1 } },
            "gas used" => own with { GasUsed = own.GasUsed + 1 },
            _ => own with { EventsRoot = leader.Head.ParentReceipts },
        };

        BlockRefusedException refusal = Assert.Throws<BlockRefusedException>(
            () => follower.Import(
                BlocksOf(leader),
                remote: _ => new(
                    outcome.StateRoot, leader.Head.ParentReceipts, () => receipts)));

        Disagreement found = refusal.Disagreement!;
        Assert.Equal(leader.Head, found.Tipset);
        Assert.Equal(index, found.Index);
        Assert.Equal(outcome.Messages[index].Message.Cid, found.Message);
        Assert.Equal(field, found.Field);
        Assert.NotEqual(leader.Head, follower.Head);
    }

    [Fact]
    public void A_node_that_executes_otherwise_finds_the_tipset_by_the_next_header()
    {
        (Blockchain leader, BlockProducer producer) = Network.StartManual();

        // Its messages burn one attoFIL more for a unit of gas: receipts agree, the state not.
        Blockchain other = Blockchain.Open(new()
        {
            Store = new MemoryOrderedStore(),
            Machines = (config, context, blocks, externs) => TestNetwork.Open(
                config,
                context with { BaseFee = context.BaseFee + TokenAmount.FromAtto(1) },
                blocks,
                externs),
            BuildGenesis = Network.Build,
            GenesisTimestamp = 1_700_000_000,
        });
        Submit(producer, Secp, 0);
        TipsetOutcome outcome = producer.Mine();
        Tipset blamed = leader.Head;
        other.Import(BlocksOf(leader));
        producer.Mine();
        RemoteOutcome remote = new(
            outcome.StateRoot,
            outcome.ReceiptsRoot,
            () => throw new InvalidOperationException("the receipts are the same"));

        Disagreement found = Assert.Throws<BlockRefusedException>(() => other.Import(
            BlocksOf(leader), remote: asked => asked.Equals(blamed) ? remote : null)).Disagreement!;

        Assert.Equal(blamed, found.Tipset);
        Assert.Null(found.Index);
        Assert.Equal("state root", found.Field);
        Assert.Equal($"{outcome.StateRoot}", found.Remote);
        Assert.Equal($"{other.StateRoot}", found.Own);
    }

    [Fact]
    public void The_heavier_chain_is_followed_and_messages_come_back()
    {
        (Blockchain first, BlockProducer one) = Network.StartManual();
        (Blockchain second, BlockProducer two) = Network.StartManual();
        two.Miner = Address.FromId(new(77));
        Blockchain follower = Network.Start();
        SignedMessage sent = Submit(one, Secp, 0);
        one.Mine();
        follower.Import(BlocksOf(first));
        Submit(two, Bls, 0);
        two.Mine();
        Assert.False(follower.Import(BlocksOf(second)).IsHead);
        Assert.Equal(first.Head, follower.Head);
        two.Mine(nullRounds: 2);

        ImportResult result = follower.Import(BlocksOf(second));

        Assert.True(result.IsHead);
        Assert.Equal(second.Head, follower.Head);
        Assert.Equal(second.StateRoot, follower.StateRoot);
        Assert.Equal(sent.Cid, Assert.Single(follower.Pool.Pending).Message.Cid);
        Assert.True(follower.TryGetTipset(new(1), NullRound.Refused, out Tipset? at));
        Assert.Equal(second.Head.Parents, at.Key);
    }

    private static SignedMessage Submit(BlockProducer producer, TestWallet wallet, ulong nonce)
    {
        SignedMessage signed = wallet.Sign(TestNetwork.Transfer(wallet, nonce));
        Assert.Equal("", producer.Submit(signed).Line);
        return signed;
    }

    private static IReadOnlyList<FullBlock> BlocksOf(Blockchain chain) =>
        chain.Store.LoadBlocks(chain.Head);
}
