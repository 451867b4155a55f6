using System.Numerics;

namespace Filecoin.Actors.Reward;

/// <summary>The reward actor's state. Power is in bytes.</summary>
/// <param name="CumulativeBaseline">
/// Byte-epochs that <paramref name="CumulativeRealized"/> must pass for network time to go on.
/// </param>
/// <param name="CumulativeRealized">Byte-epochs of power, each epoch's up to its baseline.</param>
/// <param name="EffectiveNetworkTime">Epochs of the baseline that power has begun to fill.</param>
/// <param name="EffectiveBaselinePower">The baseline of that time.</param>
/// <param name="ThisEpochReward">The epoch's reward, for all blocks that are expected.</param>
/// <param name="ThisEpochRewardSmoothed">The same, smoothed.</param>
/// <param name="ThisEpochBaselinePower">The baseline of the epoch.</param>
/// <param name="Epoch">The epoch for which all this holds; -1 before the first.</param>
/// <param name="TotalStoragePowerReward">All that was ever paid.</param>
/// <param name="SimpleTotal">What is minted as time passes.</param>
/// <param name="BaselineTotal">What is minted as power grows.</param>
[CborTuple]
public partial record struct RewardState(
    BigInt CumulativeBaseline,
    BigInt CumulativeRealized,
    long EffectiveNetworkTime,
    BigInt EffectiveBaselinePower,
    TokenAmount ThisEpochReward,
    FilterEstimate ThisEpochRewardSmoothed,
    BigInt ThisEpochBaselinePower,
    long Epoch,
    TokenAmount TotalStoragePowerReward,
    TokenAmount SimpleTotal,
    TokenAmount BaselineTotal)
{
    private const long SimpleTotalFil = 330_000_000;
    private const long BaselineTotalFil = 770_000_000;
    private const long EpochUndefined = -1;
    private const long FirstVelocity = -109_897_758_509;

    private static readonly BigInteger FirstPosition = BigInteger.Parse("36266260308195979333");

    /// <summary>The state of the first epoch.</summary>
    /// <param name="realizedPower">The network's power, in bytes.</param>
    public static RewardState Create(BigInteger realizedPower)
    {
        RewardState state = new()
        {
            EffectiveBaselinePower = RewardMath.BaselineInitial,
            ThisEpochBaselinePower = RewardMath.BaselineBefore,
            Epoch = EpochUndefined,
            ThisEpochRewardSmoothed = FilterEstimate.FromWhole(FirstPosition, FirstVelocity),
            SimpleTotal = TokenAmount.FromFil(SimpleTotalFil),
            BaselineTotal = TokenAmount.FromFil(BaselineTotalFil),
        };
        state.AdvanceWithReward(realizedPower);
        return state;
    }

    /// <summary>Goes to the next epoch, of which nobody asks for the reward.</summary>
    public void Advance(BigInteger realizedPower)
    {
        Epoch++;
        ThisEpochBaselinePower = RewardMath.NextBaseline(ThisEpochBaselinePower);
        CumulativeRealized =
            CumulativeRealized.Value + BigInteger.Min(ThisEpochBaselinePower, realizedPower);
        while (CumulativeRealized.Value > CumulativeBaseline.Value)
        {
            EffectiveNetworkTime++;
            EffectiveBaselinePower = RewardMath.NextBaseline(EffectiveBaselinePower);
            CumulativeBaseline = CumulativeBaseline.Value + EffectiveBaselinePower.Value;
        }
    }

    /// <summary>Goes to the next epoch.</summary>
    public void AdvanceWithReward(BigInteger realizedPower)
    {
        BigInteger before = NetworkTime();
        Advance(realizedPower);
        ThisEpochReward = RewardMath.Reward(
            Epoch, before, NetworkTime(), SimpleTotal, BaselineTotal);
    }

    /// <summary>Ends an epoch: all holds for the one after it.</summary>
    /// <param name="epoch">The epoch that ends; those before it that were not told end too.</param>
    /// <param name="realizedPower">The network's power in it, in bytes.</param>
    public void CloseEpoch(long epoch, BigInteger realizedPower)
    {
        long before = Epoch;
        while (Epoch < epoch)
        {
            Advance(realizedPower);
        }

        AdvanceWithReward(realizedPower);
        Smooth(Epoch - before);
    }

    /// <summary>Smooths the reward over epochs since it was smoothed before.</summary>
    public void Smooth(long epochs) => ThisEpochRewardSmoothed =
        ThisEpochRewardSmoothed.Next(ThisEpochReward.ToBigInteger(), epochs);

    private readonly BigInteger NetworkTime() => RewardMath.NetworkTime(
        EffectiveNetworkTime, EffectiveBaselinePower, CumulativeRealized, CumulativeBaseline);
}
