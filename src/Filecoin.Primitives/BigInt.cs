using System.Numerics;

namespace Filecoin;

/// <summary>A whole number of any size as state holds it: power, weights, spacetime.</summary>
/// <remarks>
/// Spec: actors/common 4, bigint. CBOR as <see cref="TokenAmount"/>: a byte string of at most 128
/// bytes, empty for 0, else a sign byte and the magnitude, big-endian.
/// </remarks>
public readonly record struct BigInt(BigInteger Value) : ICbor<BigInt>
{
    /// <summary>0.</summary>
    public static BigInt Zero => default;

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out BigInt value)
    {
        bool isRead = TokenAmount.TryRead(ref reader, out TokenAmount amount);
        value = new(amount.ToBigInteger());
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        TokenAmount.FromAtto(Value).WriteTo(ref writer);

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => Value.ToString();

    /// <summary>The number.</summary>
    public static implicit operator BigInteger(BigInt value) => value.Value;

    /// <summary>The number as state holds it.</summary>
    public static implicit operator BigInt(BigInteger value) => new(value);

    /// <summary>The number.</summary>
    public BigInteger ToBigInteger() => Value;

    /// <summary>The number as state holds it.</summary>
    public static BigInt FromBigInteger(BigInteger value) => new(value);
}
