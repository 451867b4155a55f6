using System.Globalization;
using System.Numerics;

namespace Filecoin;

/// <summary>e^-x in whole numbers, so that every node finds the same.</summary>
/// <remarks>
/// Spec: crypto 6.4; actors/reward, fixed-point; lotus chain/types/electionproof.go. A quotient of
/// two polynomials, whose coefficients have 128 bits behind the point. Rounded down at each step.
/// </remarks>
public static class NegativeExponential
{
    private const int CoefficientPrecision = 128;

    /// <summary>
    /// Bits of an argument with 128 bits behind the point, up to which no step needs more than 192.
    /// </summary>
    private const int NarrowBits = CoefficientPrecision + 2;

    private static readonly BigInteger[] Numerator = Coefficients(
    [
        "-648770010757830093818553637600",
        "67469480939593786226847644286976",
        "-3197587544499098424029388939001856",
        "89244641121992890118377641805348864",
        "-1579656163641440567800982336819953664",
        "17685496037279256458459817590917169152",
        "-115682590513835356866803355398940131328",
        "340282366920938463463374607431768211456",
    ]);

    private static readonly BigInteger[] Denominator = Coefficients(
    [
        "1225524182432722209606361",
        "114095592300906098243859450",
        "5665570424063336070530214243",
        "194450132448609991765137938448",
        "5068267641632683791026134915072",
        "104716890604972796896895427629056",
        "1748338658439454459487681798864896",
        "23704654329841312470660182937960448",
        "259380097567996910282699886670381056",
        "2250336698853390384720606936038375424",
        "14978272436876548034486263159246028800",
        "72144088983913131323343765784380833792",
        "224599776407103106596571252037123047424",
        "340282366920938463463374607431768211456",
    ]);

    private static readonly Signed192[] NarrowNumerator =
        Array.ConvertAll(Numerator, Signed192.From);

    private static readonly Signed192[] NarrowDenominator =
        Array.ConvertAll(Denominator, Signed192.From);

    /// <summary>e^-x for a number from 0.</summary>
    /// <param name="x">The number.</param>
    /// <param name="precision">Bits behind the point, of it and of the result; from 128.</param>
    public static BigInteger Of(BigInteger x, int precision)
    {
        bool isNarrow = precision == CoefficientPrecision
            && x.Sign >= 0
            && x.GetBitLength() <= NarrowBits;
        BigInteger dividend = isNarrow
            ? Evaluate(NarrowNumerator, Signed192.From(x))
            : Evaluate(Numerator, x, precision);
        BigInteger divisor = isNarrow
            ? Evaluate(NarrowDenominator, Signed192.From(x))
            : Evaluate(Denominator, x, precision);
        dividend <<= precision;
        BigInteger quotient = BigInteger.DivRem(dividend, divisor, out BigInteger rest);
        return rest.Sign * divisor.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The value of a polynomial, of which the highest coefficient comes first.</summary>
    private static BigInteger Evaluate(BigInteger[] coefficients, BigInteger x, int precision)
    {
        BigInteger value = 0;
        foreach (BigInteger coefficient in coefficients)
        {
            value = ((value * x) >> precision)
                + (coefficient << (precision - CoefficientPrecision));
        }

        return value;
    }

    /// <summary>The same of few bits, 128 of them behind the point.</summary>
    private static BigInteger Evaluate(Signed192[] coefficients, in Signed192 x)
    {
        // At most |value| * 4 + 2^128 after a step, so less than 2^157 after the last of 14.
        Signed192 value = default;
        foreach (Signed192 coefficient in coefficients)
        {
            value = value.MultiplyDown128(x) + coefficient;
        }

        return value.ToBigInteger();
    }

    private static BigInteger[] Coefficients(string[] digits) => Array.ConvertAll(
        digits, text => BigInteger.Parse(text, CultureInfo.InvariantCulture));
}
