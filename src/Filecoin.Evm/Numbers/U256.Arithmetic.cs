using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Filecoin.Evm;

public readonly partial struct U256
{
    /// <summary>The sum modulo 2^256.</summary>
    public static U256 operator +(in U256 left, in U256 right)
    {
        Unsafe.SkipInit(out U256 sum);
        Add(left, right, ref sum);
        return sum;
    }

    /// <summary>The difference modulo 2^256.</summary>
    public static U256 operator -(in U256 left, in U256 right)
    {
        Unsafe.SkipInit(out U256 difference);
        Subtract(left, right, ref difference);
        return difference;
    }

    /// <summary>The negation modulo 2^256.</summary>
    public static U256 operator -(in U256 value) => Zero - value;

    /// <summary>The product modulo 2^256.</summary>
    public static U256 operator *(in U256 left, in U256 right)
    {
        Unsafe.SkipInit(out U256 product);
        Multiply(left, right, ref product);
        return product;
    }

    internal ulong Word(int index) => index switch
    {
        0 => W0,
        1 => W1,
        2 => W2,
        _ => W3,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(in U256 left, in U256 right, ref U256 sum)
    {
        unchecked
        {
            ulong s0 = left.W0 + right.W0;
            ulong c0 = s0 < left.W0 ? 1UL : 0;
            ulong t1 = left.W1 + right.W1;
            ulong s1 = t1 + c0;
            ulong c1 = (t1 < left.W1 ? 1UL : 0) | (s1 < t1 ? 1UL : 0);
            ulong t2 = left.W2 + right.W2;
            ulong s2 = t2 + c1;
            ulong c2 = (t2 < left.W2 ? 1UL : 0) | (s2 < t2 ? 1UL : 0);
            Set(ref sum, s0, s1, s2, left.W3 + right.W3 + c2);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subtract(in U256 left, in U256 right, ref U256 difference)
    {
        unchecked
        {
            ulong d0 = left.W0 - right.W0;
            ulong b0 = left.W0 < right.W0 ? 1UL : 0;
            ulong t1 = left.W1 - right.W1;
            ulong d1 = t1 - b0;
            ulong b1 = (left.W1 < right.W1 ? 1UL : 0) | (t1 < b0 ? 1UL : 0);
            ulong t2 = left.W2 - right.W2;
            ulong d2 = t2 - b1;
            ulong b2 = (left.W2 < right.W2 ? 1UL : 0) | (t2 < b1 ? 1UL : 0);
            Set(ref difference, d0, d1, d2, left.W3 - right.W3 - b2);
        }
    }

    /// <summary>The sum with a number: as a rule nothing is carried.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Add(in U256 left, ulong right, ref U256 sum)
    {
        unchecked
        {
            ulong s0 = left.W0 + right;
            if (s0 < right)
            {
                Add(left, (U256)right, ref sum);
                return;
            }

            Set(ref sum, s0, left.W1, left.W2, left.W3);
        }
    }

    /// <summary>The difference to a number: as a rule nothing is borrowed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Subtract(in U256 left, ulong right, ref U256 difference)
    {
        unchecked
        {
            if (left.W0 < right)
            {
                Subtract(left, (U256)right, ref difference);
                return;
            }

            Set(ref difference, left.W0 - right, left.W1, left.W2, left.W3);
        }
    }

    internal static void Multiply(in U256 left, in U256 right, ref U256 product)
    {
        unchecked
        {
            if ((left.W1 | left.W2 | left.W3 | right.W1 | right.W2 | right.W3) == 0)
            {
                ulong high = Math.BigMul(left.W0, right.W0, out ulong low);
                Set(ref product, low, high, 0, 0);
                return;
            }

            (ulong w0, ulong w1, ulong w2, ulong w3) = (left.W0, left.W1, left.W2, left.W3);
            Multiply(ref w0, ref w1, ref w2, ref w3, right.W0, right.W1, right.W2, right.W3);
            Set(ref product, w0, w1, w2, w3);
        }
    }

    /// <summary>The product in place of the first factor's words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(
        ref ulong a0,
        ref ulong a1,
        ref ulong a2,
        ref ulong a3,
        ulong b0,
        ulong b1,
        ulong b2,
        ulong b3)
    {
        unchecked
        {
            // Row of b0.
            ulong high = Math.BigMul(a0, b0, out ulong low);
            ulong r1 = MultiplyAdd(a1, b0, high, 0, out ulong carry);
            ulong r2 = MultiplyAdd(a2, b0, carry, 0, out carry);
            ulong r3 = (a3 * b0) + carry;

            // Row of b1.
            r1 = MultiplyAdd(a0, b1, r1, 0, out carry);
            r2 = MultiplyAdd(a1, b1, r2, carry, out carry);
            r3 += (a2 * b1) + carry;

            // Rows of b2 and b3.
            r2 = MultiplyAdd(a0, b2, r2, 0, out carry);
            r3 += (a1 * b2) + carry + (a0 * b3);
            (a0, a1, a2, a3) = (low, r1, r2, r3);
        }
    }

    /// <summary>The product that does not wrap, in two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void MultiplyWide(
        in U256 left, in U256 right, out U256 low, out U256 high)
    {
        (ulong a0, ulong a1, ulong a2, ulong a3) = (left.W0, left.W1, left.W2, left.W3);
        (ulong b0, ulong b1, ulong b2, ulong b3) = (right.W0, right.W1, right.W2, right.W3);
        ulong carry = Math.BigMul(a0, b0, out ulong r0);
        ulong r1 = MultiplyAdd(a1, b0, carry, 0, out carry);
        ulong r2 = MultiplyAdd(a2, b0, carry, 0, out carry);
        ulong r3 = MultiplyAdd(a3, b0, carry, 0, out ulong r4);

        r1 = MultiplyAdd(a0, b1, r1, 0, out carry);
        r2 = MultiplyAdd(a1, b1, r2, carry, out carry);
        r3 = MultiplyAdd(a2, b1, r3, carry, out carry);
        r4 = MultiplyAdd(a3, b1, r4, carry, out ulong r5);

        r2 = MultiplyAdd(a0, b2, r2, 0, out carry);
        r3 = MultiplyAdd(a1, b2, r3, carry, out carry);
        r4 = MultiplyAdd(a2, b2, r4, carry, out carry);
        r5 = MultiplyAdd(a3, b2, r5, carry, out ulong r6);

        r3 = MultiplyAdd(a0, b3, r3, 0, out carry);
        r4 = MultiplyAdd(a1, b3, r4, carry, out carry);
        r5 = MultiplyAdd(a2, b3, r5, carry, out carry);
        r6 = MultiplyAdd(a3, b3, r6, carry, out ulong r7);
        low = new(r0, r1, r2, r3);
        high = new(r4, r5, r6, r7);
    }

    /// <summary>The square in place: six products instead of ten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(ref ulong a0, ref ulong a1, ref ulong a2, ref ulong a3)
    {
        unchecked
        {
            // What stands twice.
            ulong h1 = Math.BigMul(a0, a1, out ulong x1);
            ulong h2 = Math.BigMul(a0, a2, out ulong x2);
            x2 += h1;
            ulong x3 = h2 + (x2 < h1 ? 1UL : 0) + (a0 * a3) + (a1 * a2);
            x3 = (x3 << 1) | (x2 >> 63);
            x2 = (x2 << 1) | (x1 >> 63);
            x1 <<= 1;

            // The squares of words.
            ulong r1 = x1 + Math.BigMul(a0, a0, out ulong r0);
            ulong c1 = r1 < x1 ? 1UL : 0;
            ulong high = Math.BigMul(a1, a1, out ulong low);
            ulong t2 = x2 + low;
            ulong r2 = t2 + c1;
            ulong c2 = (t2 < x2 ? 1UL : 0) + (r2 < t2 ? 1UL : 0);
            (a0, a1, a2, a3) = (r0, r1, r2, x3 + high + c2);
        }
    }

    /// <summary>a·b + c + d, which never has over 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong c, ulong d, out ulong high)
    {
        unchecked
        {
            ulong upper = Math.BigMul(a, b, out ulong low);
            low += c;
            upper += low < c ? 1UL : 0;
            low += d;
            high = upper + (low < d ? 1UL : 0);
            return low;
        }
    }

    /// <summary>The upper word of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b)
        : ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(a, b)
        : Math.BigMul(a, b, out _);
}
