using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.StackLimiter;

/// <summary>Walks a body and finds how high the value stack gets, in slots.</summary>
/// <remarks>
/// Spec: fvm-wasm-instrument src/stack_limiter/max_height.rs; wasm-engine 5.2.
/// Quirk: this is not Wasm's typing. An else keeps the height and the reachability of the branch
/// before it, a block in dead code counts as reachable, and a pop may reach below its block.
/// Consensus depends on the numbers, so none of it may be put right.
/// </remarks>
internal sealed class StackHeight
{
    /// <summary>What an activation costs besides its values.</summary>
    private const int FrameSlots = 2;

    private Frame[] frames = new Frame[64];
    private int depth;
    private int height;

    private ref Frame Top => ref frames[depth - 1];

    /// <summary>The greatest height before any reachable operator.</summary>
    public int Measure(
        ReadOnlySpan<byte> wasm, WasmModule module, int results, ReadOnlySpan<Operator> operators)
    {
        height = FrameSlots;
        depth = 0;
        Push(new(EndArity: results, BranchArity: results, StartHeight: 0));
        int max = 0;
        foreach (ref readonly Operator next in operators)
        {
            if (depth == 0)
            {
                throw Refuse(next, "operator outside of the function");
            }

            if (height > max && !Top.Polymorphic)
            {
                max = height;
            }

            Step(wasm, module, results, next);
        }

        return max;
    }

    private void Step(ReadOnlySpan<byte> wasm, WasmModule module, int results, in Operator next)
    {
        switch (next.Opcode)
        {
            case Opcode.Nop or Opcode.Else:
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                Open(next);
                break;
            case Opcode.End:
                depth--;
                height = frames[depth].StartHeight + frames[depth].EndArity;
                break;
            case Opcode.Unreachable:
                Top.Polymorphic = true;
                break;
            case Opcode.Br:
                Pop(next, BranchArity(next, next.Immediate));
                Top.Polymorphic = true;
                break;
            case Opcode.BrIf:
                int arity = BranchArity(next, next.Immediate);
                Pop(next, arity);
                Pop(next, 1);
                height += arity;
                break;
            case Opcode.BrTable:
                Pop(next, TableArity(wasm, next));
                Top.Polymorphic = true;
                break;
            case Opcode.Return:
                Pop(next, results);
                Top.Polymorphic = true;
                break;
            case Opcode.Call:
                Call(next, CalleeType(module, next));
                break;
            case Opcode.CallIndirect:
                Pop(next, 1);
                Call(next, IndirectType(module, next));
                break;
            case Opcode.Select:
                Pop(next, 2);
                Pop(next, 1);
                height++;
                break;
            default:
                (int pops, int pushes) = StackEffect.Of(next);
                Pop(next, pops);
                height += pushes;
                break;
        }
    }

    private void Open(in Operator next)
    {
        if (next.Opcode == Opcode.If)
        {
            Pop(next, 1);
        }

        int endArity = next.Immediate;
        int branchArity = next.Opcode == Opcode.Loop ? 0 : endArity;
        Push(new(endArity, branchArity, height));
    }

    private void Call(in Operator next, FunctionType type)
    {
        Pop(next, type.ParameterCount);
        height += type.ResultCount;
    }

    private void Push(in Frame frame)
    {
        if (depth == frames.Length)
        {
            Array.Resize(ref frames, frames.Length * 2);
        }

        frames[depth] = frame;
        depth++;
    }

    private void Pop(in Operator next, int count)
    {
        if (count == 0)
        {
            return;
        }

        if (height == Top.StartHeight)
        {
            if (!Top.Polymorphic)
            {
                throw Refuse(next, "pops more values than its block pushed");
            }

            return;
        }

        height -= count;
        if (height < 0)
        {
            throw Refuse(next, "pops more values than there are");
        }
    }

    private int BranchArity(in Operator next, int label) => label < depth
        ? frames[depth - 1 - label].BranchArity
        : throw Refuse(next, $"unknown label {label}");

    private int TableArity(ReadOnlySpan<byte> wasm, in Operator next)
    {
        BranchTable table = new(wasm, next);
        int arity = BranchArity(next, table.Default);
        while (table.TryNext(out int label))
        {
            if (BranchArity(next, label) != arity)
            {
                throw Refuse(next, "labels of a br_table differ in arity");
            }
        }

        return arity;
    }

    private static FunctionType CalleeType(WasmModule module, in Operator next) =>
        next.Immediate < module.FunctionTypes.Count
            ? module.TypeOf(next.Immediate)
            : throw Refuse(next, $"unknown function {next.Immediate}");

    private static FunctionType IndirectType(WasmModule module, in Operator next) =>
        next.Immediate < module.Types.Length
            ? module.Types[next.Immediate]
            : throw Refuse(next, $"unknown type {next.Immediate}");

    private static WasmRefusedException Refuse(in Operator at, string reason) =>
        new(RefusalStage.StackLimiter, reason, at.Start);

    private record struct Frame(int EndArity, int BranchArity, int StartHeight)
    {
        public bool Polymorphic { get; set; }
    }
}
