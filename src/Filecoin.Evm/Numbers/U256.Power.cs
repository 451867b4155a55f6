using System.Numerics;
using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

public readonly partial struct U256
{
    // Longer exponents take the series, which is as long for all of them.
    private const int BitByBitMax = 44;

    // How many products it takes as long as to find an inverse.
    private const int InverseProducts = 6;

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
        if (bits == 0)
        {
            Set(ref power, 1, 0, 0, 0);
            return;
        }

        if ((number.W0 & 1) == 0 && TryShift(number, exponent, ref power))
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
            PowerBitByBit(number, exponent.W0, ref power);
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

    private static bool IsOne(ulong word, int bit) => ((word >> bit) & 1) != 0;

    /// <summary>A power by an exponent below 2^62 that is not 0.</summary>
    private static void PowerBitByBit(in U256 number, ulong exponent, ref U256 power)
    {
        (ulong s0, ulong s1, ulong s2, ulong s3) = (number.W0, number.W1, number.W2, number.W3);
        for (; (exponent & 1) == 0; exponent >>= 1)
        {
            Square(ref s0, ref s1, ref s2, ref s3);
        }

        // The first factor is the product.
        U256 squared = new(s0, s1, s2, s3);
        Set(ref power, s0, s1, s2, s3);
        if (exponent > 1)
        {
            SignedDigits digits = new(exponent - 1, s0);
            Raise(ref squared, digits, digits.BitLength - 1, ref power);
        }
    }

    /// <summary>
    /// Squares a number so many times, and multiplies a product by the power of it.
    /// </summary>
    // Not inlined: short powers would pay for its many words on the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Raise(
        ref U256 number, in SignedDigits exponent, int squarings, ref U256 product)
    {
        (ulong s0, ulong s1, ulong s2, ulong s3) = (number.W0, number.W1, number.W2, number.W3);
        (ulong r0, ulong r1, ulong r2, ulong r3) =
            (product.W0, product.W1, product.W2, product.W3);
        U256 divisor = One;
        ulong plus = exponent.Plus;
        ulong minus = exponent.Minus;
        for (int i = 0; ; i++)
        {
            // Both at once: the squares do not wait for the products.
            if (IsOne(plus, i))
            {
                Multiply(ref r0, ref r1, ref r2, ref r3, s0, s1, s2, s3);
            }
            else if (IsOne(minus, i))
            {
                Multiply(divisor, new(s0, s1, s2, s3), ref divisor);
            }

            if (i >= squarings)
            {
                break;
            }

            Square(ref s0, ref s1, ref s2, ref s3);
        }

        Set(ref number, s0, s1, s2, s3);
        Set(ref product, r0, r1, r2, r3);
        if (minus != 0)
        {
            Invert(ref divisor);
            Multiply(product, divisor, ref product);
        }
    }

    /// <summary>Replaces an odd number by what gives 1 when it is multiplied by it.</summary>
    /// <remarks>By Newton: each step doubles the bits that are right, five at first.</remarks>
    private static void Invert(ref U256 odd)
    {
        unchecked
        {
            ulong x0 = (3 * odd.W0) ^ 2;
            x0 *= 2 - (x0 * odd.W0);
            x0 *= 2 - (x0 * odd.W0);
            x0 *= 2 - (x0 * odd.W0);
            x0 *= 2 - (x0 * odd.W0);

            // What a product with the words so far has beyond 1 gives as many words again.
            ulong x1 = 0 - (x0 * (High(x0, odd.W0) + (x0 * odd.W1)));
            ulong p1 = MultiplyAdd(x0, odd.W1, High(x0, odd.W0), 0, out ulong carry);
            ulong p2 = MultiplyAdd(x0, odd.W2, carry, 0, out carry);
            ulong p3 = (x0 * odd.W3) + carry;
            _ = MultiplyAdd(x1, odd.W0, p1, 0, out carry);
            p2 = MultiplyAdd(x1, odd.W1, p2, carry, out carry);
            p3 += (x1 * odd.W2) + carry;
            UInt128 rest = 0 - (new UInt128(x1, x0) * new UInt128(p3, p2));
            Set(ref odd, x0, x1, (ulong)rest, (ulong)(rest >> 64));
        }
    }

    /// <summary>An exponent as the difference of two numbers that share no bit.</summary>
    /// <remarks>
    /// Runs of ones become two digits, so that there are fewer products; but what is to be
    /// divided by must be odd.
    /// </remarks>
    private readonly struct SignedDigits
    {
        internal readonly ulong Plus;
        internal readonly ulong Minus;

        /// <param name="exponent">Below 2^62.</param>
        /// <param name="number">The lowest word of what is raised.</param>
        internal SignedDigits(ulong exponent, ulong number)
        {
            // No two digits side by side: where three times the number differs from it.
            ulong triple = exponent + (exponent << 1);
            ulong plus = (triple & ~exponent) >> 1;
            ulong minus = (exponent & ~triple) >> 1;
            bool isShorter = (number & 1) != 0
                && BitOperations.PopCount(plus) + BitOperations.PopCount(minus)
                    + InverseProducts < BitOperations.PopCount(exponent);
            Plus = isShorter ? plus : exponent;
            Minus = isShorter ? minus : 0;
        }

        internal int BitLength => 64 - BitOperations.LeadingZeroCount(Plus);
    }
}
