namespace Filecoin.Vm;

/// <summary>An amount of gas, in milligas.</summary>
/// <remarks>
/// Spec: FIP-0032; ref-fvm fvm/src/gas/mod.rs. Arithmetic saturates. The largest amount stands for
/// everything that the reference's unsigned numbers hold above it: no tracker can pay it.
/// </remarks>
public readonly record struct Gas(long Milligas) : IComparable<Gas>
{
    /// <summary>Milligas to one gas.</summary>
    public const long Precision = 1_000;

    /// <summary>No gas.</summary>
    public static Gas Zero => default;

    /// <summary>More than can ever be paid.</summary>
    public static Gas Unpayable { get; } = new(long.MaxValue);

    /// <summary>Whole gas.</summary>
    public static Gas Of(long gas) => new Gas(gas) * (ulong)Precision;

    /// <summary>Whole gas, from a number without sign.</summary>
    public static Gas Of(ulong gas) => new Gas(Precision) * gas;

    /// <summary>Whole gas, rounded up; rounded towards zero below zero.</summary>
    public long RoundUp() => (Milligas / Precision) + (Milligas % Precision > 0 ? 1 : 0);

    /// <summary>Whole gas, rounded down.</summary>
    public long RoundDown() => Milligas / Precision - (Milligas % Precision < 0 ? 1 : 0);

    /// <summary>The larger of two amounts.</summary>
    public static Gas Max(Gas left, Gas right) => left >= right ? left : right;

    /// <summary>The smaller of two amounts.</summary>
    public static Gas Min(Gas left, Gas right) => left <= right ? left : right;

    /// <summary>The sum.</summary>
    public static Gas operator +(Gas left, Gas right)
    {
        long sum = unchecked(left.Milligas + right.Milligas);
        bool overflows = ((left.Milligas ^ sum) & (right.Milligas ^ sum)) < 0;
        return overflows ? Edge(left.Milligas) : new(sum);
    }

    /// <summary>The difference; below zero only in network version 17.</summary>
    public static Gas operator -(Gas left, Gas right)
    {
        long difference = unchecked(left.Milligas - right.Milligas);
        bool overflows = ((left.Milligas ^ right.Milligas) & (left.Milligas ^ difference)) < 0;
        return overflows ? Edge(left.Milligas) : new(difference);
    }

    /// <summary>A price times a number of units.</summary>
    public static Gas operator *(Gas price, ulong units)
    {
        bool isNegative = price.Milligas < 0;
        ulong magnitude = unchecked((ulong)(isNegative ? -price.Milligas : price.Milligas));
        ulong high = Math.BigMul(magnitude, units, out ulong low);
        return high != 0 || low > long.MaxValue ? Edge(price.Milligas)
            : new(isNegative ? -(long)low : (long)low);
    }

    /// <summary>A price times a number of units, not below zero.</summary>
    public static Gas operator *(Gas price, int units) => price * (ulong)units;

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(Gas left, Gas right) => left.Milligas < right.Milligas;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(Gas left, Gas right) => left.Milligas > right.Milligas;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(Gas left, Gas right) => left.Milligas <= right.Milligas;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(Gas left, Gas right) => left.Milligas >= right.Milligas;

    /// <inheritdoc/>
    public int CompareTo(Gas other) => Milligas.CompareTo(other.Milligas);

    /// <summary>The amount in gas, with its milligas.</summary>
    public override string ToString() => $"{(decimal)Milligas / Precision}";

    private static Gas Edge(long sign) => new(sign < 0 ? long.MinValue : long.MaxValue);
}
