using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bn254;

/// <summary>The first group: all points of y² = x³ + 3 over the base field.</summary>
/// <remarks>Spec: EIP-196: 64 bytes, both coordinates big-endian; zeros are infinity.</remarks>
internal static class G1
{
    internal const int EncodedLength = 2 * Fp.Length;

    private static readonly Fp B = Fp.Of(3);

    /// <summary>Reads a point; false for any other bytes.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        if (!Fp.TryRead(bytes, out var x) || !Fp.TryRead(bytes[Fp.Length..], out var y))
        {
            return false;
        }

        if (x.IsZero && y.IsZero)
        {
            return true;
        }

        point = new(x, y);
        return point.IsOnCurve(B);
    }

    internal static void Write(in AffinePoint<Fp> point, Span<byte> bytes)
    {
        // Infinity has zeros for coordinates.
        point.X.Write(bytes);
        point.Y.Write(bytes[Fp.Length..]);
    }
}
