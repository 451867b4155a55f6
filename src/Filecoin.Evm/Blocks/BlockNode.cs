namespace Filecoin.Evm;

/// <summary>A step to be, whose operands are values: see <see cref="BlockAssembler"/>.</summary>
internal record struct BlockNode(StepKind Kind, int A, int B, int C)
{
    /// <summary>The value that it makes, or none.</summary>
    internal int Result { get; set; } = BlockAssembler.None;

    internal ulong Number { get; init; }

    internal long Paid { get; init; }

    internal int Position { get; init; }

    internal byte Opcode { get; init; }

    /// <summary>Whether it is run even if its result is not used.</summary>
    internal bool HasEffect { get; init; }

    /// <summary>Whether the block's end does its work.</summary>
    internal bool IsInEnd { get; set; }
}

/// <summary>How a block ends.</summary>
internal record struct BlockEnd(StepKind Kind)
{
    /// <summary>The condition, or where to jump, if that is a value.</summary>
    internal int Operand { get; init; } = BlockAssembler.None;

    /// <summary>Words more on the stack by the opcode that is performed.</summary>
    internal int Change { get; init; }

    internal long Paid { get; init; }

    internal int Position { get; init; }

    internal byte Opcode { get; init; }
}

/// <summary>A word that a block works with.</summary>
internal record struct BlockValue(BlockValueKind Kind)
{
    /// <summary>A constant.</summary>
    internal U256 Word { get; init; }

    /// <summary>Of a word that was there: its place, 0 the top, -1 below it.</summary>
    internal int Place { get; init; }

    /// <summary>The node that makes it.</summary>
    internal int Node { get; init; }

    /// <summary>How many nodes and ends of the stack need it.</summary>
    internal int Uses { get; set; }

    /// <summary>The last node that needs it.</summary>
    internal int LastUse { get; set; }

    /// <summary>The lowest place where it is when the block ends.</summary>
    internal int FinalPlace { get; set; }

    /// <summary>Where it is kept.</summary>
    internal int Slot { get; set; }
}

/// <summary>Where a word comes from.</summary>
internal enum BlockValueKind
{
    /// <summary>It was on the stack.</summary>
    Entry,

    /// <summary>It stands in the code.</summary>
    Constant,

    /// <summary>It is computed.</summary>
    Result,
}
