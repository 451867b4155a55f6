using Filecoin.Actors.Reward;

namespace Filecoin.Chain.Tests.Execution;

public sealed class QuietCronTests
{
    private const int Sectors = 3;

    private static Blockchain Start(int miners)
    {
        TestWallet[] owners = [.. Enumerable.Range(1, miners).Select(TestWallet.BlsKey)];
        return NativeNetwork.Start(new GenesisState
        {
            Accounts =
            [
                .. owners.Select(owner => new GenesisAccount(
                    owner.Address, TokenAmount.FromFil(50_000))),
            ],
            Miners =
            [
                .. owners.Select(owner => new GenesisMiner(
                    owner.Address, Sectors, GenesisMiner.UsualBalance)),
            ],
        });
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(2, 400)]
    public void Epochs_passed_quietly_end_in_the_state_that_cron_leaves(int miners, int epochs)
    {
        Blockchain chain = Start(miners);
        BlockProducer producer = new(chain, () => 0);
        for (int passed = 0; passed < epochs; passed += 8)
        {
            _ = producer.Mine(nullRounds: 7);

            // A traced run has cron itself do all of it.
            TipsetOutcome outcome = chain.Replay(chain.Head, isTracing: true);

            Assert.Equal(outcome.StateRoot, chain.StateRoot);
            Assert.Equal(8, outcome.Implicit.Count(message =>
                message.Message.To == Address.FromId(WellKnownActors.Cron)));
        }
    }

    /// <summary>Deadlines close twice, those with sectors by cron itself.</summary>
    [Fact]
    public void A_stretch_at_once_ends_in_the_state_that_cron_leaves()
    {
        Blockchain chain = Start(2);
        _ = new BlockProducer(chain, () => 0).Mine(nullRounds: 3_499);

        TipsetOutcome outcome = chain.Replay(chain.Head, isTracing: true);

        Assert.Equal(outcome.StateRoot, chain.StateRoot);
        Assert.Equal(3_500, outcome.Implicit.Count(message =>
            message.Message.To == Address.FromId(WellKnownActors.Cron)));
        Assert.InRange(
            chain.Replay(chain.Head).Implicit.Count(message =>
                message.Message.To == Address.FromId(WellKnownActors.Cron)),
            2,
            50);
    }

    [Fact]
    public void A_stretch_at_once_ends_where_its_epochs_do_one_by_one()
    {
        Blockchain skipped = Start(2);
        Blockchain walked = Start(2);
        _ = new BlockProducer(skipped, () => 0).Mine(nullRounds: 299);
        BlockProducer producer = new(walked, () => 0);
        for (int i = 0; i < 30; i++)
        {
            _ = producer.Mine(nullRounds: 9);
        }

        Assert.Equal(walked.Head.Epoch, skipped.Head.Epoch);
        ActorId[] ids = [new(4), new(5), new(1_000), new(1_001)];
        Assert.All(ids, id => Assert.Equal(
            new StateOf(walked).Actor(id).State, new StateOf(skipped).Actor(id).State));
        Assert.Equal(SmoothedReward(walked), SmoothedReward(skipped));
    }

    private static FilterEstimate SmoothedReward(Blockchain chain) =>
        new StateOf(chain).Load<RewardState>(WellKnownActors.Reward).ThisEpochRewardSmoothed;
}
