using System.Numerics;
using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>The group of signatures: points of y² = x³ + 4 + 4u over the extension.</summary>
/// <remarks>
/// Spec: the serialization of Zcash, as in draft-irtf-cfrg-pairing-friendly-curves, appendix C.
/// </remarks>
internal static class G2
{
    internal const int CompressedLength = Fp2.Length;
    internal const int UncompressedLength = 2 * Fp2.Length;

    private const int BaseDigits = 4;
    private const int WordBits = 64;

    private static readonly Fp2 B = new(Fp.Of(4), Fp.Of(4));

    // What the untwisted Frobenius map multiplies the conjugated coordinates by:
    // (1 + u)^(-(p - 1) / 3) and (1 + u)^(-(p - 1) / 2).
    private static readonly Fp2 FrobeniusX = new(
        Fp.Zero,
        Fp.Parse(
            "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b"
            + "409427eb4f49fffd8bfd00000000aaad"));

    private static readonly Fp2 FrobeniusY = new(
        Fp.Parse(
            "135203e60180a68ee2e9c448d77a2cd91c3dedd930b1cf60ef396489f61eb45e"
            + "304466cf3e67fa0af1ee7b04121bdea2"),
        Fp.Parse(
            "06af0e0437ff400b6831e36d6bd17ffe48395dabc2d3435e77f76e17009241c5"
            + "ee67992f72ec05f4c81084fbede3cc09"));

    internal static AffinePoint<Fp2> Generator { get; } = new(
        new(
            Fp.Parse(
                "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d177"
                + "0bac0326a805bbefd48056c8c121bdb8"),
            Fp.Parse(
                "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049"
                + "334cf11213945d57e5ac7d055d042b7e")),
        new(
            Fp.Parse(
                "0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c"
                + "923ac9cc3baca289e193548608b82801"),
            Fp.Parse(
                "0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab"
                + "3f370d275cec1da1aaa9075ff05f79be")));

    /// <summary>Reads a point of the group; false for any other bytes.</summary>
    internal static bool TryReadCompressed(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
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
        if (!Fp2.TryRead(copy, out var x) || !((x.Square() * x) + B).TrySquareRoot(out var y))
        {
            return false;
        }

        point = new(x, y.IsLargerHalf == flags.IsLargerHalf ? y : -y);
        return IsInGroup(point);
    }

    /// <summary>Reads a point by both coordinates; false for any other bytes.</summary>
    internal static bool TryReadUncompressed(ReadOnlySpan<byte> bytes, out AffinePoint<Fp2> point)
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

        if (!Fp2.TryRead(bytes, out var x) || !Fp2.TryRead(bytes[Fp2.Length..], out var y))
        {
            return false;
        }

        point = new(x, y);
        return point.IsOnCurve(B) && IsInGroup(point);
    }

    internal static void WriteCompressed(in AffinePoint<Fp2> point, Span<byte> bytes)
    {
        point.X.Write(bytes);
        PointFlags.Put(bytes, true, point.IsInfinity, point.Y.IsLargerHalf);
    }

    internal static void WriteUncompressed(in AffinePoint<Fp2> point, Span<byte> bytes)
    {
        point.X.Write(bytes);
        point.Y.Write(bytes[Fp2.Length..]);
        PointFlags.Put(bytes, false, point.IsInfinity, false);
    }

    /// <summary>Tells whether the coordinates are those of a point; infinity is one.</summary>
    internal static bool IsOnCurve(in AffinePoint<Fp2> point) => point.IsOnCurve(B);

    /// <summary>Tells whether a point of the curve has the prime order.</summary>
    /// <remarks>Spec: Scott, A note on group membership tests for G1, G2 and GT.</remarks>
    internal static bool IsInGroup(in AffinePoint<Fp2> affine)
    {
        var point = affine.ToCurvePoint();
        return Frobenius(point).IsSame(point.MultiplyByNumber());
    }

    /// <summary>Maps points of the curve into the group.</summary>
    /// <remarks>
    /// Spec: RFC 9380, section 8.8.2 and appendix G.3: x² - x - 1 times the point, x - 1 times
    /// its Frobenius image and twice the image of that.
    /// </remarks>
    internal static CurvePoint<Fp2> ClearCofactor(in CurvePoint<Fp2> point)
    {
        var multiple = point.MultiplyByNumber();
        var image = Frobenius(point);
        return Frobenius(Frobenius(point.Double()))
            + (multiple + image).MultiplyByNumber() - multiple - image - point;
    }

    /// <summary>The multiple of a point of the group by a number below its order.</summary>
    /// <remarks>
    /// Spec: Galbraith, Lin, Scott, Endomorphisms for faster elliptic curve cryptography. In the
    /// group the Frobenius image is the multiple by x: the number's four digits to the base -x,
    /// each of a word, multiply the point and its images side by side.
    /// </remarks>
    internal static CurvePoint<Fp2> Multiply(
        in CurvePoint<Fp2> point, ReadOnlySpan<byte> bigEndian)
    {
        Span<ulong> digits = stackalloc ulong[BaseDigits];
        Span<CurvePoint<Fp2>> sums = stackalloc CurvePoint<Fp2>[1 << BaseDigits];
        sums[0] = default;
        BigInteger rest = new(bigEndian, isUnsigned: true, isBigEndian: true);
        CurvePoint<Fp2> image = point;
        for (int i = 0; i < BaseDigits; i++)
        {
            rest = BigInteger.DivRem(rest, CurveNumber.Magnitude, out BigInteger digit);
            digits[i] = (ulong)digit;
            for (int others = 0; others < 1 << i; others++)
            {
                sums[(1 << i) + others] = sums[others] + image;
            }

            image = -Frobenius(image);
        }

        CurvePoint<Fp2> result = default;
        for (int bit = WordBits - 1; bit >= 0; bit--)
        {
            int chosen = 0;
            for (int i = 0; i < BaseDigits; i++)
            {
                chosen |= (int)((digits[i] >> bit) & 1) << i;
            }

            result = result.Double() + sums[chosen];
        }

        return result;
    }

    private static CurvePoint<Fp2> Frobenius(in CurvePoint<Fp2> point) => new(
        point.X.Conjugate() * FrobeniusX,
        point.Y.Conjugate() * FrobeniusY,
        point.Z.Conjugate());
}
