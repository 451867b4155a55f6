using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

public readonly partial struct U256
{
    /// <summary>The bits that both have.</summary>
    public static U256 operator &(in U256 left, in U256 right)
    {
        Unsafe.SkipInit(out U256 result);
        And(left, right, ref result);
        return result;
    }

    /// <summary>The bits that either has.</summary>
    public static U256 operator |(in U256 left, in U256 right)
    {
        Unsafe.SkipInit(out U256 result);
        Or(left, right, ref result);
        return result;
    }

    /// <summary>The bits that one of them has.</summary>
    public static U256 operator ^(in U256 left, in U256 right)
    {
        Unsafe.SkipInit(out U256 result);
        Xor(left, right, ref result);
        return result;
    }

    /// <summary>The bits it does not have.</summary>
    public static U256 operator ~(in U256 value)
    {
        Unsafe.SkipInit(out U256 result);
        Not(value, ref result);
        return result;
    }

    /// <summary>Shifted to the left by any number of bits; zeros come in.</summary>
    public static U256 ShiftLeft(in U256 value, in U256 bits)
    {
        Unsafe.SkipInit(out U256 result);
        ShiftLeft(value, bits, ref result);
        return result;
    }

    /// <summary>Shifted to the right by any number of bits; zeros come in.</summary>
    public static U256 ShiftRight(in U256 value, in U256 bits)
    {
        Unsafe.SkipInit(out U256 result);
        ShiftRight(value, bits, 0, ref result);
        return result;
    }

    /// <summary>Shifted to the right by any number of bits; copies of the sign come in.</summary>
    public static U256 ShiftRightSigned(in U256 value, in U256 bits)
    {
        Unsafe.SkipInit(out U256 result);
        ShiftRight(value, bits, value.IsNegative ? ulong.MaxValue : 0, ref result);
        return result;
    }

    /// <summary>The byte at an index that counts from the most significant; zero beyond.</summary>
    public static U256 ByteAt(in U256 index, in U256 value)
    {
        if (index >= Length)
        {
            return Zero;
        }

        int place = Length - 1 - (int)index.W0;
        return (value.Word(place >> 3) >> (8 * (place & 7))) & 0xff;
    }

    /// <summary>Extends the sign of a number of index + 1 bytes to the whole word.</summary>
    public static U256 ExtendSign(in U256 index, in U256 value)
    {
        if (index >= Length - 1)
        {
            return value;
        }

        ulong above = Bits - 8 - (8 * index.W0);
        return ShiftRightSigned(ShiftLeft(value, above), above);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void And(in U256 left, in U256 right, ref U256 result) => Set(
        ref result,
        left.W0 & right.W0,
        left.W1 & right.W1,
        left.W2 & right.W2,
        left.W3 & right.W3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Or(in U256 left, in U256 right, ref U256 result) => Set(
        ref result,
        left.W0 | right.W0,
        left.W1 | right.W1,
        left.W2 | right.W2,
        left.W3 | right.W3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Xor(in U256 left, in U256 right, ref U256 result) => Set(
        ref result,
        left.W0 ^ right.W0,
        left.W1 ^ right.W1,
        left.W2 ^ right.W2,
        left.W3 ^ right.W3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Not(in U256 value, ref U256 result) =>
        Set(ref result, ~value.W0, ~value.W1, ~value.W2, ~value.W3);

    internal static void ShiftLeft(in U256 value, in U256 bits, ref U256 result)
    {
        if (bits >= Bits)
        {
            Set(ref result, 0, 0, 0, 0);
            return;
        }

        ShiftLeft(value, (int)bits.W0, ref result);
    }

    /// <summary>By less than 256 bits.</summary>
    internal static void ShiftLeft(in U256 value, int bits, ref U256 result)
    {
        ulong w0 = value.W0, w1 = value.W1, w2 = value.W2, w3 = value.W3;
        if ((bits & 128) != 0)
        {
            (w3, w2, w1, w0) = (w1, w0, 0, 0);
        }

        if ((bits & 64) != 0)
        {
            (w3, w2, w1, w0) = (w2, w1, w0, 0);
        }

        int shift = bits & 63;
        if (shift != 0)
        {
            int rest = 64 - shift;
            w3 = (w3 << shift) | (w2 >> rest);
            w2 = (w2 << shift) | (w1 >> rest);
            w1 = (w1 << shift) | (w0 >> rest);
            w0 <<= shift;
        }

        Set(ref result, w0, w1, w2, w3);
    }

    internal static void ShiftRight(in U256 value, in U256 bits, ulong fill, ref U256 result)
    {
        if (bits >= Bits)
        {
            Set(ref result, fill, fill, fill, fill);
            return;
        }

        ShiftRight(value, (int)bits.W0, fill, ref result);
    }

    /// <summary>By less than 256 bits.</summary>
    internal static void ShiftRight(in U256 value, int bits, ulong fill, ref U256 result)
    {
        ulong w0 = value.W0, w1 = value.W1, w2 = value.W2, w3 = value.W3;
        if ((bits & 128) != 0)
        {
            (w0, w1, w2, w3) = (w2, w3, fill, fill);
        }

        if ((bits & 64) != 0)
        {
            (w0, w1, w2, w3) = (w1, w2, w3, fill);
        }

        int shift = bits & 63;
        if (shift != 0)
        {
            int rest = 64 - shift;
            w0 = (w0 >> shift) | (w1 << rest);
            w1 = (w1 >> shift) | (w2 << rest);
            w2 = (w2 >> shift) | (w3 << rest);
            w3 = (w3 >> shift) | (fill << rest);
        }

        Set(ref result, w0, w1, w2, w3);
    }
}
