namespace Filecoin.Crypto.Bls12381;

/// <summary>The optimal ate pairing of BLS12-381.</summary>
/// <remarks>
/// Spec: Beuchat and others, High-speed software implementation of the optimal ate pairing
/// (doubling and adding with lines); Hayashida and others, Efficient final exponentiation via
/// cyclotomic structure (the hard part, cubed, as every library has it).
/// </remarks>
internal static class Pairing
{
    private const ulong ParameterMagnitude = CurvePoint<Fp>.ParameterMagnitude;

    /// <summary>The product of the pairings of all pairs.</summary>
    internal static Fp12 Product(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second) =>
        FinalExponentiation(MillerLoop(first, second));

    /// <summary>The product before the final exponentiation.</summary>
    internal static Fp12 MillerLoop(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second)
    {
        var pairs = Pairs(first, second);
        var f = Fp12.One;
        for (var bit = 62; bit >= 0; bit--)
        {
            f = f.Square();
            foreach (var pair in pairs)
            {
                f = pair.MultiplyByTangent(f);
            }

            if (((ParameterMagnitude >> bit) & 1) == 0)
            {
                continue;
            }

            foreach (var pair in pairs)
            {
                f = pair.MultiplyByChord(f);
            }
        }

        // The curve's number is negative.
        return f.Conjugate();
    }

    /// <summary>Raises to three times (p^12 - 1) / r.</summary>
    internal static Fp12 FinalExponentiation(in Fp12 f)
    {
        // (p^6 - 1)(p² + 1).
        var easy = f.Conjugate() * f.Invert();
        easy = easy.Power().Power() * easy;

        // (x - 1)² (x + p) (x² + p² - 1) + 3, where inverses are conjugates.
        var t = PowerOfParameter(easy) * easy.Conjugate();
        t = PowerOfParameter(t) * t.Conjugate();
        t = PowerOfParameter(t) * t.Power();
        t = PowerOfParameter(PowerOfParameter(t)) * t.Power().Power() * t.Conjugate();
        return t * easy.CyclotomicSquare() * easy;
    }

    private static LinePair[] Pairs(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second)
    {
        // A pair with a point at infinity contributes one.
        var pairs = new List<LinePair>(first.Length);
        for (var i = 0; i < first.Length; i++)
        {
            if (!first[i].IsInfinity && !second[i].IsInfinity)
            {
                pairs.Add(new(first[i], second[i]));
            }
        }

        return pairs.ToArray();
    }

    private static Fp12 PowerOfParameter(in Fp12 f)
    {
        var result = f;
        for (var bit = 62; bit >= 0; bit--)
        {
            result = result.CyclotomicSquare();
            if (((ParameterMagnitude >> bit) & 1) != 0)
            {
                result *= f;
            }
        }

        return result.Conjugate();
    }
}
