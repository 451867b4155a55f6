using Filecoin.Crypto.Curves;
using Fp12 = Filecoin.Crypto.Curves.Fp12<Filecoin.Crypto.Bn254.Fp2, Filecoin.Crypto.Bn254.Fp>;

namespace Filecoin.Crypto.Bn254;

/// <summary>The optimal ate pairing of BN254.</summary>
/// <remarks>
/// Spec: Vercauteren, Optimal pairings; Fuentes-Castañeda and others, Faster hashing to G2, for
/// the hard part of the exponent (a multiple of it that is prime to the order).
/// </remarks>
internal static class Pairing
{
    /// <summary>The number x that makes the curve.</summary>
    private const ulong Number = 0x44e992b44a6909f1;

    // 6x + 2 has one bit above these.
    private const ulong LoopNumber = 0x9d797039be763ba8;

    /// <summary>Whether the product of the pairings of all pairs is one.</summary>
    internal static bool IsProductOne(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second) =>
        FinalExponentiation(MillerLoop(first, second)).IsOne;

    private static Fp12 MillerLoop(
        ReadOnlySpan<AffinePoint<Fp>> first, ReadOnlySpan<AffinePoint<Fp2>> second)
    {
        var pairs = LinePair<Fp2, Fp>.Finite(first, second);
        var f = Fp12.One;
        for (var bit = 63; bit >= 0; bit--)
        {
            f = f.Square();
            var isSet = ((LoopNumber >> bit) & 1) != 0;
            foreach (var pair in pairs)
            {
                f = Multiply(f, pair.Double());
                f = isSet ? Multiply(f, pair.Add(pair.Q)) : f;
            }
        }

        foreach (var pair in pairs)
        {
            var image = G2.Frobenius(pair.Q);
            f = Multiply(f, pair.Add(image));
            f = Multiply(f, pair.Add(-G2.Frobenius(image)));
        }

        return f;
    }

    private static Fp12 FinalExponentiation(in Fp12 f)
    {
        // (p^6 - 1)(p² + 1).
        var easy = f.Conjugate() * f.Invert();
        easy = easy.Power().Power() * easy;

        // Inverses are conjugates from here on.
        var a = PowerOfNumber(easy).Conjugate().CyclotomicSquare();
        var b = a.CyclotomicSquare() * a;
        var c = PowerOfNumber(b).Conjugate();
        var d = PowerOfNumber(c.CyclotomicSquare()) * c * b.Conjugate();
        var e = a * d;
        return easy * c * d
            * e.Power()
            * d.Power().Power()
            * (e * easy.Conjugate()).Power().Power().Power();
    }

    private static Fp12 PowerOfNumber(in Fp12 f)
    {
        var result = f;
        for (var bit = 61; bit >= 0; bit--)
        {
            result = result.CyclotomicSquare();
            if (((Number >> bit) & 1) != 0)
            {
                result *= f;
            }
        }

        return result;
    }

    private static Fp12 Multiply(in Fp12 f, in Line<Fp2> line) =>
        f.MultiplyByLine034(line.AtY, line.AtX, line.Constant);
}
