namespace Filecoin.Evm;

/// <content>The slots, and the steps.</content>
internal sealed partial class BlockAssembler
{
    /// <summary>Needed until the block has ended.</summary>
    private const int AtEnd = int.MaxValue;

    private readonly List<Step> steps = [];
    private readonly List<U256> wide = [];
    private readonly Stack<int> freeSlots = [];

    // First slot beyond the stack, and the next that was never used.
    private int beyond;
    private int unused;

    // By depth: the value that was there at the start, or none.
    private int[] entries = [];

    /// <summary>The steps, with their operands of 2^64 and more.</summary>
    /// <param name="stack">The stack at the end, from the deepest that was looked at.</param>
    /// <param name="needs">How many of these were there at the start.</param>
    /// <param name="growth">How many more there are at most at any time.</param>
    /// <param name="end">How the block ends.</param>
    internal (Step[] Steps, U256[] Wide) Assemble(
        List<int> stack, int needs, int growth, BlockEnd end)
    {
        beyond = (growth + 1) * U256.Length;
        entries = new int[needs];
        for (int value = 0; value < count; value++)
        {
            if (values[value].Kind == BlockValueKind.Entry)
            {
                entries[-values[value].Place] = value;
            }
        }

        foreach (int value in stack)
        {
            Use(value);
        }

        BlockNode last = End(end);
        bool isWithin = IsComparison(last.A, out int compared);
        if (!isWithin || !TryPlace(stack, needs, Merge(last, compared)))
        {
            if (isWithin)
            {
                nodes[compared] = nodes[compared] with { IsInEnd = false };
            }

            _ = TryPlace(stack, needs, last);
        }

        return ([.. steps], [.. wide]);

        bool IsComparison(int condition, out int node)
        {
            node = condition == None ? None : values[condition].Node;
            return last.Kind is StepKind.IfZero or StepKind.IfNotZero
                && TryGetNode(condition, out BlockNode made)
                && values[condition].Uses == 1
                && BranchOn(made.Kind, false) != StepKind.Leave;
        }
    }

    /// <summary>
    /// Makes the steps; false if the end compares words that are no more when it comes.
    /// </summary>
    private bool TryPlace(List<int> stack, int needs, BlockNode end)
    {
        steps.Clear();
        wide.Clear();
        freeSlots.Clear();
        unused = beyond + (OperandSlots * U256.Length);
        FindUses(stack, needs, end);
        for (int i = 0; i < nodes.Count; i++)
        {
            BlockNode node = nodes[i];
            if (!node.IsInEnd
                && (node.HasEffect || values[node.Result].LastUse != None))
            {
                Emit(node, i);
            }
        }

        List<(int Target, int Value)> moves = [];
        for (int i = 0; i < stack.Count; i++)
        {
            int target = SlotAt(i + 1 - needs);
            if (values[stack[i]].Slot != target)
            {
                moves.Add((target, stack[i]));
            }
        }

        Step last = StepOf(end);
        last.A = end.Kind == StepKind.Perform
            ? SlotAt(stack.Count - needs)
            : OperandOf(end.A);
        last.B = OperandOf(end.B);
        if (moves.Exists(move => (end.A != None && move.Target == last.A)
            || (end.B != None && move.Target == last.B)))
        {
            if (end.B != None || BranchesOnNumber(end.Kind))
            {
                return false;
            }

            last.A = Saved(last.A);
        }

        Move(moves);
        steps.Add(last);
        return true;
    }

    private static bool BranchesOnNumber(StepKind kind) =>
        kind is >= StepKind.IfLessNumber and <= StepKind.IfNotEqualNumber;

    private static int SlotAt(int place) => place * U256.Length;

    private void FindUses(List<int> stack, int needs, in BlockNode end)
    {
        foreach (ref BlockValue value in values.AsSpan(0, count))
        {
            value.LastUse = None;
            value.FinalPlace = None;
            value.Slot = value.Kind == BlockValueKind.Entry ? SlotAt(value.Place) : None;
        }

        for (int i = 0; i < stack.Count; i++)
        {
            ref BlockValue value = ref values[stack[i]];
            int place = i + 1 - needs;
            value.LastUse = AtEnd;
            if (value.FinalPlace == None)
            {
                value.FinalPlace = place;
            }
        }

        Need(end.A, AtEnd);
        Need(end.B, AtEnd);
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            BlockNode node = nodes[i];
            if (!node.IsInEnd && (node.HasEffect || values[node.Result].LastUse != None))
            {
                Need(node.A, i);
                Need(node.B, i);
                Need(node.C, i);
            }
        }
    }

    private void Need(int value, int by)
    {
        if (value != None && values[value].LastUse == None)
        {
            values[value].LastUse = by;
        }
    }

    private void Emit(in BlockNode node, int index)
    {
        Step step = StepOf(node);
        step.A = OperandOf(node.A);
        step.B = OperandOf(node.B);
        step.C = OperandOf(node.C);
        Release(node.A, index);
        Release(node.B, index);
        Release(node.C, index);
        if (node.Result != None)
        {
            ref BlockValue result = ref values[node.Result];
            result.Slot = IsFree(result.FinalPlace, index)
                ? SlotAt(result.FinalPlace)
                : FreeSlot();
            step.Target = result.Slot;
            Release(node.Result, index);
        }

        steps.Add(step);
    }

    private Step StepOf(in BlockNode node) => new()
    {
        Kind = node.Kind,
        Number = node.Kind == StepKind.Apply ? (ulong)beyond : node.Number,
        Paid = node.Paid,
        Position = node.Position,
        Opcode = node.Opcode,
    };

    /// <summary>Whether nobody needs what was there at the start after a node.</summary>
    private bool IsFree(int place, int node)
    {
        if (place == None)
        {
            return false;
        }

        return place > 0
            || values[entries[-place]].LastUse is int last && last <= node;
    }

    /// <summary>The slot of an operand; a constant is put into one now.</summary>
    private int OperandOf(int value)
    {
        if (value == None)
        {
            return 0;
        }

        if (values[value].Slot == None)
        {
            values[value].Slot = FreeSlot();
            Put(values[value].Word, values[value].Slot);
        }

        return values[value].Slot;
    }

    private void Put(in U256 word, int slot)
    {
        bool isWide = !word.IsUInt64;
        steps.Add(new()
        {
            Kind = isWide ? StepKind.Wide : StepKind.Number,
            Number = isWide ? (ulong)wide.Count : word.W0,
            Target = slot,
        });
        if (isWide)
        {
            wide.Add(word);
        }
    }

    private int FreeSlot()
    {
        if (freeSlots.TryPop(out int slot))
        {
            return slot;
        }

        unused += U256.Length;
        return unused - U256.Length;
    }

    private void Release(int value, int node)
    {
        if (value != None
            && values[value].Slot > beyond
            && (values[value].LastUse == node || values[value].LastUse == None))
        {
            freeSlots.Push(values[value].Slot);
            values[value].Slot = None;
        }
    }
}
