using System.Numerics;
using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

public readonly partial struct U256
{
    // Longer exponents take the series, which is as long for all of them.
    private const int BitByBitMax = 48;

    // Bits of the exponent that are left out of the series.
    private const int SeriesLowBits = 30;

    // What is raised by the series is 1 and a multiple of 2^32: its eighth power is none.
    private const int SeriesTerms = Bits / (SeriesLowBits + 2);

    private static readonly U256[] Inverses = OddInverses();

    /// <summary>A power modulo 2^256; anything to the power 0 is 1.</summary>
    public static U256 Power(in U256 number, in U256 exponent)
    {
        Unsafe.SkipInit(out U256 power);
        Power(number, exponent, ref power);
        return power;
    }

    internal static void Power(in U256 number, in U256 exponent, ref U256 power)
    {
        int bits = exponent.BitLength;
        if ((number.W0 & 1) == 0 && bits > 0 && TryShift(number, exponent, ref power))
        {
            return;
        }

        if (bits > BitByBitMax)
        {
            PowerBySeries(number, exponent, ref power);
        }
        else if (number.IsUInt64)
        {
            PowerOfWord(number.W0, exponent.W0, bits, ref power);
        }
        else
        {
            PowerByWindows(number, exponent.W0, bits, ref power);
        }
    }

    /// <summary>A power of an even number, if that is 0 or one bit.</summary>
    private static bool TryShift(in U256 number, in U256 exponent, ref U256 power)
    {
        // An even number brings a factor of two each time.
        bool isZero = exponent >= Bits || number.IsZero;
        if (!isZero && number.OneBits > 1)
        {
            return false;
        }

        int shift = isZero ? Bits : (number.BitLength - 1) * (int)exponent.W0;
        ShiftLeft(One, (ulong)shift, ref power);
        return true;
    }

    /// <summary>A power of a number below 2^64.</summary>
    private static void PowerOfWord(ulong number, ulong exponent, int bits, ref U256 power)
    {
        unchecked
        {
            // As long as one word holds it.
            ulong narrow = 1;
            int bit = bits;
            while (bit > 0 && narrow <= uint.MaxValue)
            {
                ulong factor = IsOne(exponent, bit - 1) ? number : 1;
                if (Math.BigMul(narrow * narrow, factor, out ulong next) != 0)
                {
                    break;
                }

                narrow = next;
                bit--;
            }

            (ulong r0, ulong r1, ulong r2, ulong r3) = (narrow, 0, 0, 0);
            while (bit > 0)
            {
                bit--;
                Square(ref r0, ref r1, ref r2, ref r3);
                if (IsOne(exponent, bit))
                {
                    ulong carry = Math.BigMul(r0, number, out r0);
                    r1 = MultiplyAdd(r1, number, carry, 0, out carry);
                    r2 = MultiplyAdd(r2, number, carry, 0, out carry);
                    r3 = (r3 * number) + carry;
                }
            }

            Set(ref power, r0, r1, r2, r3);
        }
    }

    /// <summary>A power by windows of the exponent, each from a one to a one.</summary>
    private static void PowerByWindows(
        in U256 number, ulong exponent, int bits, ref U256 power)
    {
        if (bits == 0)
        {
            Set(ref power, 1, 0, 0, 0);
            return;
        }

        int width = bits < 4 ? 1 : bits < 16 ? 2 : 3;
        Span<U256> odds = stackalloc U256[1 << (width - 1)];
        Copy(in number, ref odds[0]);
        if (width > 1)
        {
            Unsafe.SkipInit(out U256 square);
            Multiply(number, number, ref square);
            for (int i = 1; i < odds.Length; i++)
            {
                Multiply(odds[i - 1], square, ref odds[i]);
            }
        }

        unchecked
        {
            int left = bits;
            ref readonly U256 first = ref odds[TakeWindow(exponent, width, ref left) >> 1];
            (ulong r0, ulong r1, ulong r2, ulong r3) = (first.W0, first.W1, first.W2, first.W3);
            while (left > 0)
            {
                int before = left;
                int window = IsOne(exponent, --left) ? 1 : 0;
                if (window != 0)
                {
                    left = before;
                    window = TakeWindow(exponent, width, ref left);
                }

                do
                {
                    Square(ref r0, ref r1, ref r2, ref r3);
                }
                while (--before > left);
                if (window != 0)
                {
                    ref readonly U256 odd = ref odds[window >> 1];
                    Multiply(ref r0, ref r1, ref r2, ref r3, odd.W0, odd.W1, odd.W2, odd.W3);
                }
            }

            Set(ref power, r0, r1, r2, r3);
        }
    }

    private static bool IsOne(ulong word, int bit) => ((word >> bit) & 1) != 0;

    /// <summary>The window at the upper end of what is left, whose first bit is a one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TakeWindow(ulong exponent, int width, ref int left)
    {
        int length = Math.Min(width, left);
        int window = (int)((exponent >> (left - length)) & ((1UL << length) - 1));
        int zeros = BitOperations.TrailingZeroCount(window);
        left -= length - zeros;
        return window >> zeros;
    }

    /// <summary>The power by the low bits, and the number squared as often as they are.</summary>
    private static void PowerByLowBits(
        in U256 number, ulong exponent, ref U256 power, ref U256 squared)
    {
        // By two bits of the exponent: the product of what is raised to these.
        Span<U256> products = [One, One, One, One];
        (ulong s0, ulong s1, ulong s2, ulong s3) = (number.W0, number.W1, number.W2, number.W3);
        for (int bit = 0; bit < SeriesLowBits; bit += 2)
        {
            // Both at once: neither waits for the other.
            int digit = (int)((exponent >> bit) & 3);
            if (digit != 0)
            {
                ref U256 product = ref products[digit];
                (ulong r0, ulong r1, ulong r2, ulong r3) =
                    (product.W0, product.W1, product.W2, product.W3);
                Multiply(ref r0, ref r1, ref r2, ref r3, s0, s1, s2, s3);
                Set(ref product, r0, r1, r2, r3);
            }

            Square(ref s0, ref s1, ref s2, ref s3);
            Square(ref s0, ref s1, ref s2, ref s3);
        }

        Unsafe.SkipInit(out U256 upper);
        Multiply(products[2], products[3], ref upper);
        Multiply(upper, upper, ref upper);
        Multiply(products[1], products[3], ref power);
        Multiply(power, upper, ref power);
        Set(ref squared, s0, s1, s2, s3);
    }

    /// <summary>A power of an odd number.</summary>
    /// <remarks>
    /// An odd number squared k times is 1 + y with y a multiple of 2^(k + 2), so that of
    /// (1 + y)^n = 1 + n·y + n(n - 1)/2·y² + … only a few terms are not multiples of 2^256.
    /// What is multiplied by the i-th power of y needs that many bits less.
    /// </remarks>
    private static void PowerBySeries(in U256 number, in U256 exponent, ref U256 power)
    {
        Unsafe.SkipInit(out U256 n);
        ShiftRight(exponent, SeriesLowBits, 0, ref n);
        Unsafe.SkipInit(out U256 y);
        ulong low = exponent.W0 & ((1UL << SeriesLowBits) - 1);
        PowerByLowBits(number, low, ref power, ref y);
        Subtract(y, 1, ref y);
        Unsafe.SkipInit(out U256 factor);
        Unsafe.SkipInit(out U256 shifted);
        U256 series = One;
        for (int i = SeriesTerms - 1; i > 0; i--)
        {
            // The twos in i go out of y, the rest by its inverse.
            int words = (Bits - ((i - 1) * (SeriesLowBits + 2)) + 63) / 64;
            int twos = BitOperations.TrailingZeroCount(i);
            Subtract(n, (ulong)(i - 1), ref factor);
            ShiftRight(y, twos, 0, ref shifted);
            MultiplyLow(factor, shifted, words, ref factor);
            if (i >> twos is int odd and > 1)
            {
                MultiplyLow(factor, Inverses[odd], words, ref factor);
            }

            MultiplyLow(factor, series, words, ref series);
            Add(series, 1, ref series);
        }

        Multiply(power, series, ref power);
    }

    /// <summary>So many words of the product; what is in those above does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyLow(
        in U256 left, in U256 right, int words, ref U256 product)
    {
        unchecked
        {
            (ulong a0, ulong b0) = (left.W0, right.W0);
            if (words > 3)
            {
                Multiply(left, right, ref product);
                return;
            }

            if (words == 1)
            {
                Set(ref product, a0 * b0, 0, 0, 0);
                return;
            }

            (ulong a1, ulong b1) = (left.W1, right.W1);
            ulong h00 = Math.BigMul(a0, b0, out ulong r0);
            if (words == 2)
            {
                Set(ref product, r0, h00 + (a0 * b1) + (a1 * b0), 0, 0);
                return;
            }

            ulong r1 = MultiplyAdd(a0, b1, h00, 0, out ulong h01);
            r1 = MultiplyAdd(a1, b0, r1, 0, out ulong h10);
            ulong r2 = h01 + h10 + (a0 * right.W2) + (a1 * b1) + (left.W2 * b0);
            Set(ref product, r0, r1, r2, 0);
        }
    }

    /// <summary>By odd number: what gives 1 when it is multiplied by it.</summary>
    private static U256[] OddInverses()
    {
        U256[] inverses = new U256[SeriesTerms];
        for (int odd = 1; odd < inverses.Length; odd += 2)
        {
            // Newton: each round doubles the bits that are right, three at first.
            U256 inverse = (ulong)odd;
            for (int right = 3; right < Bits; right *= 2)
            {
                inverse *= 2 - (inverse * (ulong)odd);
            }

            inverses[odd] = inverse;
        }

        return inverses;
    }
}
