namespace Filecoin.Crypto.Curves;

/// <summary>An element c0 + c1·v + c2·v² of the sextic extension, v³ the non-residue.</summary>
internal readonly struct Fp6<T, TBase>(T c0, T c1, T c2)
    where T : unmanaged, IExtensionField<T, TBase>
    where TBase : unmanaged, IField<TBase>
{
    internal readonly T C0 = c0;
    internal readonly T C1 = c1;
    internal readonly T C2 = c2;

    internal static Fp6<T, TBase> One { get; } = new(T.One, T.Zero, T.Zero);

    public static Fp6<T, TBase> operator +(in Fp6<T, TBase> a, in Fp6<T, TBase> b) =>
        new(a.C0 + b.C0, a.C1 + b.C1, a.C2 + b.C2);

    public static Fp6<T, TBase> operator -(in Fp6<T, TBase> a, in Fp6<T, TBase> b) =>
        new(a.C0 - b.C0, a.C1 - b.C1, a.C2 - b.C2);

    public static Fp6<T, TBase> operator -(in Fp6<T, TBase> a) => new(-a.C0, -a.C1, -a.C2);

    // Karatsuba: six products instead of nine.
    public static Fp6<T, TBase> operator *(in Fp6<T, TBase> a, in Fp6<T, TBase> b)
    {
        var p0 = a.C0 * b.C0;
        var p1 = a.C1 * b.C1;
        var p2 = a.C2 * b.C2;
        var p12 = ((a.C1 + a.C2) * (b.C1 + b.C2)) - p1 - p2;
        var p01 = ((a.C0 + a.C1) * (b.C0 + b.C1)) - p0 - p1;
        var p02 = ((a.C0 + a.C2) * (b.C0 + b.C2)) - p0 - p2;
        return new(
            p0 + p12.MultiplyByNonResidue(), p01 + p2.MultiplyByNonResidue(), p02 + p1);
    }

    /// <summary>The product with b0 + b1·v.</summary>
    internal Fp6<T, TBase> MultiplyBy01(in T b0, in T b1)
    {
        var p0 = C0 * b0;
        var p1 = C1 * b1;
        var p12 = ((C1 + C2) * b1) - p1;
        var p01 = ((C0 + C1) * (b0 + b1)) - p0 - p1;
        var p02 = ((C0 + C2) * b0) - p0;
        return new(p0 + p12.MultiplyByNonResidue(), p01, p02 + p1);
    }

    /// <summary>The product with b1·v.</summary>
    internal Fp6<T, TBase> MultiplyBy1(in T b1) =>
        new((C2 * b1).MultiplyByNonResidue(), C0 * b1, C1 * b1);

    /// <summary>The product with v, the non-residue of the extension above.</summary>
    internal Fp6<T, TBase> MultiplyByNonResidue() => new(C2.MultiplyByNonResidue(), C0, C1);

    internal Fp6<T, TBase> Invert()
    {
        var t0 = C0.Square() - (C1 * C2).MultiplyByNonResidue();
        var t1 = C2.Square().MultiplyByNonResidue() - (C0 * C1);
        var t2 = C1.Square() - (C0 * C2);
        var norm = (C0 * t0) + ((C2 * t1) + (C1 * t2)).MultiplyByNonResidue();
        var inverse = norm.Invert();
        return new(t0 * inverse, t1 * inverse, t2 * inverse);
    }
}
