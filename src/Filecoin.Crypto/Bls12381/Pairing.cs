using Filecoin.Crypto.Curves;
using Fp12 = Filecoin.Crypto.Curves.Fp12<
    Filecoin.Crypto.Bls12381.Fp2, Filecoin.Crypto.Bls12381.Fp>;

namespace Filecoin.Crypto.Bls12381;

/// <summary>The optimal ate pairing of BLS12-381.</summary>
/// <remarks>
/// Spec: Beuchat and others, High-speed software implementation of the optimal ate pairing
/// (doubling and adding with lines); Hayashida and others, Efficient final exponentiation via
/// cyclotomic structure (the hard part, cubed, as every library has it).
/// </remarks>
internal static class Pairing
{
    /// <summary>The product of the pairings of all pairs.</summary>
    internal static Fp12 Product(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second) =>
        FinalExponentiation(MillerLoop(first, second));

    /// <summary>The product before the final exponentiation.</summary>
    internal static Fp12 MillerLoop(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second)
    {
        var pairs = LinePair<Fp2, Fp>.Finite(first, second);
        var f = Fp12.One;
        for (var bit = 62; bit >= 0; bit--)
        {
            f = f.Square();
            foreach (var pair in pairs)
            {
                f = Multiply(f, pair.Double());
            }

            if (((CurveNumber.Magnitude >> bit) & 1) == 0)
            {
                continue;
            }

            foreach (var pair in pairs)
            {
                f = Multiply(f, pair.Add(pair.Q));
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

    private static Fp12 Multiply(in Fp12 f, in Line<Fp2> line) =>
        f.MultiplyByLine014(line.Constant, line.AtX, line.AtY);

    private static Fp12 PowerOfParameter(in Fp12 f)
    {
        var result = f;
        for (var bit = 62; bit >= 0; bit--)
        {
            result = result.CyclotomicSquare();
            if (((CurveNumber.Magnitude >> bit) & 1) != 0)
            {
                result *= f;
            }
        }

        return result.Conjugate();
    }
}
