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

    internal static int Divide(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryChargeQuotient(top, second))
        {
            return EvmFrame.Halted;
        }

        second = top / second;
        return pc + 1;
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

    internal static int Remainder(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryChargeQuotient(top, second))
        {
            return EvmFrame.Halted;
        }

        second = top % second;
        return pc + 1;
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

    internal static int AddModulo(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        ref U256 third = ref Slots.Below(ref top, 2);
        if (!frame.TryChargeWideQuotient(Math.Max(top.BitLength, second.BitLength), third))
        {
            return EvmFrame.Halted;
        }

        third = U256.AddModulo(top, second, third);
        return pc + 1;
    }

    internal static int MultiplyModulo(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        ref U256 third = ref Slots.Below(ref top, 2);
        int bits = top.BitLength;
        if (!frame.TryCharge((bits + 63) / 64, EvmWork.WideProduct)
            || !frame.TryChargeWideQuotient(bits + second.BitLength, third))
        {
            return EvmFrame.Halted;
        }

        third = U256.MultiplyModulo(top, second, third);
        return pc + 1;
    }

    internal static int Power(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryCharge(second.BitLength, EvmWork.ExponentBit)
            || !frame.TryCharge(second.OneBits, EvmWork.ExponentOne))
        {
            return EvmFrame.Halted;
        }

        second = U256.Power(top, second);
        return pc + 1;
    }

    internal static int ExtendSign(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        second = U256.ExtendSign(top, second);
        return pc + 1;
    }
}
