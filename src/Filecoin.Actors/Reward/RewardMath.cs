using System.Numerics;

namespace Filecoin.Actors.Reward;

/// <summary>What the network mints.</summary>
/// <remarks>
/// Spec: actors/reward, reward arithmetic; builtin-actors actors/reward/src/logic.rs.
/// </remarks>
public static class RewardMath
{
    private const int Precision = FixedPoint.Precision;

    private static readonly BigInteger Lambda =
        BigInteger.Parse("37396271439864487274534522888786");

    private static readonly BigInteger ExpLambdaLessOne =
        BigInteger.Parse("37396273494747879394193016954629");

    /// <summary>By what the baseline grows in an epoch: 100 % a year, Q.128.</summary>
    private static readonly BigInteger BaselineExponent =
        BigInteger.Parse("340282591298641078465964189926313473653");

    /// <summary>The last result of <see cref="LeftAt"/>: it depends on nothing else.</summary>
    private static Tuple<BigInteger, BigInteger>? lastLeft;

    /// <summary>The first epoch's baseline, in bytes.</summary>
    public static BigInteger BaselineInitial { get; } = 2_888_888_880_000_000_000;

    /// <summary>The baseline of the epoch before the first, in bytes.</summary>
    public static BigInteger BaselineBefore { get; } =
        ((BaselineInitial << (2 * Precision)) / BaselineExponent) >> Precision;

    /// <summary>The baseline an epoch later.</summary>
    public static BigInteger NextBaseline(BigInteger power) =>
        (power * BaselineExponent) >> Precision;

    /// <summary>The network's time: epochs of the baseline that power has filled, Q.128.</summary>
    public static BigInteger NetworkTime(
        long effectiveTime, BigInteger baseline, BigInteger realized, BigInteger wanted) =>
        effectiveTime == 0
            ? 0
            : ((BigInteger)effectiveTime << Precision)
                - FixedPoint.DivideFloor((wanted - realized) << Precision, baseline);

    /// <summary>The reward of an epoch, for all blocks that are expected.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="previousTime">The network's time before it.</param>
    /// <param name="time">The network's time with it.</param>
    /// <param name="simpleTotal">What is minted as time passes.</param>
    /// <param name="baselineTotal">What is minted as power grows.</param>
    public static TokenAmount Reward(
        long epoch,
        BigInteger previousTime,
        BigInteger time,
        TokenAmount simpleTotal,
        TokenAmount baselineTotal)
    {
        BigInteger simple = simpleTotal.ToBigInteger() * ExpLambdaLessOne;
        simple = (simple * NegativeExponential.Of(Lambda * epoch, Precision)) >> Precision;
        BigInteger total = baselineTotal.ToBigInteger();
        BigInteger before = Minted(previousTime, total);
        BigInteger baseline = Minted(time, total) - before;
        return TokenAmount.FromAtto((simple + baseline) >> Precision);
    }

    private static BigInteger Minted(BigInteger time, BigInteger total) =>
        ((BigInteger.One << Precision) - LeftAt(time)) * total;

    /// <summary>What part is not yet minted at a time, Q.128.</summary>
    /// <remarks>An epoch's time is asked for first as the time before the next.</remarks>
    private static BigInteger LeftAt(BigInteger time)
    {
        Tuple<BigInteger, BigInteger>? known = Volatile.Read(ref lastLeft);
        if (known?.Item1 != time)
        {
            known = new(
                time, NegativeExponential.Of((time * Lambda) >> Precision, Precision));
            Volatile.Write(ref lastLeft, known);
        }

        return known.Item2;
    }
}
