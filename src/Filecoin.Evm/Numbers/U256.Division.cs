using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

public readonly partial struct U256
{
    /// <summary>The quotient, rounded down; 0 for a divisor of 0.</summary>
    public static U256 operator /(in U256 dividend, in U256 divisor)
    {
        Unsafe.SkipInit(out U256 quotient);
        Divide(dividend, divisor, ref quotient);
        return quotient;
    }

    /// <summary>The remainder; 0 for a divisor of 0.</summary>
    public static U256 operator %(in U256 dividend, in U256 divisor)
    {
        Unsafe.SkipInit(out U256 remainder);
        Remainder(dividend, divisor, ref remainder);
        return remainder;
    }

    /// <summary>The signed quotient, rounded towards 0; 0 for a divisor of 0.</summary>
    public static U256 DivideSigned(in U256 dividend, in U256 divisor)
    {
        U256 quotient = Magnitude(dividend) / Magnitude(divisor);
        return dividend.IsNegative == divisor.IsNegative ? quotient : -quotient;
    }

    /// <summary>The remainder of the signed division; it has the dividend's sign.</summary>
    public static U256 RemainderSigned(in U256 dividend, in U256 divisor)
    {
        U256 rest = Magnitude(dividend) % Magnitude(divisor);
        return dividend.IsNegative ? -rest : rest;
    }

    /// <summary>left + right modulo a number, not wrapped before; 0 for a modulus of 0.</summary>
    public static U256 AddModulo(in U256 left, in U256 right, in U256 modulus)
    {
        Unsafe.SkipInit(out U256 result);
        AddModulo(left, right, modulus, ref result);
        return result;
    }

    /// <summary>left·right modulo a number, not wrapped before; 0 for a modulus of 0.</summary>
    public static U256 MultiplyModulo(in U256 left, in U256 right, in U256 modulus)
    {
        Unsafe.SkipInit(out U256 result);
        MultiplyModulo(left, right, modulus, ref result);
        return result;
    }

    internal static void Divide(in U256 dividend, in U256 divisor, ref U256 quotient)
    {
        if (dividend.IsUInt64 && divisor.IsUInt64)
        {
            Set(ref quotient, divisor.W0 == 0 ? 0 : dividend.W0 / divisor.W0, 0, 0, 0);
        }
        else if (divisor.IsZero || dividend < divisor)
        {
            Set(ref quotient, 0, 0, 0, 0);
        }
        else if (divisor.W3 != 0)
        {
            Set(ref quotient, DivideOnce(dividend, divisor), 0, 0, 0);
        }
        else
        {
            Span<ulong> rest = [dividend.W0, dividend.W1, dividend.W2, dividend.W3];
            Span<ulong> words = stackalloc ulong[4];
            LongDivision.Divide(rest, divisor, words);
            Set(ref quotient, words[0], words[1], words[2], words[3]);
        }
    }

    /// <summary>Divides by a number of at least 2^192: the quotient is one word.</summary>
    private static ulong DivideOnce(in U256 dividend, in U256 divisor)
    {
        unchecked
        {
            if (divisor.W3 > uint.MaxValue)
            {
                // The quotient of the upper words is right if it is not above their remainder:
                // then it was right for an upper word that is larger by one, too.
                ulong quotient = dividend.W3 / divisor.W3;
                if (dividend.W3 - (quotient * divisor.W3) >= quotient)
                {
                    return quotient;
                }
            }

            return LongDivision.DivideOnce(dividend, divisor);
        }
    }

    internal static void Remainder(in U256 dividend, in U256 divisor, ref U256 remainder)
    {
        if (dividend.IsUInt64 && divisor.IsUInt64)
        {
            Set(ref remainder, divisor.W0 == 0 ? 0 : dividend.W0 % divisor.W0, 0, 0, 0);
        }
        else if (divisor.IsZero)
        {
            Set(ref remainder, 0, 0, 0, 0);
        }
        else if (dividend < divisor)
        {
            Copy(in dividend, ref remainder);
        }
        else
        {
            Remainder(
                [dividend.W0, dividend.W1, dividend.W2, dividend.W3], divisor, ref remainder);
        }
    }

    internal static void AddModulo(
        in U256 left, in U256 right, in U256 modulus, ref U256 result)
    {
        Unsafe.SkipInit(out U256 sum);
        Add(left, right, ref sum);
        if (left < modulus && right < modulus)
        {
            // A sum that wrapped is above the modulus too.
            if (sum < left || sum >= modulus)
            {
                Subtract(sum, modulus, ref sum);
            }

            Copy(in sum, ref result);
        }
        else if (sum >= left)
        {
            Remainder(sum, modulus, ref result);
        }
        else if (modulus.IsZero)
        {
            Set(ref result, 0, 0, 0, 0);
        }
        else
        {
            Remainder([sum.W0, sum.W1, sum.W2, sum.W3, 1], modulus, ref result);
        }
    }

    internal static void MultiplyModulo(
        in U256 left, in U256 right, in U256 modulus, ref U256 result)
    {
        if (modulus.IsZero)
        {
            Set(ref result, 0, 0, 0, 0);
            return;
        }

        MultiplyWide(left, right, out U256 low, out U256 high);
        Remainder(
            [low.W0, low.W1, low.W2, low.W3, high.W0, high.W1, high.W2, high.W3],
            modulus,
            ref result);
    }

    internal static U256 Magnitude(in U256 value) => value.IsNegative ? -value : value;

    private static void Remainder(Span<ulong> dividend, in U256 divisor, ref U256 remainder)
    {
        LongDivision.Divide(dividend, divisor, default);
        Set(ref remainder, dividend[0], dividend[1], dividend[2], dividend[3]);
    }
}
