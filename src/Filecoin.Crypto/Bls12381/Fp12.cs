namespace Filecoin.Crypto.Bls12381;

/// <summary>An element c0 + c1·w of the extension of degree twelve, w² = v.</summary>
internal readonly struct Fp12(Fp6 c0, Fp6 c1)
{
    internal readonly Fp6 C0 = c0;
    internal readonly Fp6 C1 = c1;

    // w^p = Frobenius[1]·w, so w^(kp) = Frobenius[k]·w^k.
    private static readonly Fp2[] Frobenius = FrobeniusCoefficients();

    internal static Fp12 One { get; } = new(Fp6.One, default);

    internal bool IsOne =>
        C0.C0 == Fp2.One && C0.C1.IsZero && C0.C2.IsZero
        && C1.C0.IsZero && C1.C1.IsZero && C1.C2.IsZero;

    public static Fp12 operator *(in Fp12 a, in Fp12 b)
    {
        var p0 = a.C0 * b.C0;
        var p1 = a.C1 * b.C1;
        var p01 = ((a.C0 + a.C1) * (b.C0 + b.C1)) - p0 - p1;
        return new(p0 + p1.MultiplyByNonResidue(), p01);
    }

    internal Fp12 Square()
    {
        var product = C0 * C1;
        var sum = (C0 + C1) * (C0 + C1.MultiplyByNonResidue());
        return new(sum - product - product.MultiplyByNonResidue(), product + product);
    }

    /// <summary>The product with a line: b0 + b1·v + b4·v·w.</summary>
    internal Fp12 MultiplyByLine(in Fp2 b0, in Fp2 b1, in Fp2 b4)
    {
        var p0 = C0.MultiplyBy01(b0, b1);
        var p1 = C1.MultiplyBy1(b4);
        var p01 = (C0 + C1).MultiplyBy01(b0, b1 + b4) - p0 - p1;
        return new(p0 + p1.MultiplyByNonResidue(), p01);
    }

    /// <summary>This to the power p^6, which is the inverse after the easy exponent.</summary>
    internal Fp12 Conjugate() => new(C0, -C1);

    internal Fp12 Invert()
    {
        var norm = (C0 * C0) - (C1 * C1).MultiplyByNonResidue();
        var inverse = norm.Invert();
        return new(C0 * inverse, -(C1 * inverse));
    }

    /// <summary>This to the power p.</summary>
    internal Fp12 Power() => new(
        new(
            C0.C0.Conjugate(),
            C0.C1.Conjugate() * Frobenius[2],
            C0.C2.Conjugate() * Frobenius[4]),
        new(
            C1.C0.Conjugate() * Frobenius[1],
            C1.C1.Conjugate() * Frobenius[3],
            C1.C2.Conjugate() * Frobenius[5]));

    /// <summary>The square of an element of the cyclotomic subgroup.</summary>
    /// <remarks>Spec: Granger and Scott, Faster squaring in the cyclotomic subgroup.</remarks>
    internal Fp12 CyclotomicSquare()
    {
        var (a0, a1) = SquareOfQuartic(C0.C0, C1.C1);
        var (b0, b1) = SquareOfQuartic(C1.C0, C0.C2);
        var (c0, c1) = SquareOfQuartic(C0.C1, C1.C2);
        return new(
            new(Triple(a0, -C0.C0), Triple(b0, -C0.C1), Triple(c0, -C0.C2)),
            new(Triple(c1.MultiplyByNonResidue(), C1.C0), Triple(a1, C1.C1), Triple(b1, C1.C2)));
    }

    /// <summary>3·square + 2·part.</summary>
    private static Fp2 Triple(in Fp2 square, in Fp2 part) => (square + part).Double() + square;

    /// <summary>The square of a + b·y with y² = 1 + u.</summary>
    private static (Fp2 First, Fp2 Second) SquareOfQuartic(in Fp2 a, in Fp2 b)
    {
        var a2 = a.Square();
        var b2 = b.Square();
        return (b2.MultiplyByNonResidue() + a2, (a + b).Square() - a2 - b2);
    }

    private static Fp2[] FrobeniusCoefficients()
    {
        // (1 + u)^((p - 1) / 6).
        var first = new Fp2(
            Fp.Parse(
                "1904d3bf02bb0667c231beb4202c0d1f0fd603fd3cbd5f4f7b2443d784bab9c4"
                + "f67ea53d63e7813d8d0775ed92235fb8"),
            Fp.Parse(
                "00fc3e2b36c4e03288e9e902231f9fb854a14787b6c7b36fec0c8ec971f63c5f"
                + "282d5ac14d6c7ec22cf78a126ddc4af3"));
        var coefficients = new Fp2[6];
        coefficients[0] = Fp2.One;
        for (var k = 1; k < coefficients.Length; k++)
        {
            coefficients[k] = coefficients[k - 1] * first;
        }

        return coefficients;
    }
}
