using System.Numerics;

namespace Filecoin.Actors.Reward;

/// <summary>
/// The reward actor, f02: it holds what is not minted yet and pays block rewards.
/// </summary>
/// <remarks>Spec: actors/reward.</remarks>
public static class RewardActor
{
    /// <summary>Winners of an epoch that are expected.</summary>
    private const long LeadersPerEpoch = 5;

    private const long PenaltyMultiplier = 3;

    private static readonly MethodNumber ApplyRewards = new(14);

    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Reward,
        [
            ActorMethod.Of<RealizedPower>(1, nameof(Constructor), Constructor),
            ActorMethod.Of<AwardBlockRewardParams>(2, nameof(AwardBlockReward), AwardBlockReward),
            ActorMethod.Returning<ThisEpochRewardReturn>(
                3, nameof(ThisEpochReward), ThisEpochReward),
            ActorMethod.Of<RealizedPower>(4, "UpdateNetworkKPI", UpdateNetworkKpi),
        ]);

    private static void Constructor(IRuntime runtime, RealizedPower parameters)
    {
        runtime.RequireCaller(WellKnownActors.System);
        BigInteger power = Require(parameters);
        runtime.CreateState(RewardState.Create(power));
    }

    /// <summary>Pays a miner for a block; what the miner does not take is burnt.</summary>
    private static void AwardBlockReward(IRuntime runtime, AwardBlockRewardParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.System);

        TokenAmount balance = runtime.CurrentBalance();
        Check(parameters, balance);
        if (!runtime.TryResolve(parameters.Miner, out ActorId miner))
        {
            throw Abort.NotFound($"cannot resolve the miner {parameters.Miner}");
        }

        TokenAmount penalty = parameters.Penalty * PenaltyMultiplier;
        TokenAmount total = runtime.Transact((ref RewardState state) =>
            Award(runtime, ref state, parameters));
        if (total > balance)
        {
            throw Abort.IllegalState($"reward {total} exceeds balance {balance}");
        }

        SendResult sent = runtime.Send(
            Address.FromId(miner), ApplyRewards, new ApplyRewardParams(total, penalty), total);
        if (!sent.IsSuccess)
        {
            _ = runtime.Send(
                Address.FromId(WellKnownActors.BurntFunds), MethodNumber.Send, null, total);
        }
    }

    private static void Check(AwardBlockRewardParams parameters, TokenAmount balance)
    {
        if (parameters.Penalty.IsNegative)
        {
            throw Abort.IllegalArgument($"negative penalty {parameters.Penalty}");
        }

        if (parameters.GasReward.IsNegative)
        {
            throw Abort.IllegalArgument($"negative gas reward {parameters.GasReward}");
        }

        if (balance < parameters.GasReward)
        {
            throw Abort.IllegalState(
                $"balance {balance} cannot pay the gas reward {parameters.GasReward}");
        }

        if (parameters.WinCount <= 0)
        {
            throw Abort.IllegalArgument($"invalid win count {parameters.WinCount}");
        }
    }

    private static TokenAmount Award(
        IRuntime runtime, ref RewardState state, AwardBlockRewardParams parameters)
    {
        TokenAmount block =
            (state.ThisEpochReward * parameters.WinCount).DivideFloor(LeadersPerEpoch);
        TokenAmount total = parameters.GasReward + block;
        TokenAmount balance = runtime.CurrentBalance();
        if (total > balance)
        {
            // All has been minted: what is left is paid.
            total = balance;
            block = total - parameters.GasReward;
            if (block.IsNegative)
            {
                throw Abort.IllegalState($"block reward {block} below zero");
            }
        }

        state.TotalStoragePowerReward += block;
        return total;
    }

    private static ThisEpochRewardReturn ThisEpochReward(IRuntime runtime)
    {
        runtime.AcceptAnyCaller();
        RewardState state = runtime.LoadState<RewardState>();
        return new(state.ThisEpochRewardSmoothed, state.ThisEpochBaselinePower);
    }

    /// <summary>The power actor tells the power of the epoch that ends.</summary>
    private static void UpdateNetworkKpi(IRuntime runtime, RealizedPower parameters)
    {
        runtime.RequireCaller(WellKnownActors.StoragePower);
        BigInteger power = Require(parameters);

        runtime.Transact((ref RewardState state) =>
        {
            long epoch = runtime.Epoch.Value;
            runtime.CountSteps(Math.Max(0, epoch - state.Epoch));
            state.CloseEpoch(epoch, power);
        });
    }

    private static BigInteger Require(RealizedPower power) => power.Bytes is BigInt bytes
        ? bytes
        : throw Abort.IllegalArgument("the power must not be null");
}
