namespace Filecoin.Crypto.Curves;

/// <summary>An element c0 + c1·w of the extension of degree twelve, w² = v.</summary>
internal readonly struct Fp12<T, TBase>(Fp6<T, TBase> c0, Fp6<T, TBase> c1)
    where T : unmanaged, IExtensionField<T, TBase>
    where TBase : unmanaged, IField<TBase>
{
    internal readonly Fp6<T, TBase> C0 = c0;
    internal readonly Fp6<T, TBase> C1 = c1;

    // w^p = Frobenius[1]·w, so w^(kp) = Frobenius[k]·w^k.
    private static readonly T[] Frobenius = FrobeniusCoefficients();

    internal static Fp12<T, TBase> One { get; } = new(Fp6<T, TBase>.One, default);

    internal bool IsOne =>
        C0.C0 == T.One && C0.C1.IsZero && C0.C2.IsZero
        && C1.C0.IsZero && C1.C1.IsZero && C1.C2.IsZero;

    public static Fp12<T, TBase> operator *(in Fp12<T, TBase> a, in Fp12<T, TBase> b)
    {
        var p0 = a.C0 * b.C0;
        var p1 = a.C1 * b.C1;
        var p01 = ((a.C0 + a.C1) * (b.C0 + b.C1)) - p0 - p1;
        return new(p0 + p1.MultiplyByNonResidue(), p01);
    }

    internal Fp12<T, TBase> Square()
    {
        var product = C0 * C1;
        var sum = (C0 + C1) * (C0 + C1.MultiplyByNonResidue());
        return new(sum - product - product.MultiplyByNonResidue(), product + product);
    }

    /// <summary>The product with a line of a twist that multiplies: b0 + b1·v + b4·v·w.</summary>
    internal Fp12<T, TBase> MultiplyByLine014(in T b0, in T b1, in T b4)
    {
        var p0 = C0.MultiplyBy01(b0, b1);
        var p1 = C1.MultiplyBy1(b4);
        var p01 = (C0 + C1).MultiplyBy01(b0, b1 + b4) - p0 - p1;
        return new(p0 + p1.MultiplyByNonResidue(), p01);
    }

    /// <summary>The product with a line of a twist that divides: b0 + b3·w + b4·v·w.</summary>
    internal Fp12<T, TBase> MultiplyByLine034(in T b0, in T b3, in T b4)
    {
        var p0 = new Fp6<T, TBase>(C0.C0 * b0, C0.C1 * b0, C0.C2 * b0);
        var p1 = C1.MultiplyBy01(b3, b4);
        var p01 = (C0 + C1).MultiplyBy01(b0 + b3, b4) - p0 - p1;
        return new(p0 + p1.MultiplyByNonResidue(), p01);
    }

    /// <summary>This to the power p^6, which is the inverse after the easy exponent.</summary>
    internal Fp12<T, TBase> Conjugate() => new(C0, -C1);

    internal Fp12<T, TBase> Invert()
    {
        var norm = (C0 * C0) - (C1 * C1).MultiplyByNonResidue();
        var inverse = norm.Invert();
        return new(C0 * inverse, -(C1 * inverse));
    }

    /// <summary>This to the power p.</summary>
    internal Fp12<T, TBase> Power() => new(
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
    internal Fp12<T, TBase> CyclotomicSquare()
    {
        var (a0, a1) = SquareOfQuartic(C0.C0, C1.C1);
        var (b0, b1) = SquareOfQuartic(C1.C0, C0.C2);
        var (c0, c1) = SquareOfQuartic(C0.C1, C1.C2);
        return new(
            new(Triple(a0, -C0.C0), Triple(b0, -C0.C1), Triple(c0, -C0.C2)),
            new(Triple(c1.MultiplyByNonResidue(), C1.C0), Triple(a1, C1.C1), Triple(b1, C1.C2)));
    }

    /// <summary>3·square + 2·part.</summary>
    private static T Triple(in T square, in T part) => (square + part).Double() + square;

    /// <summary>The square of a + b·y with y² the non-residue.</summary>
    private static (T First, T Second) SquareOfQuartic(in T a, in T b)
    {
        var a2 = a.Square();
        var b2 = b.Square();
        return (b2.MultiplyByNonResidue() + a2, (a + b).Square() - a2 - b2);
    }

    private static T[] FrobeniusCoefficients()
    {
        var coefficients = new T[6];
        coefficients[0] = T.One;
        for (var k = 1; k < coefficients.Length; k++)
        {
            coefficients[k] = coefficients[k - 1] * T.FrobeniusOfW;
        }

        return coefficients;
    }
}
