namespace Filecoin.Crypto.Curves;

/// <summary>A point of a curve y² = x³ + b by its coordinates, or the point at infinity.</summary>
internal readonly struct AffinePoint<T>
    where T : unmanaged, IField<T>
{
    internal readonly T X;
    internal readonly T Y;

    private readonly bool isFinite;

    internal AffinePoint(in T x, in T y)
    {
        X = x;
        Y = y;
        isFinite = true;
    }

    /// <summary>True for the default value too.</summary>
    internal bool IsInfinity => !isFinite;

    public static AffinePoint<T> operator -(in AffinePoint<T> a) =>
        a.IsInfinity ? a : new(a.X, -a.Y);

    internal bool IsOnCurve(in T b) => IsInfinity || Y.Square() == (X.Square() * X) + b;

    internal CurvePoint<T> ToCurvePoint() => IsInfinity ? default : new(X, Y, T.One);
}
