using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>Division of numbers of several words.</summary>
/// <remarks>
/// Spec: Knuth, The Art of Computer Programming, 4.3.1, algorithm D, with the reciprocals of
/// Möller and Granlund, Improved division by invariant integers, so that no word is divided.
/// </remarks>
internal static partial class LongDivision
{
    private const int DivisorWordsMax = 4;
    private const int DividendWordsMax = 8;

    // The first bits of a reciprocal by the first nine bits of the divisor.
    private static readonly ushort[] Estimates = FirstEstimates();

    /// <summary>Divides in place: the dividend becomes the remainder.</summary>
    /// <param name="dividend">4 to 8 words, least significant first.</param>
    /// <param name="divisor">Not zero.</param>
    /// <param name="quotient">As many words as the dividend, or none if it is not wanted.</param>
    internal static void Divide(Span<ulong> dividend, in U256 divisor, Span<ulong> quotient)
    {
        quotient.Clear();
        if (divisor.W3 != 0)
        {
            DivideByFour(dividend, divisor, quotient);
            return;
        }

        int shift = divisor.LeadingZeros & 63;
        int words = DivisorWordsMax - (divisor.LeadingZeros >> 6);
        U256 normal = U256.ShiftLeft(divisor, (ulong)shift);
        Span<ulong> rest = stackalloc ulong[DividendWordsMax + 1];
        int length = Significant(dividend);
        ShiftLeft(dividend[..length], shift, rest);
        ulong first = normal.Word(words - 1);
        ulong reciprocal = Reciprocal(first);
        if (words == 1)
        {
            DivideByWord(rest[..(length + 1)], first, reciprocal, quotient);
        }
        else
        {
            Span<ulong> divisorWords = [normal.W0, normal.W1, normal.W2, normal.W3];
            DivideByWords(rest[..(length + 1)], divisorWords[..words], reciprocal, quotient);
        }

        dividend.Clear();
        ShiftRight(rest[..words], shift, dividend);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SubtractProduct(
        ulong word, ulong digit, ulong divisor, ref ulong borrow)
    {
        unchecked
        {
            ulong low = (digit * divisor) + borrow;
            ulong high = U256.High(digit, divisor) + (low < borrow ? 1UL : 0);
            borrow = high + (word < low ? 1UL : 0);
            return word - low;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddCarry(ulong word, ulong divisor, ref ulong carry)
    {
        unchecked
        {
            ulong sum = word + divisor;
            ulong next = sum < divisor ? 1UL : 0;
            sum += carry;
            carry = next | (sum < carry ? 1UL : 0);
            return sum;
        }
    }

    private static void DivideByWord(
        Span<ulong> rest, ulong divisor, ulong reciprocal, Span<ulong> quotient)
    {
        ulong high = rest[^1];
        for (int i = rest.Length - 2; i >= 0; i--)
        {
            ulong digit = DivideWords(high, rest[i], divisor, reciprocal, out high);
            if (!quotient.IsEmpty)
            {
                quotient[i] = digit;
            }
        }

        rest[0] = high;
    }

    private static void DivideByWords(
        Span<ulong> rest, ReadOnlySpan<ulong> divisor, ulong reciprocal, Span<ulong> quotient)
    {
        int words = divisor.Length;
        for (int i = rest.Length - 1 - words; i >= 0; i--)
        {
            Span<ulong> part = rest.Slice(i, words + 1);
            ulong digit = Estimate(
                part[^1], part[^2], part[^3], divisor[^1], divisor[^2], reciprocal);
            bool isNegative = SubtractProduct(part, divisor, digit);
            while (isNegative)
            {
                digit--;
                isNegative = !AddBack(part, divisor);
            }

            if (!quotient.IsEmpty)
            {
                quotient[i] = digit;
            }
        }
    }

    /// <summary>The quotient's next digit, at most two too large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Estimate(
        ulong p4, ulong p3, ulong p2, ulong first, ulong second, ulong reciprocal)
    {
        unchecked
        {
            if (p4 >= first)
            {
                return ulong.MaxValue;
            }

            ulong digit = DivideWords(p4, p3, first, reciprocal, out ulong left);
            ulong low = digit * second;
            ulong high = U256.High(digit, second);
            while (high > left || (high == left && low > p2))
            {
                digit--;
                high -= low < second ? 1UL : 0;
                low -= second;
                left += first;
                if (left < first)
                {
                    break;
                }
            }

            return digit;
        }
    }

    /// <summary>Subtracts digit times the divisor; true if that went below zero.</summary>
    private static bool SubtractProduct(
        Span<ulong> part, ReadOnlySpan<ulong> divisor, ulong digit)
    {
        unchecked
        {
            ulong borrow = 0;
            for (int j = 0; j < divisor.Length; j++)
            {
                part[j] = SubtractProduct(part[j], digit, divisor[j], ref borrow);
            }

            bool isNegative = part[^1] < borrow;
            part[^1] -= borrow;
            return isNegative;
        }
    }

    /// <summary>Adds the divisor; true if that brought the number above zero again.</summary>
    private static bool AddBack(Span<ulong> part, ReadOnlySpan<ulong> divisor)
    {
        unchecked
        {
            ulong carry = 0;
            for (int j = 0; j < divisor.Length; j++)
            {
                part[j] = AddCarry(part[j], divisor[j], ref carry);
            }

            part[^1] += carry;
            return part[^1] < carry;
        }
    }

    /// <summary>Divides two words, the first below the divisor, by one with its top bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong DivideWords(
        ulong high, ulong low, ulong divisor, ulong reciprocal, out ulong rest)
    {
        unchecked
        {
            ulong quotient = U256.High(reciprocal, high);
            ulong fraction = (reciprocal * high) + low;
            quotient += high + (fraction < low ? 1UL : 0) + 1;
            rest = low - (quotient * divisor);
            if (rest > fraction)
            {
                quotient--;
                rest += divisor;
            }

            if (rest >= divisor)
            {
                quotient++;
                rest -= divisor;
            }

            return quotient;
        }
    }

    /// <summary>(2^128 - 1) / divisor - 2^64, rounded down; the divisor has its top bit.</summary>
    private static ulong Reciprocal(ulong divisor)
    {
        unchecked
        {
            ulong odd = divisor & 1;
            ulong d40 = (divisor >> 24) + 1;
            ulong d63 = (divisor >> 1) + odd;
            ulong v0 = Estimates[(int)(divisor >> 55) - 256];
            ulong v1 = (v0 << 11) - ((v0 * v0 * d40) >> 40) - 1;
            ulong v2 = (v1 << 13) + ((v1 * ((1UL << 60) - (v1 * d40))) >> 47);
            ulong error = ((v2 >> 1) & (0 - odd)) - (v2 * d63);
            ulong v3 = (U256.High(v2, error) >> 1) + (v2 << 31);
            ulong high = U256.High(v3, divisor);
            ulong low = (v3 * divisor) + divisor;
            return v3 - (high + (low < divisor ? 1UL : 0) + divisor);
        }
    }

    private static ushort[] FirstEstimates()
    {
        ushort[] estimates = new ushort[256];
        for (int i = 0; i < estimates.Length; i++)
        {
            estimates[i] = (ushort)(((1 << 19) - (3 << 8)) / (256 + i));
        }

        return estimates;
    }

    private static int Significant(ReadOnlySpan<ulong> words)
    {
        int length = words.Length;
        while (length > 1 && words[length - 1] == 0)
        {
            length--;
        }

        return length;
    }

    private static void ShiftLeft(ReadOnlySpan<ulong> words, int shift, Span<ulong> result)
    {
        ulong carry = 0;
        for (int i = 0; i < words.Length; i++)
        {
            result[i] = (words[i] << shift) | carry;
            carry = words[i] >> 1 >> (63 - shift);
        }

        result[words.Length] = carry;
    }

    private static void ShiftRight(ReadOnlySpan<ulong> words, int shift, Span<ulong> result)
    {
        ulong carry = 0;
        for (int i = words.Length - 1; i >= 0; i--)
        {
            result[i] = (words[i] >> shift) | carry;
            carry = words[i] << 1 << (63 - shift);
        }
    }
}
