using System.Numerics;

namespace Filecoin;

/// <summary>How likely more than k events are where lambda are expected, for k = 0, 1, ….</summary>
/// <remarks>
/// Spec: crypto 6.4; lotus chain/types/electionproof.go. Numbers have 256 bits behind the point
/// and are rounded down at each step, so that every node finds the same.
/// </remarks>
public sealed class PoissonTail
{
    /// <summary>Bits behind the point.</summary>
    public const int Precision = 256;

    private readonly BigInteger lambda;
    private BigInteger probability;
    private int events;

    /// <summary>Starts with more than no events.</summary>
    /// <param name="lambda">What is expected, times 2^256.</param>
    public PoissonTail(BigInteger lambda)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lambda);
        this.lambda = lambda;
        probability = NegativeExponential.Of(lambda, Precision);
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
}
