namespace Filecoin.Evm;

/// <content>What is done when a block ends.</content>
internal sealed partial class BlockAssembler
{
    /// <summary>The end as a node; what only negates its condition becomes part of it.</summary>
    private BlockNode End(in BlockEnd end)
    {
        StepKind kind = end.Kind;
        int operand = end.Operand;
        Use(operand);
        while (kind is StepKind.IfZero or StepKind.IfNotZero
            && TryGetNode(operand, out BlockNode node)
            && node.Kind == StepKind.IsZero
            && values[operand].Uses == 1)
        {
            nodes[values[operand].Node] = node with { IsInEnd = true };
            operand = node.A;
            kind = kind == StepKind.IfZero ? StepKind.IfNotZero : StepKind.IfZero;
        }

        return new(kind, operand, None, None)
        {
            Opcode = end.Opcode,
            Position = end.Position,
            Paid = end.Paid,
        };
    }

    /// <summary>The end that compares by itself.</summary>
    private BlockNode Merge(in BlockNode end, int compared)
    {
        BlockNode node = nodes[compared];
        nodes[compared] = node with { IsInEnd = true };
        return node with
        {
            Kind = BranchOn(node.Kind, end.Kind == StepKind.IfZero),
            Result = None,
            Position = end.Position,
            Paid = end.Paid,
        };
    }

    private static StepKind BranchOn(StepKind comparison, bool isNegated) => comparison switch
    {
        StepKind.Less => isNegated ? StepKind.IfNotLess : StepKind.IfLess,
        StepKind.LessSigned => isNegated ? StepKind.IfNotLessSigned : StepKind.IfLessSigned,
        StepKind.Equal => isNegated ? StepKind.IfNotEqual : StepKind.IfEqual,
        StepKind.LessNumber => isNegated ? StepKind.IfNotLessNumber : StepKind.IfLessNumber,
        StepKind.GreaterNumber =>
            isNegated ? StepKind.IfNotGreaterNumber : StepKind.IfGreaterNumber,
        StepKind.EqualNumber => isNegated ? StepKind.IfNotEqualNumber : StepKind.IfEqualNumber,
        _ => StepKind.Leave,
    };

    /// <summary>Copies a word to where no move reaches it.</summary>
    private int Saved(int slot)
    {
        int saved = FreeSlot();
        steps.Add(new() { Kind = StepKind.Move, A = slot, Target = saved });
        return saved;
    }

    /// <summary>Moves words as if all were moved at once.</summary>
    private void Move(List<(int Target, int Value)> moves)
    {
        List<(int Target, int Source)> pending =
        [
            .. moves.Where(move => values[move.Value].Slot != None)
                .Select(move => (move.Target, values[move.Value].Slot)),
        ];
        while (pending.Count > 0)
        {
            int next = pending.FindIndex(move =>
                !pending.Exists(other => other.Source == move.Target));
            if (next < 0)
            {
                // A ring: what would be lost first is saved.
                int lost = pending[0].Target;
                int saved = Saved(lost);
                for (int i = 0; i < pending.Count; i++)
                {
                    if (pending[i].Source == lost)
                    {
                        pending[i] = (pending[i].Target, saved);
                    }
                }

                continue;
            }

            steps.Add(new()
            {
                Kind = StepKind.Move,
                A = pending[next].Source,
                Target = pending[next].Target,
            });
            pending.RemoveAt(next);
        }

        // Constants come last: they may go where another word was taken from.
        foreach ((int target, int value) in moves)
        {
            if (values[value].Slot == None)
            {
                Put(values[value].Word, target);
            }
        }
    }
}
