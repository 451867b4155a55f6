namespace Filecoin.Chain.Tests.Pool;

public sealed class MessagePoolTests
{
    private readonly TestWallet sender = TestWallet.Secp(1);
    private readonly TestWallet other = TestWallet.Secp(2);

    private Blockchain Start(PoolPolicy? policy = null, TokenAmount? balance = null) =>
        new TestNetwork(sender, other)
        {
            Policy = policy ?? PoolPolicy.Network,
            Balance = balance ?? TokenAmount.FromFil(1_000),
        }.Start();

    private PoolVerdict Add(Blockchain chain, Message message, PoolPolicy? from = null) =>
        chain.Pool.Add(sender.Sign(message), from);

    public static TheoryData<string, PoolRefusal> Broken => new()
    {
        { "version", PoolRefusal.Version },
        { "receiver", PoolRefusal.Receiver },
        { "negative value", PoolRefusal.Value },
        { "all value", PoolRefusal.Value },
        { "negative cap", PoolRefusal.Fee },
        { "premium", PoolRefusal.PremiumAboveCap },
        { "no gas", PoolRefusal.GasLimit },
        { "more gas", PoolRefusal.GasLimit },
        { "little gas", PoolRefusal.GasBelowInclusion },
        { "low cap", PoolRefusal.FeeCapBelowMinimum },
        { "size", PoolRefusal.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_no_block_can_hold_is_refused(string what, PoolRefusal expected)
    {
        Blockchain chain = Start();
        Message good = TestNetwork.Transfer(sender, 0);
        Message broken = what switch
        {
            "version" => good with { Version = 1 },
            "receiver" => good with { To = Address.FromBls([0xc0, .. new byte[47]]) },
            "negative value" => good with { Value = TokenAmount.FromAtto(-1) },
            "all value" => good with { Value = TokenAmount.FromFil(2_000_000_000) },
            "negative cap" => good with
            {
                GasFeeCap = TokenAmount.FromAtto(-1),
                GasPremium = TokenAmount.FromAtto(-1),
            },
            "premium" => good with { GasPremium = good.GasFeeCap + TokenAmount.FromAtto(1) },
            "no gas" => good with { GasLimit = 0 },
            "more gas" => good with { GasLimit = 10_000_000_001 },
            "little gas" => good with { GasLimit = 100_000 },
            "low cap" => good with
            {
                GasFeeCap = TokenAmount.FromAtto(99),
                GasPremium = TokenAmount.Zero,
            },
            _ => good with { Parameters = new byte[65_536], GasLimit = 10_000_000_000 },
        };

        PoolVerdict verdict = Add(chain, broken);

        Assert.Equal(expected, verdict.Refusal);
        Assert.NotEqual("", verdict.Line);
        Assert.Equal(0, chain.Pool.Count);
    }

    [Fact]
    public void An_Ethereum_transaction_is_its_signers()
    {
        TestWallet ethereum = TestWallet.Ethereum(3);
        Blockchain chain = new TestNetwork(ethereum).Start();
        EthereumTransaction signed = Transaction(chain, new byte[65]);
        signed = signed with { Signature = ethereum.Sign(signed).Signature.Data };

        Assert.Equal(
            PoolRefusal.Signature,
            chain.Pool.Add(signed with { Signature = new byte[65] }).Refusal);
        Assert.Equal(PoolRefusal.SenderUnknown, chain.Pool.Add(signed with { Nonce = 1 }).Refusal);
        Assert.True(chain.Pool.Add(signed).IsAccepted);
        Assert.Equal(ethereum.Address, Assert.Single(chain.Pool.Pending).Message.Message.From);
    }

    private static EthereumTransaction Transaction(Blockchain chain, byte[] signature) => new(
        EthereumTransactionKind.DynamicFee, chain.Network.ChainId, 0, TokenAmount.FromAtto(1_000),
        TokenAmount.FromAtto(1_000_000_000), 5_000_000, new byte[20], TokenAmount.FromAtto(1),
        default, signature);

    [Fact]
    public void A_message_that_another_key_signed_is_refused_unless_the_sender_is_impersonated()
    {
        Blockchain chain = Start();
        SignedMessage signed = other.Sign(TestNetwork.Transfer(sender, 0));
        Assert.Equal(PoolRefusal.Signature, chain.Pool.Add(signed).Refusal);
        chain.Pool.Impersonate(sender.Address, true);
        Assert.True(chain.Pool.Add(signed).IsAccepted);
        chain.Pool.Impersonate(sender.Address, false);
        SignedMessage next = other.Sign(TestNetwork.Transfer(sender, 1));
        Assert.Equal(PoolRefusal.Signature, chain.Pool.Add(next).Refusal);
    }

    [Fact]
    public void A_sender_that_is_no_actor_is_refused()
    {
        TestWallet nobody = TestWallet.Secp(7);
        PoolVerdict verdict =
            Start().Pool.Add(nobody.Sign(TestNetwork.Transfer(nobody, 0)));
        Assert.Equal(PoolRefusal.SenderUnknown, verdict.Refusal);
        Assert.Contains("actor not found", verdict.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nonce_that_is_used_up_is_refused()
    {
        Blockchain chain = Start();
        BlockProducer producer = new(chain, () => 0);
        producer.Submit(sender.Sign(TestNetwork.Transfer(sender, 0)));
        PoolVerdict verdict = Add(chain, TestNetwork.Transfer(sender, 0, atto: 2));
        Assert.Equal(PoolRefusal.NonceTooLow, verdict.Refusal);
        Assert.Equal(1UL, chain.Pool.NextNonce(sender.Address));
    }

    [Fact]
    public void A_gap_is_waited_for_and_strangers_may_leave_none()
    {
        (Blockchain chain, BlockProducer producer) =
            new TestNetwork(sender, other).StartManual();
        Assert.Equal(
            PoolRefusal.NonceGap,
            Add(chain, TestNetwork.Transfer(sender, 2), PoolPolicy.Strangers).Refusal);
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 2)).IsAccepted);
        Assert.Equal(0UL, chain.Pool.NextNonce(sender.Address));
        Assert.Empty(producer.Mine().Messages);
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 0)).IsAccepted);
        Assert.Equal(1UL, chain.Pool.NextNonce(sender.Address));
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 1)).IsAccepted);
        Assert.Equal(3UL, chain.Pool.NextNonce(sender.Address));
        Assert.Equal(3, producer.Mine().Messages.Count);
    }

    [Theory]
    [InlineData(1_000, 1_100, PoolRefusal.PremiumTooLow)]
    [InlineData(1_000, 1_101, PoolRefusal.None)]
    [InlineData(0, 1, PoolRefusal.None)]
    [InlineData(0, 0, PoolRefusal.PremiumTooLow)]
    public void Another_message_takes_a_place_if_it_pays_a_tenth_more(
        long before, long after, PoolRefusal expected)
    {
        Blockchain chain = Start();
        Message first = TestNetwork.Transfer(sender, 0, premium: before);
        Message second = TestNetwork.Transfer(sender, 0, atto: 2, premium: after);
        Assert.True(Add(chain, first).IsAccepted);
        Assert.Equal(PoolRefusal.AlreadyKnown, Add(chain, first).Refusal);
        Assert.Equal(expected, Add(chain, second).Refusal);
        PoolEntry entry = Assert.Single(chain.Pool.Pending);
        Assert.Equal(
            expected == PoolRefusal.None ? second.Value : first.Value,
            entry.Message.Message.Value);
    }

    [Fact]
    public void A_sender_may_have_so_many_that_wait_and_the_pool_as_well()
    {
        Blockchain chain = Start(
            PoolPolicy.Network with { SenderMessagesMax = 2, MessagesMax = 3 });
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 0)).IsAccepted);
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 1)).IsAccepted);
        Assert.Equal(
            PoolRefusal.SenderFull, Add(chain, TestNetwork.Transfer(sender, 2)).Refusal);
        Assert.True(chain.Pool.Add(other.Sign(TestNetwork.Transfer(other, 0))).IsAccepted);
        Assert.Equal(
            PoolRefusal.PoolFull,
            chain.Pool.Add(other.Sign(TestNetwork.Transfer(other, 1))).Refusal);
    }

    [Fact]
    public void A_sender_that_cannot_pay_is_refused_with_the_sums()
    {
        // The gas of one message may cost 0.002 FIL.
        Blockchain chain = Start(balance: TokenAmount.FromAtto(3_000_000_000_000_000));
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 0)).IsAccepted);
        PoolVerdict beside = Add(chain, TestNetwork.Transfer(sender, 1));
        Assert.Equal(PoolRefusal.InsufficientFundsWithPending, beside.Refusal);
        PoolVerdict alone = Add(
            chain, TestNetwork.Transfer(sender, 0, cap: 2_000_000_000, premium: 2_000));
        Assert.Equal(PoolRefusal.InsufficientFunds, alone.Refusal);
        Assert.Contains("0.004 FIL", alone.Line, StringComparison.Ordinal);
        Assert.Contains("0.003 FIL", alone.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_below_the_base_fee_waits_until_it_falls()
    {
        (Blockchain chain, BlockProducer producer) =
            new TestNetwork(sender).StartManual();
        Assert.True(
            Add(chain, TestNetwork.Transfer(sender, 0, cap: 60_000_000)).IsAccepted);
        int empty = 0;
        while (producer.Mine().Messages.Count == 0)
        {
            empty++;
        }

        // 100,000,000 less an eighth each time: 58,618,164 are those of the fourth block.
        Assert.Equal(3, empty);
    }

    [Fact]
    public void A_message_expires()
    {
        TestNetwork network = new(sender)
        {
            Policy = PoolPolicy.Network with { ExpiryEpochs = 5 },
        };
        (Blockchain chain, BlockProducer producer) = network.StartManual();
        Assert.True(Add(chain, TestNetwork.Transfer(sender, 9)).IsAccepted);
        producer.Mine(nullRounds: 4);
        Assert.Equal(1, chain.Pool.Count);
        producer.Mine();
        Assert.Equal(0, chain.Pool.Count);
    }

    [Fact]
    public void Who_pays_more_comes_first_and_pulls_what_must_come_before()
    {
        (Blockchain chain, BlockProducer producer) =
            new TestNetwork(sender, other).StartManual();
        (TestWallet From, ulong Nonce, long Premium)[] sent =
            [(sender, 0, 10), (sender, 1, 900), (sender, 2, 5), (other, 0, 300), (other, 1, 200)];
        foreach ((TestWallet from, ulong nonce, long premium) in sent)
        {
            chain.Pool.Add(from.Sign(TestNetwork.Transfer(from, nonce, premium: premium)));
        }

        TipsetOutcome outcome = producer.Mine();

        // 10 and 900 are 455 on average.
        Assert.Equal(
            [10L, 900, 300, 200, 5],
            outcome.Messages.Select(applied =>
                (long)applied.Message.Message.GasPremium.ToBigInteger()));
    }

    [Fact]
    public void A_block_holds_no_more_gas_than_it_may()
    {
        (Blockchain chain, BlockProducer producer) =
            new TestNetwork(sender) { Balance = TokenAmount.FromFil(100_000) }.StartManual();
        for (ulong nonce = 0; nonce < 5; nonce++)
        {
            Assert.True(Add(
                chain, TestNetwork.Transfer(sender, nonce, gas: 4_000_000_000)).IsAccepted);
        }

        Assert.Equal(2, producer.Mine().Messages.Count);
        Assert.Equal(2, producer.Mine().Messages.Count);
        Assert.Single(producer.Mine().Messages);
    }

    [Fact]
    public void A_message_that_is_dropped_leaves_those_behind_it_waiting()
    {
        (Blockchain chain, BlockProducer producer) = new TestNetwork(sender).StartManual();
        SignedMessage[] sent =
        [
            .. Enumerable.Range(0, 3).Select(nonce =>
                sender.Sign(TestNetwork.Transfer(sender, (ulong)nonce))),
        ];
        Array.ForEach(sent, signed => chain.Pool.Add(signed));
        Assert.True(chain.Pool.Drop(sent[1].Cid));
        Assert.False(chain.Pool.Drop(sent[1].Cid));
        Assert.Equal(1UL, chain.Pool.NextNonce(sender.Address));
        Assert.Single(producer.Mine().Messages);
        Assert.Equal(1, chain.Pool.Count);
        chain.Pool.Clear();
        Assert.Equal(0, chain.Pool.Count);
    }
}
