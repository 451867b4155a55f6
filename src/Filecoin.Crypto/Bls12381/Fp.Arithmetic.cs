using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Filecoin.Crypto.Bls12381;

internal readonly partial struct Fp
{
    /// <summary>The negated inverse of the prime modulo 2^64.</summary>
    private const ulong Inverse = 0x89f3fffcfffcfffd;

    /// <summary>(p - 3) / 4, the one exponent that roots and inverses need.</summary>
    private static ReadOnlySpan<ulong> Exponent =>
    [
        0xee7fbfffffffeaaa, 0x07aaffffac54ffff, 0xd9cc34a83dac3d89,
        0xd91dd2e13ce144af, 0x92c6e9ed90d2eb35, 0x0680447a8e5ff9a6,
    ];

    public static Fp operator +(in Fp a, in Fp b)
    {
        var carry = 0UL;
        var t0 = AddCarry(a._0, b._0, ref carry);
        var t1 = AddCarry(a._1, b._1, ref carry);
        var t2 = AddCarry(a._2, b._2, ref carry);
        var t3 = AddCarry(a._3, b._3, ref carry);
        var t4 = AddCarry(a._4, b._4, ref carry);
        var t5 = AddCarry(a._5, b._5, ref carry);
        return Reduce(t0, t1, t2, t3, t4, t5);
    }

    public static Fp operator -(in Fp a, in Fp b)
    {
        var borrow = 0UL;
        var t0 = SubtractBorrow(a._0, b._0, ref borrow);
        var t1 = SubtractBorrow(a._1, b._1, ref borrow);
        var t2 = SubtractBorrow(a._2, b._2, ref borrow);
        var t3 = SubtractBorrow(a._3, b._3, ref borrow);
        var t4 = SubtractBorrow(a._4, b._4, ref borrow);
        var t5 = SubtractBorrow(a._5, b._5, ref borrow);
        var mask = unchecked(0 - borrow);
        var carry = 0UL;
        return new(
            AddCarry(t0, P0 & mask, ref carry),
            AddCarry(t1, P1 & mask, ref carry),
            AddCarry(t2, P2 & mask, ref carry),
            AddCarry(t3, P3 & mask, ref carry),
            AddCarry(t4, P4 & mask, ref carry),
            AddCarry(t5, P5 & mask, ref carry));
    }

    public static Fp operator -(in Fp a) => a.IsZero ? a : Prime.SubtractSmaller(a);

    public static Fp operator *(in Fp a, in Fp b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
        MultiplyWord(a, b._0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWord(a, b._1, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWord(a, b._2, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWord(a, b._3, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWord(a, b._4, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWord(a, b._5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        return Reduce(t0, t1, t2, t3, t4, t5);
    }

    /// <summary>a·b + c·d with one reduction.</summary>
    internal static Fp SumOfProducts(in Fp a, in Fp b, in Fp c, in Fp d)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
        MultiplyWords(a, b._0, c, d._0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWords(a, b._1, c, d._1, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWords(a, b._2, c, d._2, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWords(a, b._3, c, d._3, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWords(a, b._4, c, d._4, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyWords(a, b._5, c, d._5, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        return Reduce(t0, t1, t2, t3, t4, t5);
    }

    public Fp Double() => this + this;

    public Fp Square() => this * this;

    public Fp Invert()
    {
        // p - 2 = 4 (p - 3) / 4 + 1.
        var power = PowerOfExponent();
        return power.Square().Square() * this;
    }

    public bool TrySquareRoot(out Fp root)
    {
        root = PowerOfExponent() * this;
        return root.Square() == this;
    }

    /// <summary>This to the power (p - 3) / 4: r with r²·this = 1 for a square, -1 if not.</summary>
    internal Fp PowerOfExponent()
    {
        Span<Fp> powers = stackalloc Fp[16];
        powers[0] = One;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * this;
        }

        var result = One;
        for (var word = Exponent.Length - 1; word >= 0; word--)
        {
            for (var shift = 60; shift >= 0; shift -= 4)
            {
                result = result.Square().Square().Square().Square();
                result *= powers[(int)((Exponent[word] >> shift) & 15)];
            }
        }

        return result;
    }

    /// <summary>One row of a Montgomery product: (t + a·b + m·p) / 2^64.</summary>
    /// <remarks>The prime's top word has three bits to spare, so no seventh word is needed.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWord(
        in Fp a,
        ulong b,
        ref ulong t0,
        ref ulong t1,
        ref ulong t2,
        ref ulong t3,
        ref ulong t4,
        ref ulong t5)
    {
        var high = 0UL;
        var carry = 0UL;
        t0 = MultiplyAdd(a._0, b, t0, ref high);
        var m = unchecked(t0 * Inverse);
        _ = MultiplyAdd(m, P0, t0, ref carry);
        t1 = MultiplyAdd(a._1, b, t1, ref high);
        t0 = MultiplyAdd(m, P1, t1, ref carry);
        t2 = MultiplyAdd(a._2, b, t2, ref high);
        t1 = MultiplyAdd(m, P2, t2, ref carry);
        t3 = MultiplyAdd(a._3, b, t3, ref high);
        t2 = MultiplyAdd(m, P3, t3, ref carry);
        t4 = MultiplyAdd(a._4, b, t4, ref high);
        t3 = MultiplyAdd(m, P4, t4, ref carry);
        t5 = MultiplyAdd(a._5, b, t5, ref high);
        t4 = MultiplyAdd(m, P5, t5, ref carry);
        t5 = unchecked(high + carry);
    }

    /// <summary>One row of two products at once: (t + a·b + c·d + m·p) / 2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWords(
        in Fp a,
        ulong b,
        in Fp c,
        ulong d,
        ref ulong t0,
        ref ulong t1,
        ref ulong t2,
        ref ulong t3,
        ref ulong t4,
        ref ulong t5)
    {
        var first = 0UL;
        t0 = MultiplyAdd(a._0, b, t0, ref first);
        t1 = MultiplyAdd(a._1, b, t1, ref first);
        t2 = MultiplyAdd(a._2, b, t2, ref first);
        t3 = MultiplyAdd(a._3, b, t3, ref first);
        t4 = MultiplyAdd(a._4, b, t4, ref first);
        t5 = MultiplyAdd(a._5, b, t5, ref first);
        var high = 0UL;
        var carry = 0UL;
        t0 = MultiplyAdd(c._0, d, t0, ref high);
        var m = unchecked(t0 * Inverse);
        _ = MultiplyAdd(m, P0, t0, ref carry);
        t1 = MultiplyAdd(c._1, d, t1, ref high);
        t0 = MultiplyAdd(m, P1, t1, ref carry);
        t2 = MultiplyAdd(c._2, d, t2, ref high);
        t1 = MultiplyAdd(m, P2, t2, ref carry);
        t3 = MultiplyAdd(c._3, d, t3, ref high);
        t2 = MultiplyAdd(m, P3, t3, ref carry);
        t4 = MultiplyAdd(c._4, d, t4, ref high);
        t3 = MultiplyAdd(m, P4, t4, ref carry);
        t5 = MultiplyAdd(c._5, d, t5, ref high);
        t4 = MultiplyAdd(m, P5, t5, ref carry);
        t5 = unchecked(first + high + carry);
    }

    /// <summary>The low word of a·b + addend + carry; carry becomes the high word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        unchecked
        {
            var high = MultiplyHigh(a, b);
            var low = a * b;
            low += addend;
            high += low < addend ? 1UL : 0;
            low += carry;
            carry = high + (low < carry ? 1UL : 0);
            return low;
        }
    }

    // Math.BigMul sends its low word through memory; two multiplications were twice as fast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyHigh(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b)
        : ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(a, b)
        : Math.BigMul(a, b, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddCarry(ulong a, ulong b, ref ulong carry)
    {
        unchecked
        {
            var sum = a + b;
            var total = sum + carry;
            carry = (sum < a ? 1UL : 0) | (total < sum ? 1UL : 0);
            return total;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SubtractBorrow(ulong a, ulong b, ref ulong borrow)
    {
        unchecked
        {
            var difference = a - b;
            var total = difference - borrow;
            borrow = (a < b ? 1UL : 0) | (difference < borrow ? 1UL : 0);
            return total;
        }
    }

    /// <summary>Brings a number below twice the prime below the prime.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Reduce(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4, ulong t5)
    {
        var borrow = 0UL;
        var r0 = SubtractBorrow(t0, P0, ref borrow);
        var r1 = SubtractBorrow(t1, P1, ref borrow);
        var r2 = SubtractBorrow(t2, P2, ref borrow);
        var r3 = SubtractBorrow(t3, P3, ref borrow);
        var r4 = SubtractBorrow(t4, P4, ref borrow);
        var r5 = SubtractBorrow(t5, P5, ref borrow);
        var isBelow = borrow != 0;
        return new(
            isBelow ? t0 : r0,
            isBelow ? t1 : r1,
            isBelow ? t2 : r2,
            isBelow ? t3 : r3,
            isBelow ? t4 : r4,
            isBelow ? t5 : r5);
    }

    private Fp SubtractSmaller(in Fp b)
    {
        var borrow = 0UL;
        return new(
            SubtractBorrow(_0, b._0, ref borrow),
            SubtractBorrow(_1, b._1, ref borrow),
            SubtractBorrow(_2, b._2, ref borrow),
            SubtractBorrow(_3, b._3, ref borrow),
            SubtractBorrow(_4, b._4, ref borrow),
            SubtractBorrow(_5, b._5, ref borrow));
    }
}
