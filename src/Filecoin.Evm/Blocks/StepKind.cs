namespace Filecoin.Evm;

/// <summary>What a step of a block does; A and B are slots, N is the step's number.</summary>
internal enum StepKind : byte
{
    // Into the target, from two slots.
    Add,
    Subtract,
    Multiply,
    And,
    Or,
    Xor,
    Less,
    LessSigned,
    Equal,
    ShiftLeft,
    ShiftRight,

    // Into the target, from A and a number.
    AddNumber,
    SubtractNumber,
    AndNumber,
    LessNumber,
    GreaterNumber,
    EqualNumber,
    ShiftLeftNumber,
    ShiftRightNumber,

    // Into the target, from one.
    IsZero,
    Not,
    Move,
    Number,
    Wide,

    // From here on in any case, even if the result is not used.
    // Into the target, for gas by their operands; the modulus is C.
    Divide,
    Remainder,
    AddModulo,
    MultiplyModulo,
    Power,

    // Memory: at the address in A, or at N.
    Load,
    LoadAt,
    Store,
    StoreAt,

    /// <summary>The opcode's own rule, on copies of A, B and C.</summary>
    Apply,

    // Ends: on to the jump's destination if that is so, otherwise behind the block.
    IfZero,
    IfNotZero,
    IfLess,
    IfNotLess,
    IfLessSigned,
    IfNotLessSigned,
    IfEqual,
    IfNotEqual,
    IfLessNumber,
    IfNotLessNumber,
    IfGreaterNumber,
    IfNotGreaterNumber,
    IfEqualNumber,
    IfNotEqualNumber,

    /// <summary>On to the destination known beforehand.</summary>
    Jump,

    /// <summary>On to the destination in A, if it is one.</summary>
    JumpTo,

    /// <summary>The opcode's own rule, on the stack; then on behind the block.</summary>
    Perform,

    /// <summary>On behind the block, which was cut.</summary>
    Continue,

    /// <summary>The rest instruction by instruction.</summary>
    Leave,
}
