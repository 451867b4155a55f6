namespace Filecoin.Crypto.Curves;

/// <summary>A point of a curve y² = x³ + b in Jacobian coordinates: (X / Z², Y / Z³).</summary>
/// <remarks>
/// Spec: the formulas dbl-2009-l, add-2007-bl and madd-2007-bl of the Explicit-Formulas
/// Database. Z is zero at infinity, which is the default value. Time depends on the values.
/// </remarks>
internal readonly struct CurvePoint<T>(T x, T y, T z)
    where T : unmanaged, IField<T>
{
    internal readonly T X = x;
    internal readonly T Y = y;
    internal readonly T Z = z;

    internal bool IsInfinity => Z.IsZero;

    public static CurvePoint<T> operator -(in CurvePoint<T> a) => new(a.X, -a.Y, a.Z);

    public static CurvePoint<T> operator -(in CurvePoint<T> a, in CurvePoint<T> b) => a + -b;

    public static CurvePoint<T> operator +(in CurvePoint<T> a, in CurvePoint<T> b)
    {
        if (a.IsInfinity)
        {
            return b;
        }

        if (b.IsInfinity)
        {
            return a;
        }

        var aZ2 = a.Z.Square();
        var bZ2 = b.Z.Square();
        var u1 = a.X * bZ2;
        var s1 = a.Y * b.Z * bZ2;
        var h = (b.X * aZ2) - u1;
        var r = (b.Y * a.Z * aZ2) - s1;
        if (h.IsZero)
        {
            return r.IsZero ? a.Double() : default;
        }

        return Sum(u1, s1, h, r.Double(), (a.Z + b.Z).Square() - aZ2 - bZ2);
    }

    public static CurvePoint<T> operator +(in CurvePoint<T> a, in AffinePoint<T> b)
    {
        if (b.IsInfinity)
        {
            return a;
        }

        if (a.IsInfinity)
        {
            return b.ToCurvePoint();
        }

        var aZ2 = a.Z.Square();
        var h = (b.X * aZ2) - a.X;
        var r = (b.Y * a.Z * aZ2) - a.Y;
        if (h.IsZero)
        {
            return r.IsZero ? a.Double() : default;
        }

        return Sum(a.X, a.Y, h, r.Double(), a.Z.Double());
    }

    /// <summary>Compares the points, not their coordinates.</summary>
    internal bool IsSame(in CurvePoint<T> other)
    {
        if (IsInfinity || other.IsInfinity)
        {
            return IsInfinity && other.IsInfinity;
        }

        var z2 = Z.Square();
        var otherZ2 = other.Z.Square();
        return X * otherZ2 == other.X * z2 && Y * otherZ2 * other.Z == other.Y * z2 * Z;
    }

    internal CurvePoint<T> Double()
    {
        var x2 = X.Square();
        var y2 = Y.Square();
        var y4 = y2.Square();
        var d = ((X + y2).Square() - x2 - y4).Double();
        var e = x2.Double() + x2;
        var x3 = e.Square() - d.Double();
        var y3 = (e * (d - x3)) - y4.Double().Double().Double();
        return new(x3, y3, (Y * Z).Double());
    }

    /// <summary>The multiple by a big-endian number of any length.</summary>
    internal CurvePoint<T> Multiply(ReadOnlySpan<byte> scalar)
    {
        Span<CurvePoint<T>> multiples = stackalloc CurvePoint<T>[16];
        multiples[0] = default;
        for (var i = 1; i < multiples.Length; i++)
        {
            multiples[i] = multiples[i - 1] + this;
        }

        CurvePoint<T> result = default;
        foreach (var digits in scalar)
        {
            result = result.Double().Double().Double().Double() + multiples[digits >> 4];
            result = result.Double().Double().Double().Double() + multiples[digits & 15];
        }

        return result;
    }

    internal AffinePoint<T> ToAffine()
    {
        if (IsInfinity)
        {
            return default;
        }

        var inverse = Z.Invert();
        var square = inverse.Square();
        return new(X * square, Y * square * inverse);
    }

    /// <summary>The common end of both additions; r is twice the difference of the S.</summary>
    private static CurvePoint<T> Sum(in T u1, in T s1, in T h, in T r, in T z)
    {
        var i = h.Double().Square();
        var j = h * i;
        var v = u1 * i;
        var x3 = r.Square() - j - v.Double();
        return new(x3, (r * (v - x3)) - (s1 * j).Double(), z * h);
    }
}
