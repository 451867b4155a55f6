using Filecoin.Actors.Init;
using Filecoin.Actors.Reward;

namespace Filecoin.Actors.Power.Tests;

/// <summary>Rules of the power actor.</summary>
public sealed class PowerActorTests
{
    private const long WindowPost = 13;
    private const ulong UpdateClaimedPower = 3;
    private const ulong EnrollCronEvent = 4;
    private const ulong OnEpochTickEnd = 5;
    private const ulong UpdatePledgeTotal = 6;

    private static readonly ActorId Anybody = new(500);
    private static readonly FilterEstimate Reward = FilterEstimate.FromWhole(7, 8);
    private static readonly ulong Minimum = Policy.Mainnet.MinimumConsensusPower;

    private readonly MemoryRuntime runtime = new();

    public PowerActorTests()
    {
        runtime.Add(Anybody, BuiltinType.Account);
        runtime.Add(WellKnownActors.Cron, BuiltinType.Cron);
        _ = runtime.Call(Actor, WellKnownActors.System, 1);
    }

    private static BuiltinActor Actor => PowerActor.Definition;

    private PowerState State => runtime.LoadState<PowerState>();

    // Spec: actors/power 1, computed with an independent encoder.
    [Fact]
    public void The_first_state_is_golden() => Assert.Equal(
        "bafy2bzaceasliok4bbcsxu5i47crjwa4kit7uwdz6257fu2o66vqtot3trak4",
        runtime.Root.ToString());

    // Spec: builtin-actors actors/power/tests/types_test.rs.
    [Fact]
    public void The_total_power_is_golden()
    {
        CurrentTotalPowerReturn told = new(
            BigInt.FromBigInteger(1 << 20),
            BigInt.FromBigInteger(1 << 21),
            TokenAmount.FromAtto(1 << 22),
            FilterEstimate.FromWhole(1 << 23, 1 << 24),
            25,
            26);
        Assert.Equal(
            "8644001000004400200000440040000082540080000000000000000000000000000000000000550001"
            + "000000000000000000000000000000000000001819181a",
            Convert.ToHexStringLower(Cbor.Encode(told)));
    }

    [Fact]
    public void A_miner_is_made_by_the_init_actor_with_all_that_is_given()
    {
        runtime.ValueReceived = TokenAmount.FromFil(2);

        CreateMinerReturn made = AddMiner(1_000);

        Assert.Equal(Address.FromId(new(1_000)), made.IdAddress);
        SendRequest sent = Assert.Single(runtime.Sent);
        Assert.Equal(Address.FromId(WellKnownActors.Init), sent.To);
        Assert.Equal(TokenAmount.FromFil(2), sent.Value);
        ExecParams exec = ParameterCodec.Decode<ExecParams>(sent.Parameters!);
        Assert.Equal(MemoryRuntime.CodeFor(BuiltinType.Miner), exec.CodeCid);
        MinerConstructorParams constructor = ParameterCodec.DecodeCbor<MinerConstructorParams>(
            exec.ConstructorParams.Span);
        Assert.Equal(WindowPost, constructor.WindowPostProofType);
        Assert.Empty(constructor.ControlAddresses);
        Assert.Equal(1, State.MinerCount);
        RequireSound();
    }

    [Fact]
    public void A_miner_whose_constructor_fails_is_not_counted()
    {
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(19), null));
        Assert.Equal(new ExitCode(19), runtime.Fail(Actor, Anybody, 2, Creation));
        Assert.Equal(0, State.MinerCount);
    }

    [Fact]
    public void Power_counts_from_the_minimum_on_once_there_are_four_such_miners()
    {
        for (ulong id = 1_000; id < 1_004; id++)
        {
            _ = AddMiner(id);
            Change(id, Minimum);
        }

        _ = AddMiner(1_004);
        Change(1_004, 5);

        Assert.Equal((4 * Minimum) + 5, State.TotalBytesCommitted.Value);
        Assert.Equal(4 * Minimum, State.CurrentTotalPower().Raw.Value);
        Assert.False(RawPower(1_004).MeetsConsensusMinimum);
        Change(1_003, -1);
        Assert.Equal((4 * Minimum) + 4, State.CurrentTotalPower().Raw.Value);
        Assert.True(RawPower(1_004).MeetsConsensusMinimum);
        RequireSound();
    }

    [Fact]
    public void Power_below_zero_and_of_nobody_is_refused()
    {
        _ = AddMiner(1_000);
        runtime.Add(new(1_001), BuiltinType.Miner);

        Assert.Equal(ExitCode.UserIllegalState, Refuse(1_000, -1));
        Assert.Equal(ExitCode.UserNotFound, Refuse(1_001, 1));
        Assert.Equal(ExitCode.UserForbidden, Refuse(Anybody.Value, 1));
        RequireSound();
    }

    [Fact]
    public void Pledges_add_up_and_never_fall_below_zero()
    {
        _ = AddMiner(1_000);
        runtime.Add(new(1_001), BuiltinType.Miner);

        _ = runtime.Call(Actor, new(1_000), UpdatePledgeTotal, TokenAmount.FromAtto(5));

        Assert.Equal(
            ExitCode.UserIllegalState,
            runtime.Fail(Actor, new(1_000), UpdatePledgeTotal, TokenAmount.FromAtto(-6)));
        Assert.Equal(
            ExitCode.UserForbidden,
            runtime.Fail(Actor, new(1_001), UpdatePledgeTotal, TokenAmount.FromAtto(1)));
        Assert.Equal(TokenAmount.FromAtto(5), State.TotalPledgeCollateral);
    }

    [Fact]
    public void A_tick_calls_miners_in_order_and_freezes_those_that_fail()
    {
        _ = AddMiner(1_000);
        _ = AddMiner(1_001);
        Change(1_000, 3);
        Change(1_001, 4);
        Enroll(1_001, 2, 1);
        Enroll(1_000, 2, 2);
        Enroll(1_000, 1, 3);
        runtime.Epoch = new(2);
        runtime.Sent.Clear();
        Answer(new ThisEpochRewardReturn(Reward, BigInt.Zero));
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(20), null));

        _ = runtime.Call(Actor, WellKnownActors.Cron, OnEpochTickEnd);

        Assert.Equal([1_000UL, 1_001, 1_000], CalledMiners());
        Assert.Equal(4, State.ThisEpochRawBytePower.Value);
        Assert.Equal(1, State.MinerCount);
        Assert.Equal(3, State.FirstCronEpoch);
        Assert.Equal(
            ExitCode.UserNotFound,
            runtime.Fail(
                Actor, Anybody, MethodNumber.Exported("MinerPower").Value, new ActorId(1_000)));
        RequireSound();
    }

    [Fact]
    public void A_miner_that_fails_twice_is_counted_twice()
    {
        _ = AddMiner(1_000);
        _ = AddMiner(1_001);
        Enroll(1_000, 1, 1);
        Enroll(1_000, 1, 2);
        runtime.Epoch = new(1);
        Answer(new ThisEpochRewardReturn(Reward, BigInt.Zero));
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(20), null));
        runtime.Answers.Enqueue(SendResult.Refused(ErrorNumber.LimitExceeded));

        _ = runtime.Call(Actor, WellKnownActors.Cron, OnEpochTickEnd);

        Assert.Equal(0, State.MinerCount);
    }

    [Fact]
    public void A_past_epoch_is_called_at_the_next_tick_and_a_negative_one_refused()
    {
        _ = AddMiner(1_000);
        Answer(new ThisEpochRewardReturn(Reward, BigInt.Zero));
        runtime.Epoch = new(5);
        _ = runtime.Call(Actor, WellKnownActors.Cron, OnEpochTickEnd);
        Assert.Equal(6, State.FirstCronEpoch);

        Enroll(1_000, 3, 1);

        Assert.Equal(3, State.FirstCronEpoch);
        Assert.Equal(
            ExitCode.UserIllegalArgument,
            runtime.Fail(
                Actor, new(1_000), EnrollCronEvent, new EnrollCronEventParams(-1, default)));
    }

    private static CreateMinerParams Creation => new(
        Address.FromId(Anybody), Address.FromId(Anybody), WindowPost, new byte[] { 1 }, []);

    private CreateMinerReturn AddMiner(ulong id)
    {
        runtime.Add(new(id), BuiltinType.Miner);
        Answer(new ExecReturn(Address.FromId(new(id)), Address.FromActor([1])));
        return ParameterCodec.Decode<CreateMinerReturn>(
            runtime.Call(Actor, Anybody, 2, Creation)!);
    }

    private void Answer<T>(T value)
        where T : ICbor<T> =>
        runtime.Answers.Enqueue(new(ErrorNumber.None, ExitCode.Ok, ParameterCodec.Encode(value)));

    private void Change(ulong miner, Int128 delta) => _ = runtime.Call(
        Actor, new(miner), UpdateClaimedPower, ParamsOf(delta));

    private ExitCode Refuse(ulong miner, Int128 delta) => runtime.Fail(
        Actor, new(miner), UpdateClaimedPower, ParamsOf(delta));

    private static UpdateClaimedPowerParams ParamsOf(Int128 delta) => new(
        BigInt.FromBigInteger(delta), BigInt.FromBigInteger(delta));

    private void Enroll(ulong miner, long epoch, byte payload) => _ = runtime.Call(
        Actor, new(miner), EnrollCronEvent, new EnrollCronEventParams(epoch, new[] { payload }));

    private MinerRawPowerReturn RawPower(ulong miner) =>
        ParameterCodec.Decode<MinerRawPowerReturn>(runtime.Call(
            Actor, Anybody, MethodNumber.Exported("MinerRawPower").Value, new ActorId(miner))!);

    private List<ulong> CalledMiners()
    {
        List<ulong> miners = [];
        foreach (SendRequest sent in runtime.Sent)
        {
            if (sent.Method == new MethodNumber(12) && sent.To.TryGetId(out ActorId miner))
            {
                miners.Add(miner.Value);
            }
        }

        return miners;
    }

    private void RequireSound() =>
        Assert.Empty(PowerInvariants.Check(State, runtime.Memory, runtime.Policy));
}
