using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bn254;

/// <summary>The second group: points of prime order of y² = x³ + 3 / (9 + u).</summary>
/// <remarks>Spec: EIP-197: 128 bytes, c1 of x first; zeros are infinity.</remarks>
internal static class G2
{
    internal const int EncodedLength = 2 * Fp2.Length;

    private static readonly Fp2 B = new(
        Fp.Parse("2b149d40ceb8aaae81be18991be06ac3b5b4c5e559dbefa33267e6dc24a138e5"),
        Fp.Parse("009713b03af0fed4cd2cafadeed8fdf4a74fa084e52d1852e4a2bd0685c315d2"));

    private static readonly Fp2 FrobeniusX = Fp2.FrobeniusOfW.Square();
    private static readonly Fp2 FrobeniusY = FrobeniusX * Fp2.FrobeniusOfW;

    // The Frobenius map multiplies points of the group by p, which is 6x² modulo the order.
    private static ReadOnlySpan<byte> FrobeniusMultiple =>
    [
        0x6f, 0x4d, 0x82, 0x48, 0xee, 0xb8, 0x59, 0xfb,
        0xf8, 0x3e, 0x96, 0x82, 0xe8, 0x7c, 0xfd, 0x46,
    ];

    /// <summary>Reads a point of the group; false for any other bytes.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
    {
        point = default;
        if (!Fp2.TryRead(bytes, out var x) || !Fp2.TryRead(bytes[Fp2.Length..], out var y))
        {
            return false;
        }

        if (x.IsZero && y.IsZero)
        {
            return true;
        }

        point = new(x, y);
        return point.IsOnCurve(B) && IsInGroup(point);
    }

    /// <summary>The image under the Frobenius map, brought back to the twist.</summary>
    internal static AffinePoint<Fp2> Frobenius(in AffinePoint<Fp2> point) => point.IsInfinity
        ? point
        : new(point.X.Conjugate() * FrobeniusX, point.Y.Conjugate() * FrobeniusY);

    // The map F satisfies F² - (6x² + 1)·F + p = 0 on the whole curve. Where F is 6x², that
    // makes p - 6x², the order, times the point infinity: no other point passes.
    private static bool IsInGroup(in AffinePoint<Fp2> point) =>
        point.ToCurvePoint().Multiply(FrobeniusMultiple)
            .IsSame(Frobenius(point).ToCurvePoint());
}
