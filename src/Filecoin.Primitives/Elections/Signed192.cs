using System.Buffers.Binary;
using System.Numerics;

namespace Filecoin;

/// <summary>A whole number of 192 bits, in two's complement; what is beyond is lost.</summary>
/// <param name="Low">The lowest word.</param>
/// <param name="Middle">The word above it.</param>
/// <param name="High">The highest word, with the sign.</param>
internal readonly record struct Signed192(ulong Low, ulong Middle, ulong High)
{
    private const int WordBytes = 8;
    private const int Bytes = 3 * WordBytes;

    /// <summary>A number that fits.</summary>
    /// <exception cref="OverflowException">It does not.</exception>
    internal static Signed192 From(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes.Fill(value.Sign < 0 ? byte.MaxValue : (byte)0);
        return value.TryWriteBytes(bytes, out _)
            ? new(
                BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[WordBytes..]),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[(2 * WordBytes)..]))
            : throw new OverflowException($"{value} does not fit 192 bits");
    }

    /// <summary>The number.</summary>
    internal BigInteger ToBigInteger()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[WordBytes..], Middle);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(2 * WordBytes)..], High);
        return new(bytes);
    }

    /// <summary>The sum.</summary>
    public static Signed192 operator +(in Signed192 left, in Signed192 right)
    {
        unchecked
        {
            ulong low = left.Low + right.Low;
            ulong carry = low < left.Low ? 1UL : 0;
            ulong middle = left.Middle + carry;
            carry = middle < carry ? 1UL : 0;
            middle += right.Middle;
            carry += middle < right.Middle ? 1UL : 0;
            return new(low, middle, left.High + right.High + carry);
        }
    }

    /// <summary>The product with a number from 0, without its last 128 bits.</summary>
    internal Signed192 MultiplyDown128(in Signed192 factor)
    {
        unchecked
        {
            _ = MultiplyAdd(Low, factor.Low, 0, 0, out ulong carry);
            ulong word1 = MultiplyAdd(Middle, factor.Low, carry, 0, out carry);
            ulong word2 = MultiplyAdd(High, factor.Low, carry, 0, out ulong word3);

            _ = MultiplyAdd(Low, factor.Middle, word1, 0, out carry);
            word2 = MultiplyAdd(Middle, factor.Middle, word2, carry, out carry);
            word3 = MultiplyAdd(High, factor.Middle, word3, carry, out ulong word4);

            word2 = MultiplyAdd(Low, factor.High, word2, 0, out carry);
            word3 = MultiplyAdd(Middle, factor.High, word3, carry, out carry);
            word4 += (High * factor.High) + carry;

            // Read without its sign, a number below 0 is 2^192 larger than it is.
            ulong mask = (ulong)((long)High >> 63);
            ulong excess = factor.Low & mask;
            ulong borrow = word3 < excess ? 1UL : 0;
            return new(word2, word3 - excess, word4 - (factor.Middle & mask) - borrow);
        }
    }

    /// <summary>a * b + c + d.</summary>
    private static ulong MultiplyAdd(ulong a, ulong b, ulong c, ulong d, out ulong high)
    {
        unchecked
        {
            high = Math.BigMul(a, b, out ulong low);
            low += c;
            high += low < c ? 1UL : 0;
            low += d;
            high += low < d ? 1UL : 0;
            return low;
        }
    }
}
