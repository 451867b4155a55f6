using System.Numerics;

namespace Filecoin.Actors.Power;

/// <summary>What holds of the power actor.</summary>
/// <remarks>Spec: builtin-actors actors/power/src/testing.rs.</remarks>
public static class PowerInvariants
{
    private const int ClaimsBitWidth = 5;

    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <param name="policy">The network's limits.</param>
    /// <exception cref="IpldException">A tree cannot be read.</exception>
    public static IReadOnlyList<string> Check(
        PowerState state, IBlockstore store, Policy policy)
    {
        List<string> complaints = [];
        CheckTotals(state, complaints);
        CheckEvents(state, store, complaints);
        CheckClaims(state, store, policy, complaints);
        if (state.ProofValidationBatch is not null)
        {
            complaints.Add("there are proofs to validate, which nobody does any more");
        }

        return complaints;
    }

    private static void CheckTotals(PowerState state, List<string> complaints)
    {
        BigInteger[][] ascending =
        [
            [0, state.TotalRawBytePower, state.TotalQualityAdjustedPower],
            [0, state.TotalBytesCommitted, state.TotalQualityAdjustedBytesCommitted],
            [state.TotalRawBytePower, state.TotalBytesCommitted],
            [state.TotalQualityAdjustedPower, state.TotalQualityAdjustedBytesCommitted],
        ];
        foreach (BigInteger[] row in ascending)
        {
            for (int i = 1; i < row.Length; i++)
            {
                if (row[i - 1] > row[i])
                {
                    complaints.Add($"a total of {row[i - 1]} is above one of {row[i]}");
                }
            }
        }
    }

    private static void CheckEvents(
        PowerState state, IBlockstore store, List<string> complaints)
    {
        Hamt<Cid> epochs = Hamt<Cid>.Load(
            store, state.CronEventQueue, new(CronEventQueue.BitWidth));
        epochs.ForEach((key, root) =>
        {
            if (!Int64Key.TryParse(key.Span, out long epoch) || epoch < state.FirstCronEpoch)
            {
                complaints.Add(
                    $"cron events at {epoch}, before the first, {state.FirstCronEpoch}");
            }

            if (Amt<CronEvent>.Load(store, root).Count == 0)
            {
                complaints.Add($"no cron events at {epoch}");
            }
        });
    }

    private static void CheckClaims(
        PowerState state, IBlockstore store, Policy policy, List<string> complaints)
    {
        PowerState sums = default;
        Hamt<Claim>.Load(store, state.Claims, new(ClaimsBitWidth)).ForEach((_, claim) =>
        {
            BigInteger raw = claim.RawBytePower;
            BigInteger adjusted = claim.QualityAdjustedPower;
            sums.TotalBytesCommitted = sums.TotalBytesCommitted.Value + raw;
            sums.TotalQualityAdjustedBytesCommitted =
                sums.TotalQualityAdjustedBytesCommitted.Value + adjusted;
            if (raw >= PowerState.MinimumPower(policy, claim.WindowPostProofType))
            {
                sums.MinerAboveMinPowerCount++;
                sums.TotalRawBytePower = sums.TotalRawBytePower.Value + raw;
                sums.TotalQualityAdjustedPower = sums.TotalQualityAdjustedPower.Value + adjusted;
            }
        });
        sums = state with
        {
            TotalBytesCommitted = sums.TotalBytesCommitted,
            TotalQualityAdjustedBytesCommitted = sums.TotalQualityAdjustedBytesCommitted,
            TotalRawBytePower = sums.TotalRawBytePower,
            TotalQualityAdjustedPower = sums.TotalQualityAdjustedPower,
            MinerAboveMinPowerCount = sums.MinerAboveMinPowerCount,
        };
        if (sums != state)
        {
            complaints.Add($"totals are not those of the claims: {state}, not {sums}");
        }
    }
}
