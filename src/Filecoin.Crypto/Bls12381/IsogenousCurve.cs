using Filecoin.Crypto.Curves;

namespace Filecoin.Crypto.Bls12381;

/// <summary>A curve y² = x³ + ax + b that field elements map to, and its isogeny.</summary>
/// <remarks>Spec: RFC 9380, section 6.6.2 (simplified SWU) and 6.6.3 (a and b zero).</remarks>
internal sealed class IsogenousCurve<T>
    where T : unmanaged, ISignedField<T>
{
    private readonly T a;
    private readonly T b;
    private readonly T z;
    private readonly T usualX;
    private readonly T exceptionalX;

    internal IsogenousCurve(T a, T b, T z)
    {
        (this.a, this.b, this.z) = (a, b, z);
        usualX = -b * a.Invert();
        exceptionalX = b * (z * a).Invert();
    }

    /// <summary>Coefficients of the isogeny, constant term first.</summary>
    internal required T[] XNumerator { get; init; }

    internal required T[] XDenominator { get; init; }

    internal required T[] YNumerator { get; init; }

    internal required T[] YDenominator { get; init; }

    /// <summary>Maps an element to the isogenous curve and from there to the pairing's.</summary>
    internal CurvePoint<T> Map(in T u)
    {
        var zu2 = z * u.Square();
        var denominator = zu2.Square() + zu2;
        var x = denominator.IsZero
            ? exceptionalX
            : usualX * (T.One + denominator.Invert());
        if (!RightSide(x).TrySquareRoot(out var y))
        {
            x *= zu2;

            // One of both right sides is a square.
            _ = RightSide(x).TrySquareRoot(out y);
        }

        return Isogeny(x, u.IsOdd == y.IsOdd ? y : -y);
    }

    private T RightSide(in T x) => ((x.Square() + a) * x) + b;

    private CurvePoint<T> Isogeny(in T x, in T y)
    {
        var xDenominator = Evaluate(XDenominator, x);
        var yDenominator = Evaluate(YDenominator, x);
        var yDenominator2 = yDenominator.Square();
        var z = xDenominator * yDenominator;
        var z2 = z.Square();
        return new(
            Evaluate(XNumerator, x) * xDenominator * yDenominator2,
            y * Evaluate(YNumerator, x) * z2 * xDenominator,
            z);
    }

    private static T Evaluate(T[] coefficients, in T x)
    {
        var value = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
        {
            value = (value * x) + coefficients[i];
        }

        return value;
    }
}
