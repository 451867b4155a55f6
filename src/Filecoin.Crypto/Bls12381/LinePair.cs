namespace Filecoin.Crypto.Bls12381;

/// <summary>A pair under way in the Miller loop: the lines through a growing multiple.</summary>
internal sealed class LinePair(AffinePoint<Fp> p, AffinePoint<Fp2> q)
{
    private Fp2 _x = q.X;
    private Fp2 _y = q.Y;
    private Fp2 _z = Fp2.One;

    /// <summary>Doubles the multiple; multiplies f by the tangent, taken at P.</summary>
    internal Fp12 MultiplyByTangent(in Fp12 f)
    {
        var x2 = _x.Square();
        var y2 = _y.Square();
        var z2 = _z.Square();
        var y4 = y2.Square();
        var d = ((y2 + _x).Square() - x2 - y4).Double();
        var e = x2.Double() + x2;
        var e2 = e.Square();
        var constant = (_x + e).Square() - x2 - e2 - y2.Double().Double();
        _x = e2 - d.Double();
        _z = (_z + _y).Square() - y2 - z2;
        _y = ((d - _x) * e) - y4.Double().Double().Double();
        var slopeX = -(e * z2).Double();
        var slopeY = (_z * z2).Double();
        return f.MultiplyByLine(constant, slopeX * p.X, slopeY * p.Y);
    }

    /// <summary>Adds Q to the multiple; multiplies f by the chord, taken at P.</summary>
    internal Fp12 MultiplyByChord(in Fp12 f)
    {
        var z2 = _z.Square();
        var qY2 = q.Y.Square();
        var h = (z2 * q.X) - _x;
        var h2 = h.Square();
        var i = h2.Double().Double();
        var j = i * h;
        var r = (((q.Y + _z).Square() - qY2 - z2) * z2) - _y.Double();
        var v = i * _x;
        var x = r.Square() - j - v.Double();
        var z = (_z + h).Square() - z2 - h2;
        _y = ((v - x) * r) - (_y * j).Double();
        _x = x;
        _z = z;
        var cross = (q.Y + z).Square() - qY2 - z.Square();
        var constant = (r * q.X).Double() - cross;
        var slopeX = -r.Double();
        return f.MultiplyByLine(constant, slopeX * p.X, z.Double() * p.Y);
    }
}
