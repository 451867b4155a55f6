using System.Numerics;

namespace Filecoin.Vm;

/// <summary>Computes who pays what for a message.</summary>
/// <remarks>Spec: gas-schedule 15; ref-fvm fvm/src/gas/outputs.rs.</remarks>
public static class FeeSettlement
{
    /// <summary>Divides what the sender has put aside: fee cap times gas limit.</summary>
    public static GasOutputs Compute(
        long gasUsed, ulong gasLimit, TokenAmount baseFee, TokenAmount feeCap, TokenAmount premium)
    {
        BigInteger fee = baseFee.ToBigInteger();
        BigInteger cap = feeCap.ToBigInteger();
        BigInteger paid = BigInteger.Min(fee, cap);
        (BigInteger refundGas, BigInteger burnGas) = OverEstimation(gasUsed, gasLimit);

        BigInteger penalty = fee > cap ? (fee - cap) * gasUsed : 0;
        BigInteger baseFeeBurn = paid * gasUsed;
        BigInteger overEstimationBurn = paid * burnGas;
        penalty += (fee - paid) * burnGas;

        BigInteger tipRate = premium.ToBigInteger();
        tipRate = paid + tipRate > cap ? cap - paid : tipRate;
        BigInteger tip = tipRate * gasLimit;
        BigInteger refund = (cap * gasLimit) - baseFeeBurn - tip - overEstimationBurn;
        return new()
        {
            BaseFeeBurn = TokenAmount.FromAtto(baseFeeBurn),
            OverEstimationBurn = TokenAmount.FromAtto(overEstimationBurn),
            MinerPenalty = TokenAmount.FromAtto(penalty),
            MinerTip = TokenAmount.FromAtto(tip),
            Refund = TokenAmount.FromAtto(refund),
            GasRefund = (long)refundGas,
            GasBurned = (long)burnGas,
        };
    }

    /// <summary>
    /// Of the gas that is left over, how much comes back and how much is burnt for having been
    /// reserved: more than a tenth above what was used costs, rounded down.
    /// </summary>
    internal static (BigInteger Refund, BigInteger Burn) OverEstimation(
        long gasUsed, ulong gasLimit)
    {
        if (gasUsed == 0)
        {
            return (0, gasLimit);
        }

        BigInteger used = gasUsed;
        BigInteger over = BigInteger.Min(
            used, BigInteger.Max(0, gasLimit - (11 * used / 10)));
        BigInteger remaining = BigInteger.Max(0, gasLimit - used);
        BigInteger burn = remaining * over / used;
        return (remaining - burn, burn);
    }
}
