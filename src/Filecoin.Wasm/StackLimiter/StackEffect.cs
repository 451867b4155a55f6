using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.StackLimiter;

/// <summary>How many values the operators without control flow pop and push.</summary>
/// <remarks>Spec: fvm-wasm-instrument src/stack_limiter/max_height.rs; wasm-engine 5.2.</remarks>
internal static class StackEffect
{
    public static (int Pops, int Pushes) Of(in Operator next) => next.Opcode switch
    {
        Opcode.LocalGet or Opcode.GlobalGet => (0, 1),
        >= Opcode.I32Const and <= Opcode.F64Const => (0, 1),
        Opcode.LocalSet or Opcode.GlobalSet or Opcode.Drop => (1, 0),
        Opcode.LocalTee or Opcode.TableGet or Opcode.MemoryGrow => (1, 1),
        >= Opcode.I32Load and <= Opcode.I64Load32U => (1, 1),
        (>= Opcode.I32Store and <= Opcode.I64Store32) or Opcode.TableSet => (2, 0),
        Opcode.MemorySize or Opcode.TableSize => (0, 1),
        >= Opcode.I32Eqz and <= Opcode.I64Extend32S => Numeric(next.Opcode),
        >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U => (1, 1),
        Opcode.DataDrop or Opcode.ElemDrop => (0, 0),
        Opcode.TableGrow => (2, 1),
        >= Opcode.MemoryInit and <= Opcode.TableFill => (3, 0),
        _ => throw new WasmRefusedException(
            RefusalStage.StackLimiter,
            $"{next.Opcode} cannot be counted by the stack limiter",
            next.Start),
    };

    /// <summary>Tests, unary operations and conversions take one operand, the rest two.</summary>
    private static (int Pops, int Pushes) Numeric(Opcode opcode) => opcode switch
    {
        Opcode.I32Eqz or Opcode.I64Eqz => (1, 1),
        >= Opcode.I32Clz and <= Opcode.I32Popcnt => (1, 1),
        >= Opcode.I64Clz and <= Opcode.I64Popcnt => (1, 1),
        >= Opcode.F32Abs and <= Opcode.F32Sqrt => (1, 1),
        >= Opcode.F64Abs and <= Opcode.F64Sqrt => (1, 1),
        >= Opcode.I32WrapI64 => (1, 1),
        _ => (2, 1),
    };
}
