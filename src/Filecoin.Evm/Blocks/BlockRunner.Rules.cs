using System.Runtime.CompilerServices;

namespace Filecoin.Evm;

/// <content>What takes longer than a call of it.</content>
internal static partial class BlockRunner
{
    // Near the end of what the host has granted, instruction by instruction.
    private static bool MayRun(EvmFrame frame, int depth, Block block) =>
        depth >= block.Needs
        && depth + block.Growth <= EvmInterpreter.StackDepthMax
        && frame.TrySettle()
        && frame.Used + block.Price <= frame.Limit;

    /// <summary>A rule that may ask for more gas; false, and the end, if it cannot be.</summary>
    private static bool TryRule(EvmFrame frame, ref U256 top, in Step step) => step.Kind switch
    {
        StepKind.Divide => ArithmeticRules.TryDivide(
            frame, A(ref top, step), B(ref top, step), ref T(ref top, step)),
        StepKind.Remainder => ArithmeticRules.TryRemainder(
            frame, A(ref top, step), B(ref top, step), ref T(ref top, step)),
        StepKind.AddModulo => ArithmeticRules.TryAddModulo(
            frame, A(ref top, step), B(ref top, step), C(ref top, step), ref T(ref top, step)),
        StepKind.MultiplyModulo => ArithmeticRules.TryMultiplyModulo(
            frame, A(ref top, step), B(ref top, step), C(ref top, step), ref T(ref top, step)),
        StepKind.Power => ArithmeticRules.TryPower(
            frame, A(ref top, step), B(ref top, step), ref T(ref top, step)),
        _ => TryApply(frame, ref top, step),
    };

    /// <summary>The opcode's rule, on a copy of its operands.</summary>
    private static bool TryApply(EvmFrame frame, ref U256 top, in Step step)
    {
        ref Opcode row = ref OpcodeTable.Rows[step.Opcode];
        ref U256 first = ref Unsafe.AddByteOffset(ref top, (nint)step.Number);
        ref U256 last = ref Unsafe.Add(ref first, row.Pops - 1);
        if (row.Pops > 0)
        {
            U256.Copy(ref A(ref top, step), ref last);
        }

        if (row.Pops > 1)
        {
            U256.Copy(ref B(ref top, step), ref Slots.Below(ref last, 1));
        }

        if (row.Pops > 2)
        {
            U256.Copy(ref C(ref top, step), ref Slots.Below(ref last, 2));
        }

        if (row.Body(frame, ref last, step.Position) < 0)
        {
            return false;
        }

        if (row.Change + row.Pops > 0)
        {
            U256.Copy(ref first, ref T(ref top, step));
        }

        return true;
    }
}
