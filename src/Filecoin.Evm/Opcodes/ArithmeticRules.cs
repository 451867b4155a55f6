using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>ADD to SIGNEXTEND.</summary>
/// <remarks>
/// Spec: builtin-actors actors/evm/src/interpreter/instructions/arithmetic.rs. Results go where
/// the last operand was.
/// </remarks>
internal static class ArithmeticRules
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Add(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.Add(top, second, ref second);
        return pc + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Subtract(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.Subtract(top, second, ref second);
        return pc + 1;
    }

    internal static int Multiply(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.Multiply(top, second, ref second);
        return pc + 1;
    }

    internal static bool TryDivide(
        EvmFrame frame, in U256 dividend, in U256 divisor, ref U256 quotient)
    {
        if (!frame.TryChargeQuotient(dividend, divisor))
        {
            return false;
        }

        U256.Divide(dividend, divisor, ref quotient);
        return true;
    }

    internal static int DivideSigned(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryChargeQuotient(U256.Magnitude(top), U256.Magnitude(second)))
        {
            return EvmFrame.Halted;
        }

        second = U256.DivideSigned(top, second);
        return pc + 1;
    }

    internal static bool TryRemainder(
        EvmFrame frame, in U256 dividend, in U256 divisor, ref U256 remainder)
    {
        if (!frame.TryChargeQuotient(dividend, divisor))
        {
            return false;
        }

        U256.Remainder(dividend, divisor, ref remainder);
        return true;
    }

    internal static int RemainderSigned(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryChargeQuotient(U256.Magnitude(top), U256.Magnitude(second)))
        {
            return EvmFrame.Halted;
        }

        second = U256.RemainderSigned(top, second);
        return pc + 1;
    }

    internal static bool TryAddModulo(
        EvmFrame frame, in U256 left, in U256 right, in U256 modulus, ref U256 result)
    {
        int bits = Math.Max(left.BitLength, right.BitLength);
        if (!frame.TryChargeWideQuotient(bits, modulus))
        {
            return false;
        }

        U256.AddModulo(left, right, modulus, ref result);
        return true;
    }

    internal static bool TryMultiplyModulo(
        EvmFrame frame, in U256 left, in U256 right, in U256 modulus, ref U256 result)
    {
        int bits = left.BitLength;
        if (!frame.TryCharge((bits + 63) / 64, EvmWork.WideProduct)
            || !frame.TryChargeWideQuotient(bits + right.BitLength, modulus))
        {
            return false;
        }

        frame.Products.Multiply(left, right, modulus, ref result);
        return true;
    }

    internal static bool TryPower(
        EvmFrame frame, in U256 number, in U256 exponent, ref U256 power)
    {
        if (!frame.TryCharge(exponent.BitLength, EvmWork.ExponentBit)
            || !frame.TryCharge(exponent.OneBits, EvmWork.ExponentOne))
        {
            return false;
        }

        U256.Power(number, exponent, ref power);
        return true;
    }

    internal static int ExtendSign(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        second = U256.ExtendSign(top, second);
        return pc + 1;
    }
}
