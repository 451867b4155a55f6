using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.StackLimiter;

/// <summary>
/// The stack limiter's view of a module: costs, thunks, and bodies with guarded calls.
/// </summary>
/// <remarks>
/// Spec: fvm-wasm-instrument src/stack_limiter/{mod,thunk}.rs; wasm-engine 5.
/// A thunk is a function that guards the call of one which is entered from outside direct calls:
/// exported, in a table, or the start function. The order of thunks has no effect.
/// </remarks>
internal sealed class LimitedModule
{
    private readonly WasmModule module;
    private readonly Instrumenter instrumenter;
    private readonly CallGuard guard;
    private readonly int[] costs;
    private readonly int[] entries;
    private readonly List<int> thunked = [];
    private readonly OperatorList source = new();

    public LimitedModule(ReadOnlySpan<byte> wasm, WasmModule module, RewriteRules rules)
    {
        if (module.FunctionBytes is null)
        {
            throw new WasmRefusedException(RefusalStage.StackLimiter, "no function section");
        }

        this.module = module;
        instrumenter = rules.Instrumenter;
        // Quirk: imported globals are not counted. With one the index is off, as the reference's
        // is; such a module links with nothing anyway.
        guard = new(module.DefinedGlobals, rules.StackSlotsMax);
        costs = MeasureAll(wasm);
        entries = AssignThunks(wasm);
    }

    /// <summary>The functions that have a thunk, in the order of their thunks.</summary>
    public IReadOnlyList<int> Thunked => thunked;

    /// <summary>The function that enters another from outside: its thunk, or itself.</summary>
    public int EntryOf(int function) => entries[function];

    /// <summary>A defined function's slots, by its number among the defined ones.</summary>
    public int CostOf(int defined) => costs[defined];

    /// <summary>The operators of a defined function, its direct calls guarded.</summary>
    public void ReadLimited(ReadOnlySpan<byte> wasm, int defined, OperatorList output)
    {
        ReadSource(wasm, module.Bodies[defined]);
        output.Clear();
        foreach (ref readonly Operator next in source.Span)
        {
            // An operator takes a byte, so that this is refused sooner or later; now is cheaper.
            if (output.Count > Limits.FunctionBytes)
            {
                throw new WasmRefusedException(
                    RefusalStage.StackLimiter, "a rewritten function is too large", next.Start);
            }

            if (next.Opcode == Opcode.Call && next.Immediate >= module.ImportedFunctions)
            {
                int callee = next.Immediate;
                guard.Append(output, callee, costs[callee - module.ImportedFunctions]);
            }
            else
            {
                output.Add(next);
            }
        }
    }

    /// <summary>The operators of a thunk, by its number.</summary>
    public void BuildThunk(int number, OperatorList output)
    {
        int function = thunked[number];
        output.Clear();
        for (int i = 0; i < module.TypeOf(function).ParameterCount; i++)
        {
            output.Add(Operator.Added(Opcode.LocalGet, i));
        }

        guard.Append(output, function, costs[function - module.ImportedFunctions]);
        output.Add(Operator.Added(Opcode.End));
    }

    private int[] MeasureAll(ReadOnlySpan<byte> wasm)
    {
        int[] measured = new int[module.Bodies.Length];
        StackHeight walk = new();
        for (int i = 0; i < measured.Length; i++)
        {
            FunctionBody body = module.Bodies[i];
            ReadSource(wasm, body);
            int results = module.Types[body.TypeIndex].ResultCount;
            int height = walk.Measure(wasm, module, results, source.Span);
            // Quirk: the newer instrumenter counts declarations, not the locals they declare.
            measured[i] = height + instrumenter switch
            {
                Instrumenter.Legacy => body.LocalCount,
                Instrumenter.Current => body.LocalGroups,
            };
        }

        return measured;
    }

    private void ReadSource(ReadOnlySpan<byte> wasm, in FunctionBody body)
    {
        source.Clear();
        OperatorReader.ReadBody(wasm, body, instrumenter, source);
    }

    private int[] AssignThunks(ReadOnlySpan<byte> wasm)
    {
        bool[] entered = FindEntered(wasm);
        int[] assigned = new int[entered.Length];
        for (int i = 0; i < assigned.Length; i++)
        {
            assigned[i] = i;
            if (entered[i] && i >= module.ImportedFunctions)
            {
                assigned[i] = assigned.Length + thunked.Count;
                thunked.Add(i);
            }
        }

        return assigned;
    }

    private bool[] FindEntered(ReadOnlySpan<byte> wasm)
    {
        bool[] entered = new bool[module.FunctionTypes.Count];
        foreach (Export export in module.Exports)
        {
            if (export.Kind == ExternalKind.Function)
            {
                entered[export.Index] = true;
            }
        }

        foreach (ElementSegment segment in module.Elements)
        {
            WasmReader items = new(wasm, segment.Items.Start, segment.Items.End);
            while (!segment.HasExpressions && !items.AtEnd)
            {
                entered[items.ReadIndex()] = true;
            }
        }

        if (module.Start is int start)
        {
            entered[start] = true;
        }

        return entered;
    }
}
