using System.Numerics;

namespace Filecoin.Actors.Reward;

/// <summary>An estimate of a quantity that changes, and of how fast it does: Q.128.</summary>
/// <remarks>
/// Spec: actors/reward, alpha-beta filter; builtin-actors runtime/src/builtin/reward/smooth.
/// </remarks>
/// <param name="Position">The quantity.</param>
/// <param name="Velocity">How it changes in an epoch.</param>
[CborTuple]
public readonly partial record struct FilterEstimate(BigInt Position, BigInt Velocity)
{
    private const int Precision = FixedPoint.Precision;

    private static readonly BigInteger Alpha =
        BigInteger.Parse("314760000000000000000000000000000000");

    private static readonly BigInteger Beta =
        BigInteger.Parse("96640100000000000000000000000000");

    private static readonly BigInteger Epsilon = BigInteger.Parse("302231454903657293676544");

    /// <summary>An estimate of whole numbers.</summary>
    public static FilterEstimate FromWhole(BigInteger position, BigInteger velocity) =>
        new(position << Precision, velocity << Precision);

    /// <summary>The quantity as a whole number, rounded down.</summary>
    public BigInteger Estimate() => Position.Value >> Precision;

    /// <summary>The quantity in some epochs: Q.256.</summary>
    public BigInteger Extrapolate(long epochs) =>
        (Velocity.Value * ((BigInteger)epochs << Precision)) + (Position.Value << Precision);

    /// <summary>The estimate after an observation.</summary>
    /// <param name="observed">A whole number.</param>
    /// <param name="epochs">Epochs since this estimate, from 1 on.</param>
    public FilterEstimate Next(BigInteger observed, long epochs)
    {
        // Epochs are whole: their own bits behind the point cancel out.
        BigInteger expected = (epochs * Velocity.Value) + Position.Value;
        BigInteger residual = (observed << Precision) - expected;
        BigInteger change = (residual * Beta) >> Precision;
        return new(
            expected + ((Alpha * residual) >> Precision),
            (epochs == 1 ? change : FixedPoint.DivideFloor(change, epochs)) + Velocity.Value);
    }

    /// <summary>The sum, over some epochs, of one quantity divided by another: Q.128.</summary>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="start">When they begin, seen from now.</param>
    /// <param name="dividend">The one quantity.</param>
    /// <param name="divisor">The other.</param>
    public static BigInteger SumOfRatio(
        long epochs, long start, FilterEstimate dividend, FilterEstimate divisor)
    {
        BigInteger passed = (BigInteger)epochs << Precision;
        BigInteger first = (BigInteger)start << Precision;
        BigInteger velocity = divisor.Velocity.Value;
        BigInteger position = divisor.Position.Value;
        BigInteger square = (velocity * velocity) >> Precision;
        if (square <= Epsilon)
        {
            BigInteger middle = dividend.Velocity.Value * (first + (passed >> 1));
            middle = (middle >> Precision) + dividend.Position.Value;
            return FixedPoint.DivideFloor(middle * passed, position);
        }

        BigInteger from = ((velocity * first) >> Precision) + position;
        BigInteger to = ((velocity * passed) >> Precision) + from;
        BigInteger fromLn = FixedPoint.Ln(from);
        BigInteger toLn = FixedPoint.Ln(to);
        BigInteger constant =
            ((toLn - fromLn) * dividend.Position.Value * velocity) >> Precision;
        BigInteger linear =
            (((fromLn - toLn) * position) + (velocity * passed)) * dividend.Velocity.Value;
        return FixedPoint.DivideFloor((linear >> Precision) + constant, square);
    }
}
