using System.Numerics;

namespace Filecoin.Actors.Storage;

/// <summary>Power of a sector by what it holds: verified data counts tenfold.</summary>
/// <remarks>
/// Spec: actors/miner-monies, quality; builtin-actors actors/miner/src/policy.rs. Weights are
/// byte-epochs; power is in bytes. Divisions are rounded down.
/// </remarks>
public static class QualityPower
{
    private const int Precision = 20;

    private static readonly BigInteger BaseMultiplier = 10;
    private static readonly BigInteger VerifiedMultiplier = 100;

    /// <summary>The most that a sector of a size can have.</summary>
    public static BigInteger Max(ulong sectorBytes) =>
        sectorBytes * VerifiedMultiplier / BaseMultiplier;

    /// <summary>The power of a sector.</summary>
    /// <param name="sectorBytes">Its size.</param>
    /// <param name="epochs">How long it is promised for; not 0.</param>
    /// <param name="verifiedWeight">Its verified data over that time.</param>
    /// <exception cref="DivideByZeroException">It is promised for no time.</exception>
    public static BigInteger Of(ulong sectorBytes, long epochs, BigInteger verifiedWeight)
    {
        BigInteger spacetime = sectorBytes * (BigInteger)epochs;
        BigInteger weighted = ((spacetime - verifiedWeight) * BaseMultiplier)
            + (verifiedWeight * VerifiedMultiplier);
        BigInteger quality = Reward.FixedPoint.DivideFloor(
            Reward.FixedPoint.DivideFloor(weighted << Precision, spacetime), BaseMultiplier);
        return (sectorBytes * quality) >> Precision;
    }
}
