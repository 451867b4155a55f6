using Filecoin.Crypto.Bls12381;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto;

/// <summary>Points of BLS12-381 in the form of Ethereum's precompiled contracts.</summary>
/// <remarks>
/// Spec: EIP-2537. A field element has 64 bytes, the first 16 zero and the number below the
/// prime; of an extension's the real part is first; a point has two; zeros are infinity.
/// </remarks>
public static class BlsPoints
{
    /// <summary>Length of a field element, in bytes.</summary>
    public const int ElementLength = 64;

    /// <summary>Length of a point of the first group, in bytes.</summary>
    public const int G1Length = 2 * ElementLength;

    /// <summary>Length of a point of the second group, in bytes.</summary>
    public const int G2Length = 4 * ElementLength;

    /// <summary>Length of a scalar, any big-endian number, in bytes.</summary>
    public const int ScalarLength = MultiScalar.ScalarLength;

    private const int PaddingLength = ElementLength - Fp.Length;

    /// <summary>Adds two points of the first curve, of its group or not.</summary>
    public static bool TryAddG1(
        ReadOnlySpan<byte> left128, ReadOnlySpan<byte> right128, Span<byte> sum128)
    {
        if (!TryReadG1(left128, out var left) || !TryReadG1(right128, out var right))
        {
            return false;
        }

        Write((left.ToCurvePoint() + right).ToAffine(), sum128);
        return true;
    }

    /// <summary>Adds two points of the second curve, of its group or not.</summary>
    public static bool TryAddG2(
        ReadOnlySpan<byte> left256, ReadOnlySpan<byte> right256, Span<byte> sum256)
    {
        if (!TryReadG2(left256, out var left) || !TryReadG2(right256, out var right))
        {
            return false;
        }

        Write((left.ToCurvePoint() + right).ToAffine(), sum256);
        return true;
    }

    /// <summary>Adds up multiples: each term is a point of the first group and a scalar.</summary>
    public static bool TrySumG1(ReadOnlySpan<byte> terms, Span<byte> sum128)
    {
        const int TermLength = G1Length + ScalarLength;
        var points = new AffinePoint<Fp>[terms.Length / TermLength];
        var scalars = new byte[points.Length * ScalarLength];
        for (var i = 0; i < points.Length; i++)
        {
            var term = terms.Slice(i * TermLength, TermLength);
            if (!TryReadG1(term, out points[i]) || !G1.IsInGroup(points[i]))
            {
                return false;
            }

            term[G1Length..].CopyTo(scalars.AsSpan(i * ScalarLength));
        }

        Write(MultiScalar.Sum<Fp>(points, scalars).ToAffine(), sum128);
        return terms.Length % TermLength == 0;
    }

    /// <summary>Adds up multiples: each term is a point of the second group and a scalar.</summary>
    public static bool TrySumG2(ReadOnlySpan<byte> terms, Span<byte> sum256)
    {
        const int TermLength = G2Length + ScalarLength;
        var points = new AffinePoint<Fp2>[terms.Length / TermLength];
        var scalars = new byte[points.Length * ScalarLength];
        for (var i = 0; i < points.Length; i++)
        {
            var term = terms.Slice(i * TermLength, TermLength);
            if (!TryReadG2(term, out points[i]) || !IsInG2(points[i]))
            {
                return false;
            }

            term[G2Length..].CopyTo(scalars.AsSpan(i * ScalarLength));
        }

        Write(MultiScalar.Sum<Fp2>(points, scalars).ToAffine(), sum256);
        return terms.Length % TermLength == 0;
    }

    /// <summary>Tells whether the product of the pairs' pairings is one.</summary>
    /// <param name="pairs">Pairs of a point of each group.</param>
    /// <param name="isOne">The answer.</param>
    /// <returns>False if the length is wrong or a point is none of its group.</returns>
    public static bool TryPair(ReadOnlySpan<byte> pairs, out bool isOne)
    {
        const int PairLength = G1Length + G2Length;
        isOne = false;
        var first = new AffinePoint<Fp>[pairs.Length / PairLength];
        var second = new AffinePoint<Fp2>[first.Length];
        for (var i = 0; i < first.Length; i++)
        {
            var pair = pairs.Slice(i * PairLength, PairLength);
            if (!TryReadG1(pair, out first[i])
                || !G1.IsInGroup(first[i])
                || !TryReadG2(pair[G1Length..], out second[i])
                || !IsInG2(second[i]))
            {
                return false;
            }
        }

        isOne = Pairing.Product(first, second).IsOne;
        return pairs.Length % PairLength == 0;
    }

    /// <summary>Maps an element of the base field to the first group.</summary>
    public static bool TryMapToG1(ReadOnlySpan<byte> element64, Span<byte> point128)
    {
        if (!TryRead(element64, out Fp element))
        {
            return false;
        }

        Write(G1.ClearCofactor(HashToCurve.MapToCurveG1(element)).ToAffine(), point128);
        return true;
    }

    /// <summary>Maps an element of the extension to the second group.</summary>
    public static bool TryMapToG2(ReadOnlySpan<byte> element128, Span<byte> point256)
    {
        if (!TryRead(element128, out Fp2 element))
        {
            return false;
        }

        Write(G2.ClearCofactor(HashToCurve.MapToCurveG2(element)).ToAffine(), point256);
        return true;
    }

    private static bool IsInG2(in AffinePoint<Fp2> point) =>
        point.IsInfinity || G2.IsInGroup(point);

    private static bool TryReadG1(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        if (!TryRead(bytes, out Fp x) || !TryRead(bytes[ElementLength..], out Fp y))
        {
            return false;
        }

        point = x.IsZero && y.IsZero ? default : new(x, y);
        return G1.IsOnCurve(point);
    }

    private static bool TryReadG2(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        point = default;
        if (!TryRead(bytes, out Fp2 x) || !TryRead(bytes[(2 * ElementLength)..], out Fp2 y))
        {
            return false;
        }

        point = x.IsZero && y.IsZero ? default : new(x, y);
        return G2.IsOnCurve(point);
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out Fp2 element)
    {
        var isRead = TryRead(bytes, out Fp c0) & TryRead(bytes[ElementLength..], out Fp c1);
        element = isRead ? new(c0, c1) : default;
        return isRead;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out Fp element)
    {
        element = default;
        return !bytes[..PaddingLength].ContainsAnyExcept((byte)0)
            && Fp.TryRead(bytes[PaddingLength..ElementLength], out element);
    }

    private static void Write(in AffinePoint<Fp> point, Span<byte> bytes)
    {
        Write(point.X, bytes);
        Write(point.Y, bytes[ElementLength..]);
    }

    private static void Write(in AffinePoint<Fp2> point, Span<byte> bytes)
    {
        Write(point.X.C0, bytes);
        Write(point.X.C1, bytes[ElementLength..]);
        Write(point.Y.C0, bytes[(2 * ElementLength)..]);
        Write(point.Y.C1, bytes[(3 * ElementLength)..]);
    }

    private static void Write(in Fp element, Span<byte> bytes)
    {
        bytes[..PaddingLength].Clear();
        element.Write(bytes[PaddingLength..]);
    }
}
