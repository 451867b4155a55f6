namespace Filecoin.Crypto.Bls12381;

/// <summary>A pair under way in the Miller loop: the lines through a growing multiple.</summary>
internal sealed class LinePair(AffinePoint<Fp> p, AffinePoint<Fp2> q)
{
    private Fp2 x = q.X;
    private Fp2 y = q.Y;
    private Fp2 z = Fp2.One;

    /// <summary>Doubles the multiple; multiplies f by the tangent, taken at P.</summary>
    internal Fp12 MultiplyByTangent(in Fp12 f)
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
        return f.MultiplyByLine(constant, slopeX * p.X, slopeY * p.Y);
    }

    /// <summary>Adds Q to the multiple; multiplies f by the chord, taken at P.</summary>
    internal Fp12 MultiplyByChord(in Fp12 f)
    {
        var z2 = z.Square();
        var qY2 = q.Y.Square();
        var h = (z2 * q.X) - x;
        var h2 = h.Square();
        var i = h2.Double().Double();
        var j = i * h;
        var r = (((q.Y + z).Square() - qY2 - z2) * z2) - y.Double();
        var v = i * x;
        x = r.Square() - j - v.Double();
        y = ((v - x) * r) - (y * j).Double();
        z = (z + h).Square() - z2 - h2;
        var cross = (q.Y + z).Square() - qY2 - z.Square();
        var constant = (r * q.X).Double() - cross;
        var slopeX = -r.Double();
        return f.MultiplyByLine(constant, slopeX * p.X, z.Double() * p.Y);
    }
}
