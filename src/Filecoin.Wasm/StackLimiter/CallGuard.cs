using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.StackLimiter;

/// <summary>
/// The operators that reserve a callee's slots, check the limit, call and release.
/// </summary>
/// <remarks>Spec: fvm-wasm-instrument src/stack_limiter/mod.rs, instrument_call.</remarks>
/// <param name="HeightGlobal">Index of the global that counts the slots in use.</param>
/// <param name="SlotsMax">The limit.</param>
internal readonly record struct CallGuard(int HeightGlobal, int SlotsMax)
{
    public void Append(OperatorList output, int callee, int cost)
    {
        Adjust(output, Opcode.I32Add, cost);
        output.Add(Operator.Added(Opcode.GlobalGet, HeightGlobal));
        output.Add(Operator.Added(Opcode.I32Const, SlotsMax));
        output.Add(Operator.Added(Opcode.I32GtU));
        output.Add(Operator.Added(Opcode.If));
        output.Add(Operator.Added(Opcode.Unreachable));
        output.Add(Operator.Added(Opcode.End));
        output.Add(Operator.Added(Opcode.Call, callee));
        Adjust(output, Opcode.I32Sub, cost);
    }

    private void Adjust(OperatorList output, Opcode operation, int cost)
    {
        output.Add(Operator.Added(Opcode.GlobalGet, HeightGlobal));
        output.Add(Operator.Added(Opcode.I32Const, cost));
        output.Add(Operator.Added(operation));
        output.Add(Operator.Added(Opcode.GlobalSet, HeightGlobal));
    }
}
