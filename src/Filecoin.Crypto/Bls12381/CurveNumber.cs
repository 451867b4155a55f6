using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>The number x that makes the curve; it is negative.</summary>
internal static class CurveNumber
{
    /// <summary>The negation of x.</summary>
    internal const ulong Magnitude = 0xd201000000010000;

    /// <summary>The multiple of a point by x.</summary>
    internal static CurvePoint<T> MultiplyByNumber<T>(this in CurvePoint<T> point)
        where T : unmanaged, IField<T>
    {
        var result = point;
        for (var bit = 62; bit >= 0; bit--)
        {
            result = result.Double();
            if (((Magnitude >> bit) & 1) != 0)
            {
                result += point;
            }
        }

        return -result;
    }
}
