using System.Globalization;
using System.Numerics;

namespace Filecoin;

/// <summary>How likely more than k events are where lambda are expected, for k = 0, 1, ….</summary>
/// <remarks>
/// Spec: crypto 6.4; lotus chain/types/electionproof.go. Numbers have 256 bits behind the point
/// and are rounded down at each step, so that every node finds the same; e^-lambda is a quotient
/// of two polynomials.
/// </remarks>
public sealed class PoissonTail
{
    /// <summary>Bits behind the point.</summary>
    public const int Precision = 256;

    private const int CoefficientShift = 128;

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

    private readonly BigInteger lambda;
    private BigInteger probability;
    private int events;

    /// <summary>Starts with more than no events.</summary>
    /// <param name="lambda">What is expected, times 2^256.</param>
    public PoissonTail(BigInteger lambda)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        this.lambda = lambda;
        probability = (Evaluate(Numerator, lambda) << Precision) / Evaluate(Denominator, lambda);
        Value = (BigInteger.One << Precision) - probability;
    }

    /// <summary>The likelihood, times 2^256.</summary>
    public BigInteger Value { get; private set; }

    /// <summary>Goes on to one event more.</summary>
    public void Next()
    {
        events++;
        probability = (probability / events * lambda) >> Precision;
        Value -= probability;
    }

    private static BigInteger Evaluate(BigInteger[] coefficients, BigInteger at)
    {
        BigInteger result = coefficients[0];
        foreach (BigInteger coefficient in coefficients.AsSpan(1))
        {
            result = ((result * at) >> Precision) + coefficient;
        }

        return result;
    }

    private static BigInteger[] Coefficients(string[] digits) => Array.ConvertAll(
        digits,
        text => BigInteger.Parse(text, CultureInfo.InvariantCulture) << CoefficientShift);
}
