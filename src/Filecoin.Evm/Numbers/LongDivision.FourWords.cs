using System.Numerics;
using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <content>Divisors of at least 2^192, whose words stay in registers.</content>
internal static partial class LongDivision
{
    /// <summary>The same by a number of at least 2^192.</summary>
    private static void DivideByFour(
        Span<ulong> dividend, in U256 divisor, Span<ulong> quotient)
    {
        FourWords normal = new(divisor, BitOperations.LeadingZeroCount(divisor.W3));
        Span<ulong> rest = stackalloc ulong[DividendWordsMax + 1];
        ulong below = 0;
        for (int i = 0; i < dividend.Length; i++)
        {
            rest[i] = Shifted(dividend[i], below, normal.Shift);
            below = dividend[i];
        }

        rest[dividend.Length] = Shifted(0, below, normal.Shift);
        for (int i = dividend.Length - DivisorWordsMax; i >= 0; i--)
        {
            ulong digit = DivideByFour(ref rest[i], normal);
            if (!quotient.IsEmpty)
            {
                quotient[i] = digit;
            }
        }

        dividend.Clear();
        ShiftRight(rest[..DivisorWordsMax], normal.Shift, dividend);
    }

    /// <summary>Divides by a number of at least 2^192: the quotient is one word.</summary>
    internal static ulong DivideOnce(in U256 dividend, in U256 divisor)
    {
        int shift = BitOperations.LeadingZeroCount(divisor.W3);
        Span<ulong> rest = stackalloc ulong[DivisorWordsMax + 1];
        rest[0] = dividend.W0 << shift;
        rest[1] = Shifted(dividend.W1, dividend.W0, shift);
        rest[2] = Shifted(dividend.W2, dividend.W1, shift);
        rest[3] = Shifted(dividend.W3, dividend.W2, shift);
        rest[4] = Shifted(0, dividend.W3, shift);
        return DivideByFour(ref rest[0], new(divisor, shift));
    }

    /// <summary>The upper word of two that are shifted to the left by less than 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Shifted(ulong word, ulong below, int shift) =>
        (word << shift) | (below >> 1 >> (63 - shift));

    /// <summary>
    /// Divides five words by four of which the last has its top bit; in place, the digit given.
    /// </summary>
    private static ulong DivideByFour(ref ulong part, in FourWords divisor)
    {
        unchecked
        {
            (ulong d0, ulong d1, ulong d2, ulong d3) =
                (divisor.W0, divisor.W1, divisor.W2, divisor.W3);
            ref ulong p1 = ref Unsafe.Add(ref part, 1);
            ref ulong p2 = ref Unsafe.Add(ref part, 2);
            ref ulong p3 = ref Unsafe.Add(ref part, 3);
            ref ulong p4 = ref Unsafe.Add(ref part, 4);
            ulong digit = Estimate(p4, p3, p2, d3, d2, divisor.Reciprocal);

            ulong low = digit * d0;
            ulong borrow = U256.High(digit, d0) + (part < low ? 1UL : 0);
            part -= low;
            p1 = SubtractProduct(p1, digit, d1, ref borrow);
            p2 = SubtractProduct(p2, digit, d2, ref borrow);
            p3 = SubtractProduct(p3, digit, d3, ref borrow);
            bool isNegative = p4 < borrow;
            p4 -= borrow;
            while (isNegative)
            {
                digit--;
                ulong carry = 0;
                part = AddCarry(part, d0, ref carry);
                p1 = AddCarry(p1, d1, ref carry);
                p2 = AddCarry(p2, d2, ref carry);
                p3 = AddCarry(p3, d3, ref carry);
                p4 += carry;
                isNegative = p4 >= carry;
            }

            return digit;
        }
    }

    /// <summary>A divisor of four words, shifted so that its top bit is set.</summary>
    private readonly struct FourWords
    {
        internal readonly ulong W0;
        internal readonly ulong W1;
        internal readonly ulong W2;
        internal readonly ulong W3;
        internal readonly ulong Reciprocal;
        internal readonly int Shift;

        internal FourWords(in U256 divisor, int shift)
        {
            W0 = divisor.W0 << shift;
            W1 = Shifted(divisor.W1, divisor.W0, shift);
            W2 = Shifted(divisor.W2, divisor.W1, shift);
            W3 = Shifted(divisor.W3, divisor.W2, shift);
            Reciprocal = LongDivision.Reciprocal(W3);
            Shift = shift;
        }
    }
}
