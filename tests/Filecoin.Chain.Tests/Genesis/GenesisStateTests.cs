using Filecoin.Actors.Reward;

namespace Filecoin.Chain.Tests.Genesis;

public sealed class GenesisStateTests
{
    private static readonly TokenAmount Rich = TokenAmount.FromFil(10_000);

    private readonly TestWallet secp = TestWallet.Secp(1);
    private readonly TestWallet bls = TestWallet.BlsKey(2);
    private readonly TestWallet ethereum = TestWallet.Ethereum(3);

    private Blockchain Start() => NativeNetwork.Start(
        new(secp.Address, Rich), new(bls.Address, Rich), new(ethereum.Address, Rich));

    private static TokenAmount Total(Blockchain chain)
    {
        TokenAmount total = TokenAmount.Zero;
        StateTree.Load(chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon)
            .ForEach((_, actor) => total += actor.Balance);
        return total;
    }

    [Fact]
    public void Accounts_of_every_kind_send_and_no_fil_comes_or_goes()
    {
        Blockchain chain = Start();
        BlockProducer producer = new(chain, () => 1_700_000_100);
        TokenAmount before = Total(chain);
        EthereumTransaction transaction = new(
            EthereumTransactionKind.DynamicFee, chain.Network.ChainId, 0,
            TokenAmount.FromAtto(5), TokenAmount.FromAtto(1_000_000_000), 20_000_000,
            new byte[20], TokenAmount.FromFil(1), default, new byte[65]);
        SignedMessage[] sent =
        [
            secp.Sign(TestNetwork.Transfer(secp, 0, TestWallet.Secp(9).Address, gas: 20_000_000)),
            bls.Sign(TestNetwork.Transfer(bls, 0, secp.Address, gas: 20_000_000)),
            ethereum.Sign(transaction),
        ];

        Assert.All(sent, signed => Assert.Equal("", producer.Submit(signed).Line));

        Assert.Equal(new(3), chain.Head.Epoch);
        foreach (SignedMessage signed in sent)
        {
            Assert.True(chain.Store.TryFindMessage(signed.Cid, out MessagePlace? place));
            Assert.True(chain.TryGetTipset(place.Epoch, NullRound.Refused, out Tipset? tipset));
            Assert.True(chain.Store.TryGetRecord(tipset, out TipsetRecord? record));
            Assert.True(chain.Store.TryGetReceipt(record, place.Index, out Receipt? receipt));
            Assert.Equal(ExitCode.Ok, receipt.ExitCode);
        }

        Assert.Equal(before, Total(chain));
    }

    [Fact]
    public void A_block_earns_what_the_reward_actor_pays()
    {
        Blockchain chain = Start();
        BlockProducer producer = new(chain, () => 0);

        TipsetOutcome outcome = producer.Mine();

        Assert.Equal(
            [WellKnownActors.Reward, WellKnownActors.Cron],
            outcome.Implicit.Select(message =>
                message.Message.To.TryGetId(out ActorId id) ? id : default));
        StateTree state = StateTree.Load(
            chain.Store.Blocks, chain.StateRoot, ProtocolLine.Watermelon);
        Assert.True(state.TryGetActor(WellKnownActors.Reward, out ActorState actor));
        RewardState reward = chain.Store.Blocks.GetCbor<RewardState>(actor.State);
        Assert.Equal(
            RewardState.Create(0).ThisEpochReward.DivideFloor(5), reward.TotalStoragePowerReward);
        Assert.True(reward.TotalStoragePowerReward > TokenAmount.FromFil(1));

        // No miner has its address: what it would have got is burnt.
        Assert.True(state.TryGetActor(WellKnownActors.BurntFunds, out ActorState burnt));
        Assert.Equal(reward.TotalStoragePowerReward, burnt.Balance);
    }

    [Fact]
    public void One_address_is_one_account()
    {
        GenesisState genesis = new()
        {
            Accounts = [new(secp.Address, Rich), new(secp.Address, Rich)],
        };
        Assert.Throws<ArgumentException>(() => genesis.Build(new MemoryBlockstore()));
        Assert.Throws<ArgumentException>(() =>
            (genesis with { Accounts = [new(Address.FromId(new(5)), Rich)] })
                .Build(new MemoryBlockstore()));
        Assert.Throws<ArgumentException>(() =>
            (genesis with { Accounts = [], Builtins = [] }).Build(new MemoryBlockstore()));
    }
}
