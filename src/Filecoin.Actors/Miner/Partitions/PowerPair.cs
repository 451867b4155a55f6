using System.Numerics;

namespace Filecoin.Actors.Miner;

/// <summary>Power of sectors in bytes.</summary>
/// <param name="Raw">Bytes of storage.</param>
/// <param name="QualityAdjusted">The same by quality.</param>
[CborTuple]
public readonly partial record struct PowerPair(BigInt Raw, BigInt QualityAdjusted)
{
    /// <summary>No power.</summary>
    public static PowerPair Zero => default;

    /// <summary>Whether it is none.</summary>
    public bool IsZero => Raw.Value.IsZero && QualityAdjusted.Value.IsZero;

    /// <summary>Whether a part is below 0.</summary>
    public bool IsNegative => Raw.Value.Sign < 0 || QualityAdjusted.Value.Sign < 0;

    /// <summary>The power of a sector.</summary>
    public static PowerPair Of(ulong sectorBytes, SectorOnChainInfo sector) =>
        new((BigInteger)sectorBytes, sector.QualityPower(sectorBytes));

    /// <summary>The power of sectors.</summary>
    public static PowerPair Of(ulong sectorBytes, IReadOnlyList<SectorOnChainInfo> sectors)
    {
        PowerPair sum = Zero;
        foreach (SectorOnChainInfo sector in sectors)
        {
            sum += Of(sectorBytes, sector);
        }

        return sum;
    }

    /// <summary>The sum.</summary>
    public static PowerPair operator +(PowerPair left, PowerPair right) => new(
        left.Raw.Value + right.Raw.Value,
        left.QualityAdjusted.Value + right.QualityAdjusted.Value);

    /// <summary>The difference.</summary>
    public static PowerPair operator -(PowerPair left, PowerPair right) => new(
        left.Raw.Value - right.Raw.Value,
        left.QualityAdjusted.Value - right.QualityAdjusted.Value);

    /// <summary>The opposite.</summary>
    public static PowerPair operator -(PowerPair power) => Zero - power;
}
