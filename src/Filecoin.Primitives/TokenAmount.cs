using System.Globalization;
using System.Numerics;

namespace Filecoin;

/// <summary>An exact amount of FIL, in attoFIL; it may be negative.</summary>
/// <remarks>
/// Spec: ref-fvm shared/src/econ/mod.rs, shared/src/bigint/bigint_ser.rs. CBOR: a byte string,
/// empty for 0, else a sign byte (0 or 1) and the magnitude, big-endian, at most 128 bytes.
/// Everything that exists fits 128 bits; larger numbers only come from outside.
/// </remarks>
public readonly struct TokenAmount
    : IEquatable<TokenAmount>, IComparable<TokenAmount>, ICbor<TokenAmount>
{
    private const int EncodedBytesMax = 128;
    private const int DecimalsMax = 1_000;

    // To make them of an Int128 takes memory each time.
    private static readonly BigInteger LeastNarrow = Int128.MinValue;
    private static readonly BigInteger MostNarrow = Int128.MaxValue;

    // Two halves and not one Int128: ahead of time nothing is compiled that holds one.
    private readonly long high;
    private readonly ulong low;

    /// <summary>Holds what does not fit; null for all that does.</summary>
    private readonly BigInteger[]? wide;

    private TokenAmount(Int128 narrow) => (high, low) = Halves(narrow);

    private TokenAmount(BigInteger value)
    {
        if (value >= LeastNarrow && value <= MostNarrow)
        {
            (high, low) = Halves((Int128)value);
        }
        else
        {
            wide = [value];
        }
    }

    /// <summary>Nothing.</summary>
    public static TokenAmount Zero => default;

    /// <summary>attoFIL to one FIL.</summary>
    public static long AttoPerFil => 1_000_000_000_000_000_000;

    /// <summary>Whether it is below 0.</summary>
    public bool IsNegative => wide is null ? high < 0 : wide[0].Sign < 0;

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => wide is null && (unchecked((ulong)high) | low) == 0;

    private Int128 Narrow => new(unchecked((ulong)high), low);

    /// <summary>An amount of attoFIL.</summary>
    public static TokenAmount FromAtto(BigInteger atto) => new(atto);

    /// <summary>An amount of attoFIL.</summary>
    public static TokenAmount FromUInt128(UInt128 atto) =>
        atto <= (UInt128)Int128.MaxValue ? new((Int128)atto) : new((BigInteger)atto);

    /// <summary>An amount of attoFIL.</summary>
    public static TokenAmount FromAtto(long atto) => new((Int128)atto);

    /// <summary>An amount of whole FIL.</summary>
    public static TokenAmount FromFil(long fil) => new((Int128)fil * AttoPerFil);

    /// <summary>Reads attoFIL in decimal digits, with a sign if negative.</summary>
    public static bool TryParse(string? text, out TokenAmount amount)
    {
        amount = default;
        // The framework's parser lets zero bytes follow the digits.
        if (text is null
            || text.Length > DecimalsMax
            || text.AsSpan().TrimStart('-').ContainsAnyExceptInRange('0', '9')
            || !BigInteger.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out BigInteger value))
        {
            return false;
        }

        amount = new(value);
        return true;
    }

    /// <summary>The smaller of two amounts.</summary>
    public static TokenAmount Min(TokenAmount left, TokenAmount right) =>
        left <= right ? left : right;

    /// <summary>The larger of two amounts.</summary>
    public static TokenAmount Max(TokenAmount left, TokenAmount right) =>
        left >= right ? left : right;

    /// <summary>The sum.</summary>
    public static TokenAmount operator +(TokenAmount left, TokenAmount right)
    {
        if (left.wide is null && right.wide is null)
        {
            Int128 sum = unchecked(left.Narrow + right.Narrow);
            if (((left.Narrow ^ sum) & (right.Narrow ^ sum)) >= 0)
            {
                return new(sum);
            }
        }

        return new(left.ToBigInteger() + right.ToBigInteger());
    }

    /// <summary>The difference.</summary>
    public static TokenAmount operator -(TokenAmount left, TokenAmount right)
    {
        if (left.wide is null && right.wide is null)
        {
            Int128 difference = unchecked(left.Narrow - right.Narrow);
            if (((left.Narrow ^ right.Narrow) & (left.Narrow ^ difference)) >= 0)
            {
                return new(difference);
            }
        }

        return new(left.ToBigInteger() - right.ToBigInteger());
    }

    /// <summary>The product with a number.</summary>
    public static TokenAmount operator *(TokenAmount amount, long factor)
    {
        bool fits = amount.wide is null
            && amount.Narrow <= long.MaxValue
            && amount.Narrow >= long.MinValue;
        return fits
            ? new((Int128)Math.BigMul((long)amount.Narrow, factor))
            : new(amount.ToBigInteger() * factor);
    }

    /// <summary>The quotient by a number other than 0, rounded down.</summary>
    public TokenAmount DivideFloor(long divisor)
    {
        BigInteger quotient = BigInteger.DivRem(ToBigInteger(), divisor, out BigInteger rest);
        return new(rest.Sign * long.Sign(divisor) < 0 ? quotient - 1 : quotient);
    }

    /// <summary>The quotient by a number other than 0, rounded up.</summary>
    public TokenAmount DivideCeiling(long divisor)
    {
        BigInteger quotient = BigInteger.DivRem(ToBigInteger(), divisor, out BigInteger rest);
        return new(rest.Sign * long.Sign(divisor) > 0 ? quotient + 1 : quotient);
    }

    /// <summary>Whether the left amount is smaller.</summary>
    public static bool operator <(TokenAmount left, TokenAmount right) =>
        left.CompareTo(right) < 0;

    /// <summary>Whether the left amount is larger.</summary>
    public static bool operator >(TokenAmount left, TokenAmount right) =>
        left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is not larger.</summary>
    public static bool operator <=(TokenAmount left, TokenAmount right) =>
        left.CompareTo(right) <= 0;

    /// <summary>Whether the left amount is not smaller.</summary>
    public static bool operator >=(TokenAmount left, TokenAmount right) =>
        left.CompareTo(right) >= 0;

    /// <summary>Whether the amounts are the same.</summary>
    public static bool operator ==(TokenAmount left, TokenAmount right) => left.Equals(right);

    /// <summary>Whether the amounts differ.</summary>
    public static bool operator !=(TokenAmount left, TokenAmount right) => !left.Equals(right);

    /// <summary>attoFIL as a number of any size.</summary>
    public BigInteger ToBigInteger() => wide is null ? Narrow : wide[0];

    /// <summary>attoFIL as 128 bits; false if it is negative or larger.</summary>
    public bool TryToUInt128(out UInt128 value)
    {
        value = 0;
        if (IsNegative)
        {
            return false;
        }

        if (wide is null)
        {
            value = (UInt128)Narrow;
            return true;
        }

        bool fits = wide[0] <= UInt128.MaxValue;
        value = fits ? (UInt128)wide[0] : 0;
        return fits;
    }

    /// <inheritdoc/>
    public int CompareTo(TokenAmount other) => wide is null && other.wide is null
        ? Narrow.CompareTo(other.Narrow)
        : ToBigInteger().CompareTo(other.ToBigInteger());

    /// <inheritdoc/>
    public bool Equals(TokenAmount other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TokenAmount other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        wide is null ? Narrow.GetHashCode() : wide[0].GetHashCode();

    /// <summary>attoFIL in decimal digits.</summary>
    public override string ToString() => wide is null
        ? Narrow.ToString(CultureInfo.InvariantCulture)
        : wide[0].ToString(CultureInfo.InvariantCulture);

    /// <summary>FIL with as many decimals as it takes.</summary>
    public string ToFilString()
    {
        BigInteger whole = BigInteger.DivRem(
            BigInteger.Abs(ToBigInteger()), AttoPerFil, out BigInteger rest);
        string sign = IsNegative ? "-" : "";
        string decimals = ((long)rest).ToString("D18", CultureInfo.InvariantCulture).TrimEnd('0');
        return decimals.Length == 0 ? $"{sign}{whole} FIL" : $"{sign}{whole}.{decimals} FIL";
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out TokenAmount value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        if (bytes.IsEmpty)
        {
            return true;
        }

        if (bytes.Length > EncodedBytesMax || bytes[0] > 1)
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        ReadOnlySpan<byte> magnitude = bytes[1..];
        value = magnitude.Length < 16
            ? FromMagnitude(magnitude, bytes[0] == 1)
            : new(Signed(new(magnitude, isUnsigned: true, isBigEndian: true), bytes[0] == 1));
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        if (IsZero)
        {
            writer.WriteBytes([]);
            return;
        }

        if (wide is not null)
        {
            byte[] large = BigInteger.Abs(wide[0]).ToByteArray(isUnsigned: true, isBigEndian: true);
            writer.WriteBytes([IsNegative ? (byte)1 : (byte)0, .. large]);
            return;
        }

        Span<byte> buffer = stackalloc byte[17];
        UInt128 rest = Narrow < 0 ? unchecked((UInt128)(-Narrow)) : (UInt128)Narrow;
        int position = buffer.Length;
        while (rest != 0)
        {
            buffer[--position] = unchecked((byte)rest);
            rest >>= 8;
        }

        buffer[--position] = Narrow < 0 ? (byte)1 : (byte)0;
        writer.WriteBytes(buffer[position..]);
    }

    private static TokenAmount FromMagnitude(ReadOnlySpan<byte> magnitude, bool isNegative)
    {
        Int128 value = 0;
        foreach (byte digit in magnitude)
        {
            value = (value << 8) | digit;
        }

        return new(isNegative ? -value : value);
    }

    private static (long High, ulong Low) Halves(Int128 value) =>
        unchecked(((long)(value >> 64), (ulong)value));

    private static BigInteger Signed(BigInteger magnitude, bool isNegative) =>
        isNegative ? -magnitude : magnitude;
}
