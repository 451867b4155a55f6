using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>Hashes messages to points of both groups.</summary>
/// <remarks>
/// Spec: RFC 9380, suites BLS12381G1_XMD:SHA-256_SSWU_RO_ and BLS12381G2_XMD:SHA-256_SSWU_RO_.
/// </remarks>
internal static class HashToCurve
{
    // Bytes hashed for each integer modulo the prime.
    private const int WideLength = 64;

    internal static CurvePoint<Fp> ToG1(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain)
    {
        Span<byte> wide = stackalloc byte[2 * WideLength];
        MessageExpansion.Expand(message, domain, wide);
        var first = MapToCurveG1(Fp.ReadWide(wide));
        var second = MapToCurveG1(Fp.ReadWide(wide[WideLength..]));
        return G1.ClearCofactor(first + second);
    }

    internal static CurvePoint<Fp2> ToG2(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain)
    {
        Span<byte> wide = stackalloc byte[4 * WideLength];
        MessageExpansion.Expand(message, domain, wide);
        var first = MapToCurveG2(ReadWide(wide));
        var second = MapToCurveG2(ReadWide(wide[(2 * WideLength)..]));
        return G2.ClearCofactor(first + second);
    }

    /// <summary>Maps to the curve, outside the group in general.</summary>
    internal static CurvePoint<Fp> MapToCurveG1(in Fp u) => Isogenies.G1.Map(u);

    /// <summary>Maps to the curve, outside the group in general.</summary>
    internal static CurvePoint<Fp2> MapToCurveG2(in Fp2 u) => Isogenies.G2.Map(u);

    private static Fp2 ReadWide(ReadOnlySpan<byte> wide) =>
        new(Fp.ReadWide(wide), Fp.ReadWide(wide[WideLength..]));
}
