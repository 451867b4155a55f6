namespace Filecoin.Wasm.Reading;

/// <summary>How the older instrumenter's parser reads operators, faults included.</summary>
/// <remarks>
/// Spec: parity-wasm 0.42 src/elements/ops.rs with feature bulk; wasm-engine 4.1.
/// </remarks>
internal static class LegacyLanguage
{
    private const int BulkBytes = 4;

    /// <summary>Adds an operator as that parser sees it, or refuses it.</summary>
    public static void Add(ReadOnlySpan<byte> wasm, in Operator read, OperatorList output)
    {
        switch (read.Opcode)
        {
            case Opcode.SelectTyped or Opcode.TableGet or Opcode.TableSet:
            case Opcode.RefNull or Opcode.RefIsNull or Opcode.RefFunc:
            case >= Opcode.I32Extend8S and <= Opcode.I64Extend32S:
            case >= Opcode.I32TruncSatF32S and <= Opcode.I64TruncSatF64U:
            case Opcode.TableGrow or Opcode.TableSize or Opcode.TableFill:
                throw Refuse(read, $"{read.Opcode} is unknown to the older instrumenter");
            case Opcode.Block or Opcode.Loop or Opcode.If
                when wasm[read.Start + 1] == (byte)WasmType.FunctionReference:
                throw Refuse(read, "a block of type funcref");
            case Opcode.CallIndirect when !EndsInPlainZero(wasm, read):
                throw Refuse(read, "call_indirect with a table other than 0");
            case Opcode.MemoryInit or Opcode.TableInit:
                CheckZeroImmediates(wasm, read);
                output.Add(read);
                break;
            case Opcode.MemoryCopy or Opcode.TableCopy:
                CheckZeroImmediates(wasm, read);
                output.Add(read);
                // Quirk: one of the two zero bytes is taken for an operator. It comes back as the
                // same byte, so it never runs, but the stack limiter sees dead code begin.
                output.Add(new(Opcode.Unreachable, 0, read.End, read.End));
                break;
            default:
                output.Add(read);
                break;
        }
    }

    /// <summary>
    /// That parser swaps or drops the immediates; only two plain zeros survive it.
    /// </summary>
    private static void CheckZeroImmediates(ReadOnlySpan<byte> wasm, in Operator read)
    {
        bool zeros = read.End - read.Start == BulkBytes
            && wasm[read.Start + 2] == 0
            && wasm[read.Start + 3] == 0;
        if (!zeros)
        {
            throw Refuse(read, $"{read.Opcode} with an index other than 0");
        }
    }

    /// <summary>The table is a byte of its own there, not a number that may have padding.</summary>
    private static bool EndsInPlainZero(ReadOnlySpan<byte> wasm, in Operator read) =>
        wasm[read.End - 1] == 0 && wasm[read.End - 2] < 0x80;

    private static WasmRefusedException Refuse(in Operator at, string reason) =>
        new(RefusalStage.StackLimiter, reason, at.Start);
}
