namespace Filecoin.Wasm.Reading;

/// <summary>Reads constant expressions and the segments that use them.</summary>
/// <remarks>Spec: WebAssembly core specification 2.0, 3.3.10, 5.5.12 and 5.5.14.</remarks>
internal static class SegmentReader
{
    private const int ElementFlagsMax = 7;

    public static ElementSegment[] ReadElements(WasmModule module, ref WasmReader section)
    {
        ElementSegment[] segments =
            new ElementSegment[section.ReadCount(Limits.Segments, "element segments")];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = ReadElement(module, ref section);
        }

        return segments;
    }

    public static DataSegment[] ReadData(WasmModule module, ref WasmReader section)
    {
        DataSegment[] segments =
            new DataSegment[section.ReadCount(Limits.Segments, "data segments")];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = ReadDataSegment(module, ref section);
        }

        return segments;
    }

    /// <summary>Reads a constant expression of exactly one operator.</summary>
    public static ConstantExpression ReadConstant(WasmModule module, ref WasmReader reader)
    {
        int start = reader.Position;
        Operator constant = OperatorReader.Read(ref reader);
        bool constantOperator = constant.Opcode is Opcode.RefNull or Opcode.GlobalGet
            or Opcode.RefFunc or (>= Opcode.I32Const and <= Opcode.F64Const);
        if (!constantOperator)
        {
            throw reader.Refuse("constant expression expected");
        }

        if (constant.Opcode == Opcode.GlobalGet && constant.Immediate >= module.ImportedGlobals)
        {
            throw reader.Refuse("a constant may use imported globals alone");
        }

        if (constant.Opcode == Opcode.RefFunc
            && constant.Immediate >= module.FunctionTypes.Count)
        {
            throw reader.Refuse($"unknown function {constant.Immediate}");
        }

        return OperatorReader.Read(ref reader).Opcode == Opcode.End
            ? new(constant, new(start, reader.Position))
            : throw reader.Refuse("extended constant expressions are not accepted");
    }

    private static ElementSegment ReadElement(WasmModule module, ref WasmReader section)
    {
        int start = section.Position;
        uint flags = section.ReadU32();
        if (flags > ElementFlagsMax)
        {
            throw section.Refuse($"malformed flags {flags} of an element segment");
        }

        ConstantExpression offset = default;
        if ((flags & 1) == 0)
        {
            CheckTable(module, ref section, (flags & 2) != 0 ? section.ReadIndex() : 0);
            offset = ReadConstant(module, ref section);
        }

        bool expressions = (flags & 4) != 0;
        if ((flags & 3) != 0)
        {
            ReadItemKind(ref section, expressions);
        }

        ByteRange head = new(start, section.Position);
        int count = section.ReadCount(Limits.TableElements, "items of an element segment");
        int itemsStart = section.Position;
        for (int i = 0; i < count; i++)
        {
            if (expressions)
            {
                _ = ReadConstant(module, ref section);
            }
            else
            {
                _ = ModuleReader.ReadFunctionIndex(module, ref section);
            }
        }

        return new((int)flags, head, offset, count, new(itemsStart, section.Position));
    }

    private static void CheckTable(WasmModule module, ref WasmReader section, int table)
    {
        if (table >= module.Tables.Count)
        {
            throw section.Refuse($"unknown table {table}");
        }
    }

    private static void ReadItemKind(ref WasmReader section, bool expressions)
    {
        if (expressions)
        {
            TypeReader.ReadHeapType(ref section);
        }
        else if (section.ReadByte() != 0)
        {
            throw section.Refuse("malformed kind of an element segment");
        }
    }

    private static DataSegment ReadDataSegment(WasmModule module, ref WasmReader section)
    {
        uint flags = section.ReadU32();
        if (flags > 2)
        {
            throw section.Refuse($"malformed flags {flags} of a data segment");
        }

        if (flags == 2 && section.ReadU32() != 0)
        {
            throw section.Refuse("multi-memory is not accepted");
        }

        if (flags != 1 && module.Memories.Count == 0)
        {
            throw section.Refuse("unknown memory 0");
        }

        ConstantExpression offset =
            flags == 1 ? default : ReadConstant(module, ref section);
        int size = section.ReadCount(Limits.ModuleBytes, "data segment");
        _ = section.ReadBytes(size);
        return new((int)flags, offset);
    }
}
