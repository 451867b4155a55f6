namespace Filecoin.Evm;

public readonly partial struct U256
{
    /// <summary>The quotient, rounded down; 0 for a divisor of 0.</summary>
    public static U256 operator /(in U256 dividend, in U256 divisor)
    {
        if (dividend.IsUInt64 && divisor.IsUInt64)
        {
            return divisor.W0 == 0 ? 0 : dividend.W0 / divisor.W0;
        }

        if (divisor.IsZero || dividend < divisor)
        {
            return Zero;
        }

        if (divisor.W3 != 0)
        {
            return LongDivision.DivideOnce(dividend, divisor, out _);
        }

        Span<ulong> rest = [dividend.W0, dividend.W1, dividend.W2, dividend.W3];
        Span<ulong> quotient = stackalloc ulong[4];
        LongDivision.Divide(rest, divisor, quotient);
        return new(quotient[0], quotient[1], quotient[2], quotient[3]);
    }

    /// <summary>The remainder; 0 for a divisor of 0.</summary>
    public static U256 operator %(in U256 dividend, in U256 divisor)
    {
        if (dividend.IsUInt64 && divisor.IsUInt64)
        {
            return divisor.W0 == 0 ? 0 : dividend.W0 % divisor.W0;
        }

        if (divisor.IsZero)
        {
            return Zero;
        }

        if (dividend < divisor)
        {
            return dividend;
        }

        if (divisor.W3 != 0)
        {
            _ = LongDivision.DivideOnce(dividend, divisor, out U256 rest);
            return rest;
        }

        return Remainder([dividend.W0, dividend.W1, dividend.W2, dividend.W3], divisor);
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
        U256 sum = left + right;
        if (sum >= left)
        {
            return sum % modulus;
        }

        return modulus.IsZero
            ? Zero
            : Remainder([sum.W0, sum.W1, sum.W2, sum.W3, 1], modulus);
    }

    /// <summary>left·right modulo a number, not wrapped before; 0 for a modulus of 0.</summary>
    public static U256 MultiplyModulo(in U256 left, in U256 right, in U256 modulus)
    {
        if (modulus.IsZero)
        {
            return Zero;
        }

        Span<ulong> product = stackalloc ulong[8];
        product.Clear();
        for (int i = 0; i < 4; i++)
        {
            ulong factor = right.Word(i);
            product[i] = MultiplyAdd(left.W0, factor, product[i], 0, out ulong carry);
            product[i + 1] = MultiplyAdd(left.W1, factor, product[i + 1], carry, out carry);
            product[i + 2] = MultiplyAdd(left.W2, factor, product[i + 2], carry, out carry);
            product[i + 3] = MultiplyAdd(left.W3, factor, product[i + 3], carry, out carry);
            product[i + 4] = carry;
        }

        return Remainder(product, modulus);
    }

    internal static U256 Magnitude(in U256 value) => value.IsNegative ? -value : value;

    private static U256 Remainder(Span<ulong> dividend, in U256 divisor)
    {
        LongDivision.Divide(dividend, divisor, default);
        return new(dividend[0], dividend[1], dividend[2], dividend[3]);
    }
}
