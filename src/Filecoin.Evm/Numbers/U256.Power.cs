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
        if (bits <= BitByBitMax)
        {
            Unsafe.SkipInit(out U256 squared);
            Power(number, exponent.W0, bits, ref power, ref squared);
        }
        else if ((number.W0 & 1) == 0)
        {
            // It brings a factor of two each time.
            Set(ref power, 0, 0, 0, 0);
        }
        else
        {
            PowerBySeries(number, exponent, ref power);
        }
    }

    /// <summary>The power, and the number squared as often as there are bits.</summary>
    private static void Power(
        in U256 number, ulong exponent, int bits, ref U256 power, ref U256 squared)
    {
        (ulong s0, ulong s1, ulong s2, ulong s3) = (number.W0, number.W1, number.W2, number.W3);
        (ulong r0, ulong r1, ulong r2, ulong r3) = (1, 0, 0, 0);
        for (int bit = 0; bit < bits; bit++)
        {
            // Both at once: neither waits for the other.
            if (((exponent >> bit) & 1) != 0)
            {
                Multiply(ref r0, ref r1, ref r2, ref r3, s0, s1, s2, s3);
            }

            Square(ref s0, ref s1, ref s2, ref s3);
        }

        Set(ref squared, s0, s1, s2, s3);
        Set(ref power, r0, r1, r2, r3);
    }

    /// <summary>A power of an odd number.</summary>
    /// <remarks>
    /// An odd number squared k times is 1 + y with y a multiple of 2^(k + 2), so that of
    /// (1 + y)^n = 1 + n·y + n(n - 1)/2·y² + … only a few terms are not multiples of 2^256.
    /// </remarks>
    private static void PowerBySeries(in U256 number, in U256 exponent, ref U256 power)
    {
        Unsafe.SkipInit(out U256 n);
        ShiftRight(exponent, SeriesLowBits, 0, ref n);
        Unsafe.SkipInit(out U256 y);
        ulong low = exponent.W0 & ((1UL << SeriesLowBits) - 1);
        Power(number, low, SeriesLowBits, ref power, ref y);
        Subtract(y, 1, ref y);
        Unsafe.SkipInit(out U256 factor);
        Unsafe.SkipInit(out U256 shifted);
        U256 series = One;
        for (int i = SeriesTerms - 1; i > 0; i--)
        {
            // The twos in i go out of y, the rest by its inverse.
            int twos = BitOperations.TrailingZeroCount(i);
            Subtract(n, (ulong)(i - 1), ref factor);
            Multiply(factor, series, ref series);
            ShiftRight(y, twos, 0, ref shifted);
            Multiply(series, shifted, ref series);
            if (i >> twos is int odd and > 1)
            {
                Multiply(series, Inverses[odd], ref series);
            }

            Add(series, 1, ref series);
        }

        Multiply(power, series, ref power);
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
