namespace Filecoin.Evm;

/// <summary>Makes a block of the instructions from a position on.</summary>
/// <remarks>
/// Words that are only pushed, copied, exchanged or dropped take no step: it is known where each
/// of them is. What is computed goes, where that is possible, to the slot where it lies when the
/// block ends. The instructions are read here; <see cref="BlockAssembler"/> finds the slots.
/// </remarks>
internal sealed class BlockTranslator(EvmCode code, EvmPrices prices, int start)
{
    // So that what is needed of the stack beyond its limit stays small.
    private const int InstructionsMax = 128;

    // So that all blocks together stay within a multiple of the code.
    private const int JoinsMax = 3;

    private const byte Pop = 0x50;
    private const byte JumpIf = OpcodeTable.Jump + 1;
    private const byte ProgramCounter = 0x58;
    private const byte Push0 = 0x5f;
    private const byte Push32 = 0x7f;
    private const byte Duplicate1 = 0x80;
    private const byte Duplicate16 = 0x8f;
    private const byte Swap1 = 0x90;
    private const byte Swap16 = 0x9f;

    private readonly BlockAssembler assembler = new();

    // Values from the deepest that was looked at to the top.
    private readonly List<int> stack = [];

    // Words of the stack at the start that were looked at.
    private int needs;
    private int growth;
    private long price;
    private int destination;

    // Parts that are come to in one way here, but may be in others.
    private int joins;

    /// <summary>The block, which has one instruction at least or leaves at once.</summary>
    internal Block Translate()
    {
        int position = start;
        for (int count = 0; count < InstructionsMax; count++)
        {
            byte opcode = code.Padded[position];
            if (opcode == OpcodeTable.JumpDestination && position != start && !TryJoin())
            {
                // What is jumped to has a block of its own, without this instruction's price.
                price += prices.Opcodes[opcode];
                destination = position;
                return Finish(new(StepKind.Jump), position);
            }

            Opcode row = OpcodeTable.Rows[opcode];
            if (!row.IsDefined)
            {
                break;
            }

            Need(row.Pops);
            if (opcode is OpcodeTable.Jump or JumpIf)
            {
                if (!TryJump(opcode, position, out BlockEnd jump))
                {
                    return Finish(new(StepKind.Leave) { Position = position }, position);
                }

                if (jump.Kind != StepKind.Jump || !TryJoin())
                {
                    return Finish(jump, position + 1);
                }

                position = destination + 1;
                continue;
            }

            price += prices.Opcodes[opcode];
            if (!TryRead(opcode, row, position))
            {
                return Finish(Perform(opcode, row, position), position + 1);
            }

            growth = Math.Max(growth, stack.Count - needs);
            position += 1 + row.Immediate;
        }

        bool isCut = OpcodeTable.Rows[code.Padded[position]].IsDefined;
        return Finish(
            new(isCut ? StepKind.Continue : StepKind.Leave) { Position = position }, position);
    }

    private bool TryJoin() => joins++ < JoinsMax;

    private Block Finish(in BlockEnd end, int position)
    {
        int change = stack.Count - needs + end.Change;
        growth = Math.Max(growth, change);
        (Step[] steps, U256[] wide) =
            assembler.Assemble(stack, needs, growth, end with { Paid = price });
        return new()
        {
            Steps = steps,
            WideNumbers = wide,
            Start = start,
            Price = price,
            Needs = needs,
            Growth = growth,
            Change = change,
            Destination = destination,
            End = position,
        };
    }

    private bool TryRead(byte opcode, in Opcode row, int position)
    {
        switch (opcode)
        {
            case OpcodeTable.JumpDestination:
                return true;
            case Pop:
                _ = Take();
                return true;
            case ProgramCounter:
                stack.Add(assembler.Constant((ulong)position));
                return true;
            case >= Push0 and <= Push32:
                stack.Add(assembler.Constant(U256.FromBigEndian(
                    code.Padded.AsSpan(position + 1, row.Immediate))));
                return true;
            case >= Duplicate1 and <= Duplicate16:
                stack.Add(stack[^(opcode - Duplicate1 + 1)]);
                return true;
            case >= Swap1 and <= Swap16:
                int below = stack.Count - 2 - (opcode - Swap1);
                (stack[below], stack[^1]) = (stack[^1], stack[below]);
                return true;
        }

        if (row.Step == StepKind.Perform)
        {
            return false;
        }

        int a = row.Pops > 0 ? Take() : BlockAssembler.None;
        int b = row.Pops > 1 ? Take() : BlockAssembler.None;
        int c = row.Pops > 2 ? Take() : BlockAssembler.None;
        bool hasResult = row.Pops + row.Change > 0;
        BlockNode node = new(row.Step, a, b, c)
        {
            Opcode = opcode,
            Position = position,
            Paid = price,
        };
        int result = row.Step < StepKind.Divide
            ? assembler.Compute(node)
            : assembler.Effect(assembler.WithNumber(node), hasResult);
        if (hasResult)
        {
            stack.Add(result);
        }

        return true;
    }

    /// <summary>A jump, unless it is to somewhere that is known to be no destination.</summary>
    private bool TryJump(byte opcode, int position, out BlockEnd end)
    {
        int target = stack[^1];
        end = new(StepKind.JumpTo) { Operand = target, Position = position };
        if (assembler.TryGetConstant(target, out U256 word))
        {
            if (!code.IsJumpDestination(word))
            {
                return false;
            }

            destination = (int)word.W0;
            end = new(StepKind.Jump);
        }
        else if (opcode == JumpIf)
        {
            return false;
        }

        price += prices.Opcodes[opcode];
        _ = Take();
        if (opcode == JumpIf)
        {
            end = new(StepKind.IfNotZero) { Operand = Take() };
        }

        return true;
    }

    /// <summary>The opcode's rule, which finds its operands on the stack.</summary>
    private static BlockEnd Perform(byte opcode, in Opcode row, int position) =>
        new(StepKind.Perform) { Opcode = opcode, Position = position, Change = row.Change };

    private int Take()
    {
        int value = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private void Need(int words)
    {
        while (stack.Count < words)
        {
            stack.Insert(0, assembler.Entry(-needs));
            needs++;
        }
    }
}
