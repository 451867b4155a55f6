using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Filecoin.Crypto.Bn254;

// Montgomery products by rows; the names of the words turn by one with each row.
internal readonly partial struct Fp
{
    /// <summary>The negated inverse of the prime modulo 2^56.</summary>
    private const ulong Inverse = 0xd20782e4866389;

    public static Fp operator *(in Fp a, in Fp b)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
        MultiplyRow(a, b._0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        ReduceRow(ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyRow(a, b._1, ref t1, ref t2, ref t3, ref t4, ref t5, ref t0);
        ReduceRow(ref t1, ref t2, ref t3, ref t4, ref t5, ref t0);
        MultiplyRow(a, b._2, ref t2, ref t3, ref t4, ref t5, ref t0, ref t1);
        ReduceRow(ref t2, ref t3, ref t4, ref t5, ref t0, ref t1);
        MultiplyRow(a, b._3, ref t3, ref t4, ref t5, ref t0, ref t1, ref t2);
        ReduceRow(ref t3, ref t4, ref t5, ref t0, ref t1, ref t2);
        MultiplyRow(a, b._4, ref t4, ref t5, ref t0, ref t1, ref t2, ref t3);
        ReduceRow(ref t4, ref t5, ref t0, ref t1, ref t2, ref t3);
        return Settle(t5, t0, t1, t2, t3);
    }

    /// <summary>a·b + c·d with one reduction.</summary>
    internal static Fp SumOfProducts(in Fp a, in Fp b, in Fp c, in Fp d)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0, t5 = 0;
        MultiplyRow(a, b._0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyRow(c, d._0, ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        ReduceRow(ref t0, ref t1, ref t2, ref t3, ref t4, ref t5);
        MultiplyRow(a, b._1, ref t1, ref t2, ref t3, ref t4, ref t5, ref t0);
        MultiplyRow(c, d._1, ref t1, ref t2, ref t3, ref t4, ref t5, ref t0);
        ReduceRow(ref t1, ref t2, ref t3, ref t4, ref t5, ref t0);
        MultiplyRow(a, b._2, ref t2, ref t3, ref t4, ref t5, ref t0, ref t1);
        MultiplyRow(c, d._2, ref t2, ref t3, ref t4, ref t5, ref t0, ref t1);
        ReduceRow(ref t2, ref t3, ref t4, ref t5, ref t0, ref t1);
        MultiplyRow(a, b._3, ref t3, ref t4, ref t5, ref t0, ref t1, ref t2);
        MultiplyRow(c, d._3, ref t3, ref t4, ref t5, ref t0, ref t1, ref t2);
        ReduceRow(ref t3, ref t4, ref t5, ref t0, ref t1, ref t2);
        MultiplyRow(a, b._4, ref t4, ref t5, ref t0, ref t1, ref t2, ref t3);
        MultiplyRow(c, d._4, ref t4, ref t5, ref t0, ref t1, ref t2, ref t3);
        ReduceRow(ref t4, ref t5, ref t0, ref t1, ref t2, ref t3);
        return Settle(t5, t0, t1, t2, t3);
    }

    /// <summary>Adds a·b to the words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyRow(
        in Fp a,
        ulong b,
        ref ulong t0,
        ref ulong t1,
        ref ulong t2,
        ref ulong t3,
        ref ulong t4,
        ref ulong t5)
    {
        var shifted = b << (64 - LimbBits);
        MultiplyAdd(a._0, shifted, ref t0, ref t1);
        MultiplyAdd(a._1, shifted, ref t1, ref t2);
        MultiplyAdd(a._2, shifted, ref t2, ref t3);
        MultiplyAdd(a._3, shifted, ref t3, ref t4);
        MultiplyAdd(a._4, shifted, ref t4, ref t5);
    }

    /// <summary>Adds the multiple of the prime that clears the lowest word, and drops it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReduceRow(
        ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4, ref ulong t5)
    {
        // The product's low 56 bits, in the upper bits.
        var shifted = unchecked(t0 * (Inverse << (64 - LimbBits)));
        MultiplyAdd(P1, shifted, ref t1, ref t2);
        MultiplyAdd(P2, shifted, ref t2, ref t3);
        MultiplyAdd(P3, shifted, ref t3, ref t4);
        MultiplyAdd(P4, shifted, ref t4, ref t5);
        unchecked
        {
            // The lower half of the first product makes this word a multiple of 2^56.
            t1 += High(P0, shifted) + ((t0 + LimbMask) >> LimbBits);
        }

        t0 = 0;
    }

    /// <summary>Adds the lower 56 bits of a product to one word, the rest to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd(ulong a, ulong bShifted, ref ulong low, ref ulong high)
    {
        unchecked
        {
            low += (a * bShifted) >> (64 - LimbBits);
            high += High(bShifted, a);
        }
    }

    /// <summary>Carries between the words and brings the number below the prime.</summary>
    private static Fp Settle(ulong t0, ulong t1, ulong t2, ulong t3, ulong t4)
    {
        unchecked
        {
            var s1 = t1 + (t0 >> LimbBits);
            var s2 = t2 + (s1 >> LimbBits);
            var s3 = t3 + (s2 >> LimbBits);
            var s4 = t4 + (s3 >> LimbBits);
            var d0 = (long)(t0 & LimbMask) - (long)P0;
            var d1 = (long)(s1 & LimbMask) - (long)P1 + (d0 >> LimbBits);
            var d2 = (long)(s2 & LimbMask) - (long)P2 + (d1 >> LimbBits);
            var d3 = (long)(s3 & LimbMask) - (long)P3 + (d2 >> LimbBits);
            var d4 = (long)s4 - (long)P4 + (d3 >> LimbBits);
            return Raise(d0, d1, d2, d3, d4);
        }
    }

    // Math.BigMul sends its low word through memory; two multiplications were twice as fast.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b)
        : ArmBase.Arm64.IsSupported ? ArmBase.Arm64.MultiplyHigh(a, b)
        : Math.BigMul(a, b, out _);
}
