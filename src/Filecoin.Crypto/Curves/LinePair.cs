namespace Filecoin.Crypto.Curves;

/// <summary>A line through points of the twist, taken at P: constant + x·xP + y·yP.</summary>
internal readonly record struct Line<T>(T Constant, T AtX, T AtY);

/// <summary>A pair in the Miller loop: the lines through a growing multiple of Q.</summary>
internal sealed class LinePair<T, TBase>(AffinePoint<TBase> p, AffinePoint<T> q)
    where T : unmanaged, IExtensionField<T, TBase>
    where TBase : unmanaged, IField<TBase>
{
    private T x = q.X;
    private T y = q.Y;
    private T z = T.One;

    /// <summary>The point Q.</summary>
    internal AffinePoint<T> Q { get; } = q;

    /// <summary>The pairs whose points are finite: any other contributes one.</summary>
    internal static LinePair<T, TBase>[] Finite(
        ReadOnlySpan<AffinePoint<TBase>> first, ReadOnlySpan<AffinePoint<T>> second)
    {
        var pairs = new List<LinePair<T, TBase>>(first.Length);
        for (var i = 0; i < first.Length; i++)
        {
            if (!first[i].IsInfinity && !second[i].IsInfinity)
            {
                pairs.Add(new(first[i], second[i]));
            }
        }

        return pairs.ToArray();
    }

    /// <summary>Doubles the multiple and gives the tangent.</summary>
    internal Line<T> Double()
    {
        var x2 = x.Square();
        var y2 = y.Square();
        var z2 = z.Square();
        var y4 = y2.Square();
        var d = ((y2 + x).Square() - x2 - y4).Double();
        var e = x2.Double() + x2;
        var e2 = e.Square();
        var constant = (x + e).Square() - x2 - e2 - y2.Double().Double();
        x = e2 - d.Double();
        z = (z + y).Square() - y2 - z2;
        y = ((d - x) * e) - y4.Double().Double().Double();
        var slopeX = -(e * z2).Double();
        var slopeY = (z * z2).Double();
        return new(constant, slopeX * p.X, slopeY * p.Y);
    }

    /// <summary>Adds a point to the multiple and gives the chord.</summary>
    internal Line<T> Add(in AffinePoint<T> point)
    {
        var z2 = z.Square();
        var pointY2 = point.Y.Square();
        var h = (z2 * point.X) - x;
        var h2 = h.Square();
        var i = h2.Double().Double();
        var j = i * h;
        var r = (((point.Y + z).Square() - pointY2 - z2) * z2) - y.Double();
        var v = i * x;
        x = r.Square() - j - v.Double();
        y = ((v - x) * r) - (y * j).Double();
        z = (z + h).Square() - z2 - h2;
        var cross = (point.Y + z).Square() - pointY2 - z.Square();
        var constant = (r * point.X).Double() - cross;
        var slopeX = -r.Double();
        return new(constant, slopeX * p.X, z.Double() * p.Y);
    }
}
