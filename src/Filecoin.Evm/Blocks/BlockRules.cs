namespace Filecoin.Evm;

/// <summary>Which opcodes a block may hold in its midst.</summary>
/// <remarks>
/// All others end it, so that they find the stack as it is: they tell the host of work done, or
/// show the stack or the gas to somebody else.
/// </remarks>
internal static class BlockRules
{
    private static readonly StepKind[] Direct = Steps();

    private static readonly bool[] Applied = Rules();

    /// <summary>The step that is the opcode's rule, or Leave if there is none.</summary>
    internal static StepKind DirectStepOf(byte opcode) => Direct[opcode];

    /// <summary>Whether the opcode's rule needs its own operands only.</summary>
    internal static bool IsApplied(byte opcode) => Applied[opcode];

    private static StepKind[] Steps()
    {
        StepKind[] steps = new StepKind[EvmPrices.OpcodeCount];
        Array.Fill(steps, StepKind.Leave);
        steps[0x01] = StepKind.Add;
        steps[0x02] = StepKind.Multiply;
        steps[0x03] = StepKind.Subtract;
        steps[0x04] = StepKind.Divide;
        steps[0x06] = StepKind.Remainder;
        steps[0x08] = StepKind.AddModulo;
        steps[0x09] = StepKind.MultiplyModulo;
        steps[0x0a] = StepKind.Power;
        steps[0x10] = StepKind.Less;
        steps[0x11] = StepKind.Less; // the other way round
        steps[0x12] = StepKind.LessSigned;
        steps[0x13] = StepKind.LessSigned; // the other way round
        steps[0x14] = StepKind.Equal;
        steps[0x15] = StepKind.IsZero;
        steps[0x16] = StepKind.And;
        steps[0x17] = StepKind.Or;
        steps[0x18] = StepKind.Xor;
        steps[0x19] = StepKind.Not;
        steps[0x1b] = StepKind.ShiftLeft;
        steps[0x1c] = StepKind.ShiftRight;
        steps[0x51] = StepKind.Load;
        steps[0x52] = StepKind.Store;
        return steps;
    }

    private static bool[] Rules()
    {
        bool[] rules = new bool[EvmPrices.OpcodeCount];
        Mark(0x05, 0x05); // SDIV
        Mark(0x07, 0x07); // SMOD
        Mark(0x0b, 0x0b); // SIGNEXTEND
        Mark(0x1a, 0x1a); // BYTE
        Mark(0x1d, 0x1e); // SAR, CLZ
        Mark(0x20, 0x20); // KECCAK256
        Mark(0x30, 0x30); // ADDRESS
        Mark(0x32, 0x3a); // ORIGIN to GASPRICE
        Mark(0x3d, 0x3e); // RETURNDATASIZE, RETURNDATACOPY
        Mark(0x40, 0x48); // BLOCKHASH to BASEFEE
        Mark(0x53, 0x55); // MSTORE8, SLOAD, SSTORE
        Mark(0x59, 0x59); // MSIZE
        Mark(0x5c, 0x5e); // TLOAD, TSTORE, MCOPY
        return rules;

        void Mark(byte first, byte last) => rules.AsSpan(first, last - first + 1).Fill(true);
    }
}
