using System.Runtime.CompilerServices;

namespace Filecoin.Crypto.Bls12381;

internal readonly partial struct Fp
{
    /// <summary>(p - 3) / 4, the one exponent that roots and inverses need.</summary>
    private static ReadOnlySpan<ulong> Exponent =>
    [
        0xee7fbfffffffeaaa, 0x07aaffffac54ffff, 0xd9cc34a83dac3d89,
        0xd91dd2e13ce144af, 0x92c6e9ed90d2eb35, 0x0680447a8e5ff9a6,
    ];

    // Signed limbs: an arithmetic shift carries borrows too.
    public static Fp operator +(in Fp a, in Fp b)
    {
        unchecked
        {
            var d0 = (long)(a._0 + b._0) - (long)P0;
            var d1 = (long)(a._1 + b._1) - (long)P1 + (d0 >> LimbBits);
            var d2 = (long)(a._2 + b._2) - (long)P2 + (d1 >> LimbBits);
            var d3 = (long)(a._3 + b._3) - (long)P3 + (d2 >> LimbBits);
            var d4 = (long)(a._4 + b._4) - (long)P4 + (d3 >> LimbBits);
            var d5 = (long)(a._5 + b._5) - (long)P5 + (d4 >> LimbBits);
            var d6 = (long)(a._6 + b._6) - (long)P6 + (d5 >> LimbBits);

            return Raise(d0, d1, d2, d3, d4, d5, d6);
        }
    }

    public static Fp operator -(in Fp a, in Fp b)
    {
        unchecked
        {
            var d0 = (long)a._0 - (long)b._0;
            var d1 = (long)a._1 - (long)b._1 + (d0 >> LimbBits);
            var d2 = (long)a._2 - (long)b._2 + (d1 >> LimbBits);
            var d3 = (long)a._3 - (long)b._3 + (d2 >> LimbBits);
            var d4 = (long)a._4 - (long)b._4 + (d3 >> LimbBits);
            var d5 = (long)a._5 - (long)b._5 + (d4 >> LimbBits);
            var d6 = (long)a._6 - (long)b._6 + (d5 >> LimbBits);

            return Raise(d0, d1, d2, d3, d4, d5, d6);
        }
    }

    public static Fp operator -(in Fp a) => a.IsZero ? a : Prime.SubtractSmaller(a);

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

    /// <summary>This to (p - 3) / 4: r with r²·this = 1 for a square, -1 if not.</summary>
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

    /// <summary>A sum that may reach twice the prime: a factor only, never a result.</summary>
    internal static Fp AddLazily(in Fp a, in Fp b)
    {
        unchecked
        {
            var t0 = a._0 + b._0;
            var t1 = a._1 + b._1 + (t0 >> LimbBits);
            var t2 = a._2 + b._2 + (t1 >> LimbBits);
            var t3 = a._3 + b._3 + (t2 >> LimbBits);
            var t4 = a._4 + b._4 + (t3 >> LimbBits);
            var t5 = a._5 + b._5 + (t4 >> LimbBits);
            var t6 = a._6 + b._6 + (t5 >> LimbBits);

            return new(
                t0 & LimbMask,
                t1 & LimbMask,
                t2 & LimbMask,
                t3 & LimbMask,
                t4 & LimbMask,
                t5 & LimbMask,
                t6);
        }
    }

    /// <summary>The prime less this, for this up to the prime; the prime itself for zero.</summary>
    internal Fp NegateLazily() => Prime.SubtractSmaller(this);

    private Fp SubtractSmaller(in Fp b)
    {
        unchecked
        {
            var d0 = (long)_0 - (long)b._0;
            var d1 = (long)_1 - (long)b._1 + (d0 >> LimbBits);
            var d2 = (long)_2 - (long)b._2 + (d1 >> LimbBits);
            var d3 = (long)_3 - (long)b._3 + (d2 >> LimbBits);
            var d4 = (long)_4 - (long)b._4 + (d3 >> LimbBits);
            var d5 = (long)_5 - (long)b._5 + (d4 >> LimbBits);
            var d6 = (long)_6 - (long)b._6 + (d5 >> LimbBits);

            return new(
                (ulong)d0 & LimbMask,
                (ulong)d1 & LimbMask,
                (ulong)d2 & LimbMask,
                (ulong)d3 & LimbMask,
                (ulong)d4 & LimbMask,
                (ulong)d5 & LimbMask,
                (ulong)d6 & LimbMask);
        }
    }

    /// <summary>Adds the prime to a number that is negative, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Fp Raise(long d0, long d1, long d2, long d3, long d4, long d5, long d6)
    {
        unchecked
        {
            // All ones if negative.
            var mask = (ulong)(d6 >> 63);
            var t0 = (long)(((ulong)d0 & LimbMask) + (P0 & mask));
            var t1 = (long)(((ulong)d1 & LimbMask) + (P1 & mask)) + (t0 >> LimbBits);
            var t2 = (long)(((ulong)d2 & LimbMask) + (P2 & mask)) + (t1 >> LimbBits);
            var t3 = (long)(((ulong)d3 & LimbMask) + (P3 & mask)) + (t2 >> LimbBits);
            var t4 = (long)(((ulong)d4 & LimbMask) + (P4 & mask)) + (t3 >> LimbBits);
            var t5 = (long)(((ulong)d5 & LimbMask) + (P5 & mask)) + (t4 >> LimbBits);
            var t6 = d6 + (long)(P6 & mask) + (t5 >> LimbBits);

            return new(
                (ulong)t0 & LimbMask,
                (ulong)t1 & LimbMask,
                (ulong)t2 & LimbMask,
                (ulong)t3 & LimbMask,
                (ulong)t4 & LimbMask,
                (ulong)t5 & LimbMask,
                (ulong)t6 & LimbMask);
        }
    }

    /// <summary>Brings a product, hardly ever above the prime, below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Fp Reduce()
    {
        unchecked
        {
            var d0 = (long)_0 - (long)P0;
            var d1 = (long)_1 - (long)P1 + (d0 >> LimbBits);
            var d2 = (long)_2 - (long)P2 + (d1 >> LimbBits);
            var d3 = (long)_3 - (long)P3 + (d2 >> LimbBits);
            var d4 = (long)_4 - (long)P4 + (d3 >> LimbBits);
            var d5 = (long)_5 - (long)P5 + (d4 >> LimbBits);
            var d6 = (long)_6 - (long)P6 + (d5 >> LimbBits);

            return d6 < 0
                ? this
                : new(
                    (ulong)d0 & LimbMask,
                    (ulong)d1 & LimbMask,
                    (ulong)d2 & LimbMask,
                    (ulong)d3 & LimbMask,
                    (ulong)d4 & LimbMask,
                    (ulong)d5 & LimbMask,
                    (ulong)d6 & LimbMask);
        }
    }
}
