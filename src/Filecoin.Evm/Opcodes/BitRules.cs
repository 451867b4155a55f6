using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <summary>LT to CLZ: comparisons and bits.</summary>
/// <remarks>
/// Spec: builtin-actors actors/evm/src/interpreter/instructions/boolean.rs and bitwise.rs.
/// </remarks>
internal static class BitRules
{
    internal static int Less(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        return Answer(top < second, ref second, pc);
    }

    internal static int Greater(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        return Answer(top > second, ref second, pc);
    }

    internal static int LessSigned(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        return Answer(U256.IsLessSigned(top, second), ref second, pc);
    }

    internal static int GreaterSigned(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        return Answer(U256.IsLessSigned(second, top), ref second, pc);
    }

    internal static int Equal(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        return Answer(top == second, ref second, pc);
    }

    internal static int IsZero(ref U256 top, int pc) => Answer(top.IsZero, ref top, pc);

    internal static int And(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.And(top, second, ref second);
        return pc + 1;
    }

    internal static int Or(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.Or(top, second, ref second);
        return pc + 1;
    }

    internal static int Xor(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.Xor(top, second, ref second);
        return pc + 1;
    }

    internal static int Not(ref U256 top, int pc)
    {
        U256.Not(top, ref top);
        return pc + 1;
    }

    internal static int ByteAt(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.Set(ref second, U256.ByteAt(top, second).W0, 0, 0, 0);
        return pc + 1;
    }

    internal static int ShiftLeft(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.ShiftLeft(second, top, ref second);
        return pc + 1;
    }

    internal static int ShiftRight(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.ShiftRight(second, top, 0, ref second);
        return pc + 1;
    }

    internal static int ShiftRightSigned(ref U256 top, int pc)
    {
        ref U256 second = ref Slots.Below(ref top, 1);
        U256.ShiftRight(second, top, second.IsNegative ? ulong.MaxValue : 0, ref second);
        return pc + 1;
    }

    internal static int LeadingZeros(ref U256 top, int pc)
    {
        U256.Set(ref top, (ulong)top.LeadingZeros, 0, 0, 0);
        return pc + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Answer(bool value, ref U256 slot, int pc)
    {
        U256.Set(ref slot, value ? 1UL : 0, 0, 0, 0);
        return pc + 1;
    }
}
