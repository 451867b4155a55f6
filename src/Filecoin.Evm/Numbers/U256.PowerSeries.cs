using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <content>Powers of odd numbers by long exponents.</content>
public readonly partial struct U256
{
    // Bits of the exponent that are left out of the series.
    private const int SeriesLowBits = 30;

    // What gives 1 when it is multiplied by 7, and the words of what does by 3 and 5.
    private const ulong InverseOf7 = 0x6DB6DB6DB6DB6DB7;
    private const ulong ThirdLow = 0xAAAAAAAAAAAAAAAB;
    private const ulong Third = 0xAAAAAAAAAAAAAAAA;
    private const ulong FifthLow = 0xCCCCCCCCCCCCCCCD;
    private const ulong Fifth = 0xCCCCCCCCCCCCCCCC;

    /// <summary>A power of an odd number.</summary>
    /// <remarks>
    /// An odd number squared 30 times is 1 + y with y a multiple of 2^32, so that of
    /// (1 + y)^n = 1 + n·y + n(n - 1)/2·y² + … only seven terms are not multiples of 2^256,
    /// and of the later ones ever fewer words are wanted.
    /// </remarks>
    private static void PowerBySeries(in U256 number, in U256 exponent, ref U256 power)
    {
        Unsafe.SkipInit(out U256 n);
        ShiftRight(exponent, SeriesLowBits, 0, ref n);
        Unsafe.SkipInit(out Binomials binomials);
        binomials.Set(n);
        SignedDigits low = new(exponent.W0 & ((1UL << SeriesLowBits) - 1), number.W0);
        U256 squared = new(number.W0, number.W1, number.W2, number.W3);
        Set(ref power, 1, 0, 0, 0);
        Raise(ref squared, low, SeriesLowBits, ref power);
        Unsafe.SkipInit(out U256 sum);
        binomials.Sum(squared, ref sum);
        Multiply(power, sum, ref power);
    }

    /// <summary>The coefficients of (1 + y)^n from y to the seventh power of y.</summary>
    /// <remarks>
    /// As y is a multiple of 2^32, that of the i-th power is wanted modulo 2^(256 - 32i).
    /// </remarks>
    private struct Binomials
    {
        private U256 c1;
        private U256 c2;
        private U256 c3;
        private UInt128 c4;
        private UInt128 c5;
        private ulong c6;
        private ulong c7;

        internal void Set(in U256 n)
        {
            unchecked
            {
                Unsafe.SkipInit(out U256 next);
                Copy(in n, ref c1);
                Subtract(n, 1, ref next);
                Multiply(n, next, ref next);
                ShiftRight(next, 1, 0, ref c2);
                Subtract(n, 2, ref next);
                Multiply(c2, next, ref next);
                Multiply(next, new(ThirdLow, Third, Third, Third), ref c3);
                Subtract(n, 3, ref next);
                Multiply(c3, next, ref next);
                ShiftRight(next, 2, 0, ref next);
                UInt128 low = Low(n);
                c4 = Low(next);
                c5 = c4 * (low - 4) * new UInt128(Fifth, FifthLow);
                c6 = (ulong)((c5 * (low - 5)) >> 1) * ThirdLow;
                c7 = c6 * (n.W0 - 6) * InverseOf7;
            }
        }

        /// <summary>The power of 1 + y, which is given.</summary>
        internal readonly void Sum(in U256 number, ref U256 sum)
        {
            unchecked
            {
                // The square of y, which has two words of zeros below these.
                ulong q0 = (number.W0 >> 32) | (number.W1 << 32);
                ulong q1 = (number.W1 >> 32) | (number.W2 << 32);
                ulong q2 = (number.W2 >> 32) | (number.W3 << 32);
                ulong q3 = number.W3 >> 32;
                Square(ref q0, ref q1, ref q2, ref q3);
                UInt128 low = new(q1, q0);

                // By Horner, even and odd powers each for themselves.
                UInt128 even4 = low * (c4 + new UInt128(q0 * c6, 0));
                UInt128 odd5 = low * (c5 + new UInt128(q0 * c7, 0));
                U256 even = new(0, (ulong)even4, (ulong)(even4 >> 64), 0);
                U256 odd = new(0, (ulong)odd5, (ulong)(odd5 >> 64), 0);
                Add(c2, even, ref even);
                Add(c3, odd, ref odd);
                (ulong e0, ulong e1, ulong e2, ulong e3) = (even.W0, even.W1, even.W2, 0);
                (ulong o0, ulong o1, ulong o2, ulong o3) = (odd.W0, odd.W1, odd.W2, 0);
                Multiply(ref e0, ref e1, ref e2, ref e3, q0, q1, q2, q3);
                Multiply(ref o0, ref o1, ref o2, ref o3, q0, q1, q2, q3);
                U256.Set(ref even, 1, e0, e1, e2);
                U256.Set(ref odd, 0, o0, o1, o2);
                Add(c1, odd, ref odd);
                Subtract(number, 1, ref sum);
                Multiply(sum, odd, ref sum);
                Add(sum, even, ref sum);
            }
        }

        private static UInt128 Low(in U256 number) => new(number.W1, number.W0);
    }
}
