namespace Filecoin.Actors.Reward;

/// <summary>What holds of the reward actor.</summary>
/// <remarks>Spec: builtin-actors actors/reward/src/testing.rs.</remarks>
public static class RewardInvariants
{
    private const long MintedTotalFil = 1_100_000_000;

    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="lastEpoch">The last epoch that was run.</param>
    /// <param name="balance">What it has.</param>
    public static IEnumerable<string> Check(
        RewardState state, ChainEpoch lastEpoch, TokenAmount balance)
    {
        TokenAmount total = TokenAmount.FromFil(MintedTotalFil);
        if (state.TotalStoragePowerReward + balance < total)
        {
            yield return $"paid {state.TotalStoragePowerReward} and left {balance} are less than "
                + $"{total}";
        }

        if (state.Epoch != lastEpoch.Value + 1)
        {
            yield return $"it is at epoch {state.Epoch} after epoch {lastEpoch}";
        }

        if (state.EffectiveNetworkTime > state.Epoch)
        {
            yield return $"network time {state.EffectiveNetworkTime} is ahead of {state.Epoch}";
        }

        if (state.CumulativeRealized.Value > state.CumulativeBaseline.Value)
        {
            yield return $"realized {state.CumulativeRealized} above baseline "
                + $"{state.CumulativeBaseline}";
        }

        if (state.CumulativeRealized.Value.Sign < 0 || state.EffectiveBaselinePower.Value.Sign < 0)
        {
            yield return "power below zero";
        }
    }
}
