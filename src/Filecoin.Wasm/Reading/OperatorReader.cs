namespace Filecoin.Wasm.Reading;

/// <summary>Decodes operators, and refuses those outside the accepted language by name.</summary>
/// <remarks>
/// Spec: WebAssembly core specification 2.0, 5.4; wasm-engine chapter 4. Operand types are not
/// looked at: the engine validates the raw module.
/// </remarks>
internal static class OperatorReader
{
    private const byte Prefix = 0xFC;
    private const uint AlignmentMax = 31;

    /// <summary>Decodes a whole body: the last operator, and no other, closes it.</summary>
    public static void ReadBody(
        ReadOnlySpan<byte> module,
        in FunctionBody body,
        Instrumenter instrumenter,
        OperatorList output)
    {
        WasmReader reader = new(module, body.CodeStart, body.End);
        int depth = 1;
        while (depth > 0)
        {
            Operator read = Read(ref reader);
            if (instrumenter == Instrumenter.Legacy)
            {
                LegacyLanguage.Add(module, read, output);
            }
            else
            {
                output.Add(read);
            }

            if (read.Opcode == Opcode.End)
            {
                depth--;
            }
            else if (read.Opcode is Opcode.Block or Opcode.Loop or Opcode.If)
            {
                depth++;
            }
        }

        if (!reader.AtEnd)
        {
            throw reader.Refuse("operators after the function's end");
        }
    }

    public static Operator Read(ref WasmReader reader)
    {
        int start = reader.Position;
        Opcode opcode = (Opcode)reader.ReadByte();
        int immediate = 0;
        switch (opcode)
        {
            case Opcode.LocalGet or Opcode.LocalSet or Opcode.LocalTee:
            case Opcode.GlobalGet or Opcode.GlobalSet or Opcode.TableGet or Opcode.TableSet:
            case Opcode.Br or Opcode.BrIf or Opcode.Call or Opcode.RefFunc:
                immediate = reader.ReadIndex();
                break;
            case Opcode.I32Const:
                immediate = reader.ReadS32();
                break;
            case >= Opcode.I32Load and <= Opcode.I64Store32:
                ReadMemoryArgument(ref reader);
                break;
            case >= Opcode.I32Eqz and <= Opcode.I64Extend32S:
            case Opcode.Unreachable or Opcode.Nop or Opcode.Else or Opcode.End:
            case Opcode.Return or Opcode.Drop or Opcode.Select or Opcode.RefIsNull:
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                immediate = TypeReader.ReadBlockType(ref reader);
                break;
            default:
                (opcode, immediate) = ReadRare(ref reader, opcode);
                break;
        }

        return new(opcode, immediate, start, reader.Position);
    }

    private static (Opcode Opcode, int Immediate) ReadRare(ref WasmReader reader, Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.I64Const:
                _ = reader.ReadS64();
                return (opcode, 0);
            case Opcode.F32Const:
                _ = reader.ReadBytes(4);
                return (opcode, 0);
            case Opcode.F64Const:
                _ = reader.ReadBytes(8);
                return (opcode, 0);
            case Opcode.CallIndirect:
                int type = reader.ReadIndex();
                _ = reader.ReadIndex();
                return (opcode, type);
            case Opcode.BrTable:
                SkipLabels(ref reader);
                return (opcode, 0);
            case Opcode.MemorySize or Opcode.MemoryGrow:
                ReadZeroMemory(ref reader);
                return (opcode, 0);
            case Opcode.SelectTyped:
                ReadSelectType(ref reader);
                return (opcode, 0);
            case Opcode.RefNull:
                TypeReader.ReadHeapType(ref reader);
                return (opcode, 0);
            case (Opcode)Prefix:
                return (ReadPrefixed(ref reader), 0);
            default:
                throw reader.Refuse(DescribeRefused((byte)opcode));
        }
    }

    /// <summary>Reads the immediates of an operator with the prefix 0xFC.</summary>
    private static Opcode ReadPrefixed(ref WasmReader reader)
    {
        uint number = reader.ReadU32();
        if (number > (uint)Opcode.TableFill - (uint)Opcode.I32TruncSatF32S)
        {
            throw reader.Refuse($"operator 0xfc {number} is not accepted");
        }

        Opcode opcode = Opcode.I32TruncSatF32S + (ushort)number;
        switch (opcode)
        {
            case Opcode.MemoryInit:
                _ = reader.ReadIndex();
                ReadZeroMemory(ref reader);
                break;
            case Opcode.MemoryCopy:
                ReadZeroMemory(ref reader);
                ReadZeroMemory(ref reader);
                break;
            case Opcode.MemoryFill:
                ReadZeroMemory(ref reader);
                break;
            case Opcode.TableInit or Opcode.TableCopy:
                _ = reader.ReadIndex();
                _ = reader.ReadIndex();
                break;
            case >= Opcode.DataDrop:
                _ = reader.ReadIndex();
                break;
        }

        return opcode;
    }

    private static void ReadMemoryArgument(ref WasmReader reader)
    {
        uint alignment = reader.ReadU32();
        if (alignment > AlignmentMax)
        {
            throw reader.Refuse("malformed alignment (or multi-memory, which is not accepted)");
        }

        _ = reader.ReadU32();
    }

    private static void ReadZeroMemory(ref WasmReader reader)
    {
        if (reader.ReadByte() != 0)
        {
            throw reader.Refuse("zero byte expected: multi-memory is not accepted");
        }
    }

    private static void ReadSelectType(ref WasmReader reader)
    {
        if (reader.ReadU32() != 1)
        {
            throw reader.Refuse("select with other than one type");
        }

        _ = TypeReader.ReadValueType(ref reader);
    }

    private static void SkipLabels(ref WasmReader reader)
    {
        int labels = reader.ReadCount(Limits.FunctionBytes, "labels of br_table");
        for (int i = 0; i <= labels; i++)
        {
            _ = reader.ReadIndex();
        }
    }

    private static string DescribeRefused(byte opcode) => opcode switch
    {
        0x06 or 0x07 or 0x08 or 0x09 or 0x0A or 0x18 or 0x19 or 0x1F =>
            "exceptions are not accepted",
        0x12 or 0x13 => "tail calls are not accepted",
        0x14 or 0x15 or >= 0xD3 and <= 0xD6 => "typed function references are not accepted",
        >= 0xE0 and <= 0xE6 => "stack switching is not accepted",
        0xFB => "GC types are not accepted",
        0xFD => "SIMD is not accepted",
        0xFE => "threads are not accepted",
        _ => $"unknown operator 0x{opcode:x2}",
    };
}
