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

    internal static int Divide(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        second = top / second;
        return pc + 1;
    }

    internal static int DivideSigned(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        second = U256.DivideSigned(top, second);
        return pc + 1;
    }

    internal static int Remainder(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        second = top % second;
        return pc + 1;
    }

    internal static int RemainderSigned(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        second = U256.RemainderSigned(top, second);
        return pc + 1;
    }

    internal static int AddModulo(ref U256 top, int pc)
    {
        ref U256 third = ref Slots.Below(ref top, 2);
        third = U256.AddModulo(top, Slots.Below(ref top, 1), third);
        return pc + 1;
    }

    internal static int MultiplyModulo(ref U256 top, int pc)
    {
        ref U256 third = ref Slots.Below(ref top, 2);
        third = U256.MultiplyModulo(top, Slots.Below(ref top, 1), third);
        return pc + 1;
    }

    internal static int Power(EvmFrame frame, ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        if (!frame.TryCharge(U256.Bits - second.LeadingZeros, frame.Prices.ExponentBit))
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
