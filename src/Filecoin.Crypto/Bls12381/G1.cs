using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>The group of public keys: points of y² = x³ + 4 over the base field.</summary>
/// <remarks>
/// Spec: the serialization of Zcash, as in draft-irtf-cfrg-pairing-friendly-curves, appendix C.
/// </remarks>
internal static class G1
{
    internal const int CompressedLength = Fp.Length;
    internal const int UncompressedLength = 2 * Fp.Length;

    private static readonly Fp B = Fp.Of(4);

    // A cube root of one: (x, y) to (x times this, y) multiplies by -x² in the group.
    private static readonly Fp Beta = Fp.Parse(
        "5f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe");

    internal static AffinePoint<Fp> Generator { get; } = new(
        Fp.Parse(
            "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac58"
            + "6c55e83ff97a1aeffb3af00adb22c6bb"),
        Fp.Parse(
            "08b3f481e3aaa0f1a09e30ed741d8ae4fcf5e095d5d00af600db18cb2c04b3ed"
            + "d03cc744a2888ae40caa232946c5e7e1"));

    /// <summary>Reads a point of the group; false for any other bytes.</summary>
    internal static bool TryReadCompressed(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        if (bytes.Length != CompressedLength
            || !PointFlags.TryTake(bytes, isCompressed: true, out var flags))
        {
            return false;
        }

        if (flags.IsInfinity)
        {
            return true;
        }

        Span<byte> copy = stackalloc byte[CompressedLength];
        PointFlags.CopyCleared(bytes, copy);
        if (!Fp.TryRead(copy, out var x) || !((x.Square() * x) + B).TrySquareRoot(out var y))
        {
            return false;
        }

        point = new(x, y.IsLargerHalf == flags.IsLargerHalf ? y : -y);
        return IsInGroup(point);
    }

    /// <summary>Reads a point by both coordinates; false for any other bytes.</summary>
    internal static bool TryReadUncompressed(ReadOnlySpan<byte> bytes, out AffinePoint<Fp> point)
    {
        point = default;
        if (bytes.Length != UncompressedLength
            || !PointFlags.TryTake(bytes, isCompressed: false, out var flags))
        {
            return false;
        }

        if (flags.IsInfinity)
        {
            return true;
        }

        if (!Fp.TryRead(bytes, out var x) || !Fp.TryRead(bytes[Fp.Length..], out var y))
        {
            return false;
        }

        point = new(x, y);
        return point.IsOnCurve(B) && IsInGroup(point);
    }

    internal static void WriteCompressed(in AffinePoint<Fp> point, Span<byte> bytes)
    {
        point.X.Write(bytes);
        PointFlags.Put(bytes, true, point.IsInfinity, point.Y.IsLargerHalf);
    }

    internal static void WriteUncompressed(in AffinePoint<Fp> point, Span<byte> bytes)
    {
        point.X.Write(bytes);
        point.Y.Write(bytes[Fp.Length..]);
        PointFlags.Put(bytes, false, point.IsInfinity, false);
    }

    /// <summary>Tells whether the coordinates are those of a point; infinity is one.</summary>
    internal static bool IsOnCurve(in AffinePoint<Fp> point) => point.IsOnCurve(B);

    /// <summary>Tells whether a point of the curve has the prime order.</summary>
    /// <remarks>Spec: Scott, A note on group membership tests for G1, G2 and GT.</remarks>
    internal static bool IsInGroup(in AffinePoint<Fp> point)
    {
        var mapped = new AffinePoint<Fp>(point.X * Beta, point.Y).ToCurvePoint();
        var multiple = point.ToCurvePoint().MultiplyByNumber().MultiplyByNumber();
        return point.IsInfinity || mapped.IsSame(-multiple);
    }

    /// <summary>Maps points of the curve into the group.</summary>
    /// <remarks>Spec: RFC 9380, section 8.8.1: the multiple by 1 - x.</remarks>
    internal static CurvePoint<Fp> ClearCofactor(in CurvePoint<Fp> point) =>
        point - point.MultiplyByNumber();
}
