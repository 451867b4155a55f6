using System.Numerics;

namespace Filecoin.Actors.Reward;

/// <summary>Whole numbers that stand for fractions of 2^128: Q.128.</summary>
/// <remarks>Spec: actors/reward, fixed-point; builtin-actors runtime/src/builtin/reward.</remarks>
public static class FixedPoint
{
    /// <summary>Bits behind the point.</summary>
    public const int Precision = 128;

    private static readonly BigInteger[] LnNumerator = Parse(
        "261417938209272870992496419296200268025",
        "7266615505142943436908456158054846846897",
        "32458783941900493142649393804518050491988",
        "17078670566130897220338060387082146864806",
        "-35150353308172866634071793531642638290419",
        "-20351202052858059355702509232125230498980",
        "-1563932590352680681114104005183375350999");

    private static readonly BigInteger[] LnDenominator = Parse(
        "49928077726659937662124949977867279384",
        "2508163877009111928787629628566491583994",
        "21757751789594546643737445330202599887121",
        "53400635271583923415775576342898617051826",
        "41248834748603606604000911015235164348839",
        "9015227820322455780436733526367238305537",
        "340282366920938463463374607431768211456");

    private static readonly BigInteger Ln2 =
        BigInteger.Parse("235865763225513294137944142764154484399");

    /// <summary>The natural logarithm of a number above 0.</summary>
    public static BigInteger Ln(BigInteger z)
    {
        int shift = (int)BigInteger.Abs(z).GetBitLength() - 1 - Precision;
        BigInteger x = shift > 0 ? z >> shift : z << -shift;
        BigInteger fraction = DivideFloor(
            Polynomial(LnNumerator, x) << Precision, Polynomial(LnDenominator, x));
        return (shift * Ln2) + fraction;
    }

    /// <summary>The quotient, rounded down.</summary>
    public static BigInteger DivideFloor(BigInteger dividend, BigInteger divisor)
    {
        BigInteger quotient = BigInteger.DivRem(dividend, divisor, out BigInteger rest);
        return rest.Sign * divisor.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The value of a polynomial, of which the highest coefficient comes first.</summary>
    private static BigInteger Polynomial(BigInteger[] coefficients, BigInteger x)
    {
        BigInteger value = 0;
        foreach (BigInteger coefficient in coefficients)
        {
            value = ((value * x) >> Precision) + coefficient;
        }

        return value;
    }

    private static BigInteger[] Parse(params string[] numbers) =>
        Array.ConvertAll(numbers, BigInteger.Parse);
}
