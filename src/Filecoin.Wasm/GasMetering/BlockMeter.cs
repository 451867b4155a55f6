using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.GasMetering;

/// <summary>Divides a body into metered blocks and finds what each is charged.</summary>
/// <remarks>
/// Spec:  fvm-wasm-instrument src/gas_metering/mod.rs, determine_metered_blocks; wasm-engine 6.3.
/// Units: milligas.
/// A metered block is paid at its start and runs as a whole unless it traps. Code up to the first
/// branch out of a construct merges into the block around it.
/// </remarks>
internal sealed class BlockMeter(InstructionPrices prices, Instrumenter instrumenter)
{
    private readonly OperatorPrices prices = new(prices);
    private ControlBlock[] stack = new ControlBlock[64];
    private int depth;
    private ulong[] charges = [];
    private uint[] unitPrices = [];

    /// <summary>By operator: the block charge to make before it, or 0.</summary>
    public ReadOnlySpan<ulong> Charges => charges;

    /// <summary>By operator: the price of each unit of its top operand, or 0.</summary>
    public ReadOnlySpan<uint> UnitPrices => unitPrices;

    /// <summary>Whether some operator has a unit price.</summary>
    public bool HasUnitPrices { get; private set; }

    private ref ControlBlock Top => ref stack[depth - 1];

    /// <summary>Meters a body; the results stand until the next call.</summary>
    public void Measure(ReadOnlySpan<byte> wasm, ReadOnlySpan<Operator> operators)
    {
        Reset(operators.Length);
        Open(0, isLoop: false);
        int? constant = null;
        for (int position = 0; position < operators.Length; position++)
        {
            ref readonly Operator next = ref operators[position];
            if (depth == 0)
            {
                throw Refuse(next, "operator outside of the function");
            }

            Add(next, Price(next, position, constant));
            Control(wasm, next, position);
            constant = next.Opcode == Opcode.I32Const ? next.Immediate : null;
        }
    }

    private void Reset(int count)
    {
        depth = 0;
        HasUnitPrices = false;
        if (charges.Length < count)
        {
            int size = Math.Max(count, charges.Length * 2);
            charges = new ulong[size];
            unitPrices = new uint[size];
            return;
        }

        charges.AsSpan(0, count).Clear();
        unitPrices.AsSpan(0, count).Clear();
    }

    private ulong Price(in Operator next, int position, int? constant)
    {
        ulong price = prices.FixedPrice(next.Opcode);
        uint unitPrice = prices.UnitPrice(next.Opcode);
        if (unitPrice == 0)
        {
            return price;
        }

        // Quirk: only a constant that stands directly before, in the text, is folded.
        if (constant is not int units)
        {
            unitPrices[position] = unitPrice;
            HasUnitPrices = true;
            return price;
        }

        return units >= 0
            ? price + ((ulong)units * unitPrice)
            : throw Refuse(next, "a linearly priced instruction with a negative constant");
    }

    private void Control(ReadOnlySpan<byte> wasm, in Operator next, int position)
    {
        switch (next.Opcode)
        {
            case Opcode.Block:
                Open(Top.Start, isLoop: false);
                break;
            case Opcode.If:
                Open(position + 1, isLoop: false);
                break;
            case Opcode.Loop:
                Open(position + 1, isLoop: true);
                break;
            case Opcode.Else:
                CloseMetered(next, position);
                break;
            case Opcode.End:
                CloseControl(next, position);
                break;
            case Opcode.Br or Opcode.BrIf:
                CloseMetered(next, position);
                Branch(next, next.Immediate);
                break;
            case Opcode.BrTable:
                CloseMetered(next, position);
                BranchAll(wasm, next);
                break;
            case Opcode.Return:
                CloseMetered(next, position);
                Branch(next, depth - 1);
                break;
        }
    }

    private void Open(int start, bool isLoop)
    {
        if (depth == stack.Length)
        {
            Array.Resize(ref stack, stack.Length * 2);
        }

        stack[depth] = new() { Lowest = depth, Start = start, IsLoop = isLoop };
        depth++;
    }

    private void Add(in Operator at, ulong price) => AddTo(ref Top, at, price);

    private static void AddTo(ref ControlBlock block, in Operator at, ulong price)
    {
        ulong sum = unchecked(block.Cost + price);
        block.Cost = sum >= price ? sum : throw Refuse(at, "a block's price overflows");
    }

    /// <summary>Ends the metered block; one that began with the block around joins it.</summary>
    private void CloseMetered(in Operator at, int position)
    {
        ref ControlBlock top = ref Top;
        (int start, ulong cost) = (top.Start, top.Cost);
        (top.Start, top.Cost) = (position + 1, 0);
        if (depth >= 2 && start == stack[depth - 2].Start)
        {
            AddTo(ref stack[depth - 2], at, cost);
        }
        else if (cost > 0)
        {
            charges[start] = charges[start] == 0
                ? cost
                : throw Refuse(at, "two metered blocks begin at one place");
        }
    }

    private void CloseControl(in Operator at, int position)
    {
        CloseMetered(at, position);
        depth--;
        if (depth == 0)
        {
            return;
        }

        int lowest = stack[depth].Lowest;
        Top.Lowest = Math.Min(Top.Lowest, lowest);
        if (lowest < depth)
        {
            CloseMetered(at, position);
        }
    }

    private void BranchAll(ReadOnlySpan<byte> wasm, in Operator at)
    {
        BranchTable table = new(wasm, at);
        while (table.TryNext(out int label))
        {
            Branch(at, label);
        }

        // Quirk: the newer instrumenter loses the default label of a br_table.
        if (instrumenter == Instrumenter.Legacy)
        {
            Branch(at, table.Default);
        }
    }

    /// <summary>Notes a forward branch; one back to a loop's start does not count.</summary>
    private void Branch(in Operator at, int label)
    {
        int target = depth - 1 - label;
        if (target < 0)
        {
            throw Refuse(at, $"unknown label {label}");
        }

        if (!stack[target].IsLoop)
        {
            Top.Lowest = Math.Min(Top.Lowest, target);
        }
    }

    private static WasmRefusedException Refuse(in Operator at, string reason) =>
        new(RefusalStage.GasMetering, reason, at.Start);

    /// <summary>A construct that is open, and its active metered block.</summary>
    private struct ControlBlock
    {
        /// <summary>The outermost construct that code in here may leave forward.</summary>
        public int Lowest;
        public int Start;
        public ulong Cost;
        public bool IsLoop;
    }
}
