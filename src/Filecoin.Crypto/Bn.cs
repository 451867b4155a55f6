using Filecoin.Crypto.Bn254;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto;

/// <summary>The pairing curve BN254 (alt_bn128) of Ethereum's precompiled contracts.</summary>
/// <remarks>
/// Spec: EIP-196 and EIP-197; substrate-bn 0.6.0. Points of the first group have 64 bytes, of
/// the second 128; zeros are infinity. Time depends on the values.
/// </remarks>
public static class Bn
{
    /// <summary>Length of a point of the first group, in bytes.</summary>
    public const int PointLength = G1.EncodedLength;

    /// <summary>Length of a point of each group, one after the other, in bytes.</summary>
    public const int PairLength = G1.EncodedLength + G2.EncodedLength;

    /// <summary>Adds two points of the first group; false if one is none.</summary>
    public static bool TryAdd(
        ReadOnlySpan<byte> left64, ReadOnlySpan<byte> right64, Span<byte> sum64)
    {
        if (!G1.TryRead(left64, out var left) || !G1.TryRead(right64, out var right))
        {
            return false;
        }

        G1.Write((left.ToCurvePoint() + right).ToAffine(), sum64);
        return true;
    }

    /// <summary>Multiplies a point of the first group by any number; false if it is none.</summary>
    public static bool TryMultiply(
        ReadOnlySpan<byte> point64, ReadOnlySpan<byte> scalar32, Span<byte> product64)
    {
        if (!G1.TryRead(point64, out var point))
        {
            return false;
        }

        G1.Write(point.ToCurvePoint().Multiply(scalar32).ToAffine(), product64);
        return true;
    }

    /// <summary>Tells whether the product of the pairs' pairings is one.</summary>
    /// <param name="pairs">Pairs of 192 bytes each; none are a product of one.</param>
    /// <param name="isOne">The answer.</param>
    /// <returns>False if the length is wrong or a point is none of its group.</returns>
    public static bool TryPair(ReadOnlySpan<byte> pairs, out bool isOne)
    {
        isOne = false;
        var count = pairs.Length / PairLength;
        if (pairs.Length % PairLength != 0)
        {
            return false;
        }

        var first = new AffinePoint<Fp>[count];
        var second = new AffinePoint<Fp2>[count];
        for (var i = 0; i < count; i++)
        {
            var pair = pairs.Slice(i * PairLength, PairLength);
            if (!G1.TryRead(pair, out first[i])
                || !G2.TryRead(pair[PointLength..], out second[i]))
            {
                return false;
            }
        }

        isOne = Pairing.IsProductOne(first, second);
        return true;
    }
}
