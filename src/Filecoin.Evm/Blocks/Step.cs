namespace Filecoin.Evm;

/// <summary>A step of a block.</summary>
/// <remarks>Slots are distances in bytes from the word on top when a block begins.</remarks>
internal struct Step
{
    /// <summary>An operand below 2^64, or the index of a larger one.</summary>
    internal ulong Number;

    /// <summary>What the block's instructions cost up to and with this one.</summary>
    internal long Paid;

    /// <summary>The slot that the result goes to.</summary>
    internal int Target;

    /// <summary>The slot of the operand that was on top.</summary>
    internal int A;

    /// <summary>The slot of the operand below.</summary>
    internal int B;

    /// <summary>The slot of the one below that.</summary>
    internal int C;

    /// <summary>Where the instruction stands.</summary>
    internal int Position;

    internal StepKind Kind;

    /// <summary>Whose rule it is, if the rule is looked up.</summary>
    internal byte Opcode;
}
