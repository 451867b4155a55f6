using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>A word of the EVM: an unsigned integer of 256 bits whose arithmetic wraps.</summary>
/// <remarks>
/// Spec: Ethereum yellow paper, appendix H; builtin-actors actors/evm/shared/src/uints.rs.
/// Signed operations read the word as two's complement. Division by zero gives zero.
/// </remarks>
public readonly partial struct U256 : IEquatable<U256>, IComparable<U256>
{
    /// <summary>Length of the big-endian form, in bytes.</summary>
    public const int Length = 32;

    internal const int Bits = 256;

    // Least significant first.
    internal readonly ulong W0;
    internal readonly ulong W1;
    internal readonly ulong W2;
    internal readonly ulong W3;

    internal U256(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        W0 = w0;
        W1 = w1;
        W2 = w2;
        W3 = w3;
    }

    /// <summary>0.</summary>
    public static U256 Zero => default;

    /// <summary>1.</summary>
    public static U256 One => new(1, 0, 0, 0);

    /// <summary>2^256 - 1, which is -1 as a signed number.</summary>
    public static U256 Max => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => (W0 | W1 | W2 | W3) == 0;

    /// <summary>Whether it is below 2^64.</summary>
    public bool IsUInt64 => (W1 | W2 | W3) == 0;

    /// <summary>Whether it is below 2^32.</summary>
    public bool IsUInt32 => ((W0 >> 32) | W1 | W2 | W3) == 0;

    /// <summary>The low 64 bits.</summary>
    public ulong Low => W0;

    /// <summary>The number, or 2^64 - 1 if it is larger.</summary>
    public ulong Saturated => IsUInt64 ? W0 : ulong.MaxValue;

    internal bool IsNegative => (W3 >> 63) != 0;

    /// <summary>How many bits are set.</summary>
    public int OneBits => BitOperations.PopCount(W0) + BitOperations.PopCount(W1)
        + BitOperations.PopCount(W2) + BitOperations.PopCount(W3);

    /// <summary>Bits up to the highest that is set: 0 for 0.</summary>
    public int BitLength => Bits - LeadingZeros;

    /// <summary>Leading zero bits: 256 for 0.</summary>
    public int LeadingZeros =>
        W3 != 0 ? BitOperations.LeadingZeroCount(W3)
        : W2 != 0 ? 64 + BitOperations.LeadingZeroCount(W2)
        : W1 != 0 ? 128 + BitOperations.LeadingZeroCount(W1)
        : 192 + BitOperations.LeadingZeroCount(W0);

    /// <summary>A number below 2^64.</summary>
    public static implicit operator U256(ulong value) => new(value, 0, 0, 0);

    /// <summary>Whether the words are the same.</summary>
    public static bool operator ==(in U256 left, in U256 right) =>
        ((left.W0 ^ right.W0) | (left.W1 ^ right.W1)
            | (left.W2 ^ right.W2) | (left.W3 ^ right.W3)) == 0;

    /// <summary>Whether the words differ.</summary>
    public static bool operator !=(in U256 left, in U256 right) => !(left == right);

    /// <summary>Whether the left number is smaller, both unsigned.</summary>
    public static bool operator <(in U256 left, in U256 right) =>
        left.W3 != right.W3 ? left.W3 < right.W3
        : left.W2 != right.W2 ? left.W2 < right.W2
        : left.W1 != right.W1 ? left.W1 < right.W1
        : left.W0 < right.W0;

    /// <summary>Whether the left number is larger, both unsigned.</summary>
    public static bool operator >(in U256 left, in U256 right) => right < left;

    /// <summary>Whether the left number is not larger, both unsigned.</summary>
    public static bool operator <=(in U256 left, in U256 right) => !(right < left);

    /// <summary>Whether the left number is not smaller, both unsigned.</summary>
    public static bool operator >=(in U256 left, in U256 right) => !(left < right);

    /// <summary>Whether the left number is smaller, both signed.</summary>
    public static bool IsLessSigned(in U256 left, in U256 right) =>
        left.IsNegative == right.IsNegative ? left < right : left.IsNegative;

    /// <summary>Reads at most 32 big-endian bytes.</summary>
    public static U256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            Span<byte> padded = stackalloc byte[Length];
            padded.Clear();
            bytes.CopyTo(padded[(Length - bytes.Length)..]);
            return FromBigEndian(padded);
        }

        Unsafe.SkipInit(out U256 word);
        ReadBigEndian(bytes, ref word);
        return word;
    }

    /// <summary>Reads 32 big-endian bytes.</summary>
    internal static void ReadBigEndian(ReadOnlySpan<byte> bytes, ref U256 word) => Set(
        ref word,
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>An amount of attoFIL; it must not be negative nor have over 256 bits.</summary>
    public static U256 FromTokenAmount(TokenAmount amount) =>
        amount.TryToUInt128(out UInt128 small)
            ? new((ulong)(small & ulong.MaxValue), (ulong)(small >> 64), 0, 0)
            : FromBigInteger(amount.ToBigInteger());

    /// <summary>A number that is not negative and has at most 256 bits.</summary>
    public static U256 FromBigInteger(BigInteger value) =>
        FromBigEndian(value.ToByteArray(isUnsigned: true, isBigEndian: true));

    /// <summary>Reads hexadecimal digits, at most 64, without a prefix.</summary>
    public static U256 ParseHex(string digits) =>
        FromBigEndian(Convert.FromHexString(digits.PadLeft(2 * Length, '0')));

    /// <summary>Writes 32 big-endian bytes.</summary>
    public void WriteBigEndian(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], W0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], W1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], W2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, W3);
    }

    /// <summary>The 32 big-endian bytes.</summary>
    public byte[] ToBigEndian()
    {
        byte[] bytes = new byte[Length];
        WriteBigEndian(bytes);
        return bytes;
    }

    /// <summary>The number as attoFIL.</summary>
    public TokenAmount ToTokenAmount() => (W2 | W3) == 0
        ? TokenAmount.FromUInt128(new(W1, W0))
        : TokenAmount.FromAtto(ToBigInteger());

    /// <summary>The number as one of any size.</summary>
    public BigInteger ToBigInteger() => new(ToBigEndian(), isUnsigned: true, isBigEndian: true);

    /// <inheritdoc/>
    public int CompareTo(U256 other) => this < other ? -1 : this == other ? 0 : 1;

    /// <inheritdoc/>
    public bool Equals(U256 other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is U256 other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => (W0 ^ W1 ^ W2 ^ W3).GetHashCode();

    /// <summary>Its 64 hexadecimal digits after 0x.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"0x{W3:x16}{W2:x16}{W1:x16}{W0:x16}");

    /// <summary>Puts a value into a slot word by word.</summary>
    /// <remarks>
    /// A copy of 32 bytes at once would have to wait for the four stores that made the value:
    /// a processor forwards a store to a load of the same width only.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Set(ref U256 slot, ulong w0, ulong w1, ulong w2, ulong w3)
    {
        ref ulong words = ref Unsafe.As<U256, ulong>(ref slot);
        words = w0;
        Unsafe.Add(ref words, 1) = w1;
        Unsafe.Add(ref words, 2) = w2;
        Unsafe.Add(ref words, 3) = w3;
    }

    /// <summary>Copies a value into a slot word by word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Copy(ref readonly U256 value, ref U256 slot) =>
        Set(ref slot, value.W0, value.W1, value.W2, value.W3);
}
