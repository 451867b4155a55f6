namespace Filecoin.Actors.Reward.Tests;

/// <summary>Rules of the reward actor.</summary>
public sealed class RewardActorTests
{
    private static readonly ActorId Miner = new(1_000);
    private static readonly TokenAmount GasReward = TokenAmount.FromAtto(1_000);

    private readonly MemoryRuntime runtime = new() { Balance = TokenAmount.FromFil(1_100_000_000) };

    public RewardActorTests()
    {
        runtime.Add(WellKnownActors.StoragePower, BuiltinType.Power);
        _ = runtime.Call(
            Actor, WellKnownActors.System, 1, new RealizedPower(BigInt.Zero));
    }

    private static BuiltinActor Actor => RewardActor.Definition;

    private RewardState State => runtime.LoadState<RewardState>();

    [Fact]
    public void A_block_is_paid_a_fifth_of_the_epochs_reward_for_each_win()
    {
        TokenAmount block = (State.ThisEpochReward * 2).DivideFloor(5);

        Award(penalty: 7, winCount: 2);

        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal((Address.FromId(Miner), new MethodNumber(14)), (sent.To, sent.Method));
        Assert.Equal(block + GasReward, sent.Value);
        Assert.Equal(
            new ApplyRewardParams(block + GasReward, TokenAmount.FromAtto(21)),
            ParameterCodec.Decode<ApplyRewardParams>(sent.Parameters!));
        Assert.Equal(block, State.TotalStoragePowerReward);
    }

    [Fact]
    public void What_a_miner_does_not_take_is_burnt()
    {
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(16), null));

        Award(penalty: 0, winCount: 1);

        Assert.Equal(2, runtime.Sent.Count);
        Assert.Equal(Address.FromId(WellKnownActors.BurntFunds), runtime.Sent[1].To);
        Assert.Equal(MethodNumber.Send, runtime.Sent[1].Method);
        Assert.Equal(runtime.Sent[0].Value, runtime.Sent[1].Value);
    }

    [Fact]
    public void The_last_of_the_balance_is_all_that_is_paid()
    {
        runtime.Balance = GasReward + TokenAmount.FromAtto(5);

        Award(penalty: 0, winCount: 1);

        Assert.Equal(runtime.Balance, Assert.Single(runtime.Sent).Value);
        Assert.Equal(TokenAmount.FromAtto(5), State.TotalStoragePowerReward);
    }

    [Theory]
    [InlineData(-1, 0, 1, 16)]
    [InlineData(0, -1, 1, 16)]
    [InlineData(0, 2, 0, 20)] // The balance comes before the win count.
    [InlineData(0, 1, 0, 16)]
    [InlineData(0, 1, -1, 16)]
    public void Bad_awards_are_refused(long penalty, long gasReward, long winCount, uint exitCode)
    {
        runtime.Balance = TokenAmount.FromAtto(1);
        Assert.Equal(exitCode, Refuse(Address.FromId(Miner), penalty, gasReward, winCount));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void A_miner_that_has_no_id_is_not_found() =>
        Assert.Equal(17u, Refuse(Address.FromActor([1]), 0, 0, 1));

    [Fact]
    public void Callers_are_fixed()
    {
        RealizedPower power = new(BigInt.Zero);
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, WellKnownActors.System, 4, power));
        Assert.Equal(
            ExitCode.UserForbidden, runtime.Fail(Actor, WellKnownActors.StoragePower, 1, power));
        Assert.Equal(
            ExitCode.UserForbidden,
            runtime.Fail(
                Actor,
                WellKnownActors.StoragePower,
                2,
                new AwardBlockRewardParams(Address.FromId(Miner), default, default, 1)));
    }

    [Fact]
    public void Null_is_no_power()
    {
        RealizedPower none = new(null);
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            runtime.Fail(Actor, WellKnownActors.StoragePower, 4, none));
        runtime.Root = StateAccess.EmptyRoot;
        Assert.Equal(
            ExitCode.UserIllegalArgument, runtime.Fail(Actor, WellKnownActors.System, 1, none));
    }

    [Fact]
    public void The_reward_that_is_told_is_the_smoothed_one()
    {
        IpldBlock told = runtime.Call(Actor, WellKnownActors.StoragePower, 3)!;

        Assert.Equal(
            new ThisEpochRewardReturn(State.ThisEpochRewardSmoothed, State.ThisEpochBaselinePower),
            ParameterCodec.Decode<ThisEpochRewardReturn>(told));
    }

    [Fact]
    public void After_a_tick_it_is_at_the_next_epoch()
    {
        runtime.Epoch = new(3);

        Assert.Null(runtime.Call(
            Actor, WellKnownActors.StoragePower, 4, new RealizedPower(BigInt.Zero)));

        Assert.Equal(4, State.Epoch);
        Assert.Empty(RewardInvariants.Check(State, runtime.Epoch, runtime.Balance));
        Assert.Equal(2, RewardInvariants.Check(State, new(5), TokenAmount.Zero).Count());
    }

    private void Award(long penalty, long winCount) => Assert.Null(runtime.Call(
        Actor,
        WellKnownActors.System,
        2,
        new AwardBlockRewardParams(
            Address.FromId(Miner), TokenAmount.FromAtto(penalty), GasReward, winCount)));

    private uint Refuse(Address miner, long penalty, long gasReward, long winCount) => runtime.Fail(
        Actor,
        WellKnownActors.System,
        2,
        new AwardBlockRewardParams(
            miner,
            TokenAmount.FromAtto(penalty),
            TokenAmount.FromAtto(gasReward),
            winCount)).Value;
}
