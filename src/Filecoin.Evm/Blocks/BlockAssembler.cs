namespace Filecoin.Evm;

/// <summary>Takes down what a block computes, and finds the slots that it is computed in.</summary>
/// <remarks>
/// A word of the stack at the start keeps its slot. A result gets the slot where it lies at the
/// end if nobody needs any more what is there, or else one beyond all that the stack may take.
/// What is elsewhere at the end is moved then, all at once.
/// </remarks>
internal sealed partial class BlockAssembler
{
    /// <summary>No value, and no slot.</summary>
    internal const int None = int.MinValue;

    /// <summary>Slots that blocks may need beyond what the stack takes.</summary>
    /// <remarks>A copy of three operands, and one for each value of 128 instructions.</remarks>
    internal const int SlotsMax = OperandSlots + 136;

    private const int OperandSlots = 3;

    private const byte GreaterCode = 0x11;
    private const byte GreaterSignedCode = 0x13;

    private readonly List<BlockNode> nodes = [];

    private BlockValue[] values = new BlockValue[16];
    private int count;

    /// <summary>A word that is on the stack when the block begins: 0 the top, -1 below.</summary>
    internal int Entry(int place) => Value(new(BlockValueKind.Entry) { Place = place });

    /// <summary>A word that is known beforehand.</summary>
    internal int Constant(in U256 word) => Value(new(BlockValueKind.Constant) { Word = word });

    internal bool TryGetConstant(int value, out U256 word)
    {
        word = value == None ? default : values[value].Word;
        return value != None && values[value].Kind == BlockValueKind.Constant;
    }

    /// <summary>The result of a rule that looks at its operands only.</summary>
    internal int Compute(BlockNode node)
    {
        if (TryFold(node, out U256 word))
        {
            return Constant(word);
        }

        if (node.Kind == StepKind.IsZero
            && TryGetNode(node.A, out BlockNode inner)
            && inner.Kind == StepKind.IsZero
            && TryGetNode(inner.A, out BlockNode truth)
            && IsTruth(truth.Kind))
        {
            return inner.A;
        }

        if (node.Opcode is GreaterCode or GreaterSignedCode)
        {
            node = node with { A = node.B, B = node.A };
        }

        return Add(WithNumber(node), true);
    }

    /// <summary>A step that is done in any case; its result, or none.</summary>
    internal int Effect(in BlockNode node, bool hasResult) =>
        Add(node with { HasEffect = true }, hasResult);

    /// <summary>The same with an operand below 2^64 in the step itself, if it has such.</summary>
    internal BlockNode WithNumber(in BlockNode node)
    {
        bool isFirst = TryGetNumber(node.A, out ulong first);
        bool isSecond = TryGetNumber(node.B, out ulong second);
        return node.Kind switch
        {
            StepKind.Add when isFirst => With(node, StepKind.AddNumber, node.B, first),
            StepKind.Add when isSecond => With(node, StepKind.AddNumber, node.A, second),
            StepKind.Subtract when isSecond =>
                With(node, StepKind.SubtractNumber, node.A, second),
            StepKind.And when isFirst => With(node, StepKind.AndNumber, node.B, first),
            StepKind.And when isSecond => With(node, StepKind.AndNumber, node.A, second),
            StepKind.Less when isFirst => With(node, StepKind.GreaterNumber, node.B, first),
            StepKind.Less when isSecond => With(node, StepKind.LessNumber, node.A, second),
            StepKind.Equal when isFirst => With(node, StepKind.EqualNumber, node.B, first),
            StepKind.Equal when isSecond => With(node, StepKind.EqualNumber, node.A, second),
            StepKind.ShiftLeft when isFirst && first < U256.Bits =>
                With(node, StepKind.ShiftLeftNumber, node.B, first),
            StepKind.ShiftRight when isFirst && first < U256.Bits =>
                With(node, StepKind.ShiftRightNumber, node.B, first),
            StepKind.Load when isFirst => With(node, StepKind.LoadAt, None, first),
            StepKind.Store when isFirst =>
                node with { Kind = StepKind.StoreAt, A = None, Number = first },
            _ => node,
        };
    }

    private static BlockNode With(in BlockNode node, StepKind kind, int operand, ulong number) =>
        node with { Kind = kind, A = operand, B = None, Number = number };

    private static bool IsTruth(StepKind kind) => kind is StepKind.IsZero
        or StepKind.Less or StepKind.LessSigned or StepKind.Equal
        or StepKind.LessNumber or StepKind.GreaterNumber or StepKind.EqualNumber;

    /// <summary>Computes what is known beforehand, by the opcode's rule.</summary>
    private bool TryFold(in BlockNode node, out U256 word)
    {
        Span<U256> operands = stackalloc U256[2];
        word = default;
        if (!TryGetConstant(node.A, out operands[1])
            || (node.B != None && !TryGetConstant(node.B, out operands[0])))
        {
            return false;
        }

        // These rules do not look at the run.
        _ = OpcodeTable.Rows[node.Opcode].Body(null!, ref operands[1], 0);
        word = operands[node.B == None ? 1 : 0];
        return true;
    }

    private bool TryGetNumber(int value, out ulong number)
    {
        bool isConstant = TryGetConstant(value, out U256 word);
        number = word.W0;
        return isConstant && word.IsUInt64;
    }

    private bool TryGetNode(int value, out BlockNode node)
    {
        bool isResult = value != None && values[value].Kind == BlockValueKind.Result;
        node = isResult ? nodes[values[value].Node] : default;
        return isResult;
    }

    private int Add(BlockNode node, bool hasResult)
    {
        Use(node.A);
        Use(node.B);
        Use(node.C);
        if (hasResult)
        {
            node.Result = Value(new(BlockValueKind.Result) { Node = nodes.Count });
        }

        nodes.Add(node);
        return node.Result;
    }

    private void Use(int value)
    {
        if (value != None)
        {
            values[value].Uses++;
        }
    }

    private int Value(in BlockValue value)
    {
        if (count == values.Length)
        {
            Array.Resize(ref values, 2 * count);
        }

        values[count] = value;
        return count++;
    }
}
