namespace Filecoin.Wasm.Reading;

/// <summary>Takes a module apart; refuses what is malformed or outside the language.</summary>
/// <remarks>
/// Spec: WebAssembly core specification 2.0, 5.5; wasm-engine chapter 4. Indices are checked where
/// a pass follows them; types of operands are left to the engine, which validates the raw module.
/// </remarks>
internal static class ModuleReader
{
    private const int HeaderBytes = 8;
    private const byte CustomSection = 0;

    private static ReadOnlySpan<byte> Magic => "\0asm"u8;

    public static WasmModule Read(ReadOnlySpan<byte> wasm)
    {
        if (wasm.Length > Limits.ModuleBytes)
        {
            throw new WasmRefusedException(
                RefusalStage.Validate,
                $"module of {wasm.Length} bytes, more than the {Limits.ModuleBytes} allowed");
        }

        WasmReader reader = new(wasm, 0, wasm.Length);
        ReadHeader(ref reader);
        WasmModule module = new();
        int lastRank = 0;
        while (!reader.AtEnd)
        {
            byte id = reader.ReadByte();
            int size = reader.ReadCount(Limits.ModuleBytes, "section size");
            WasmReader section = reader.Take(size);
            if (id == CustomSection)
            {
                _ = section.ReadName();
                continue;
            }

            lastRank = CheckOrder(section, id, lastRank);
            ReadSection(module, id, ref section);
            if (!section.AtEnd)
            {
                throw section.Refuse($"section {id} has {section.Remaining} bytes too many");
            }
        }

        CheckLengths(module, reader);
        return module;
    }

    private static void CheckLengths(WasmModule module, WasmReader reader)
    {
        if (module.Bodies.Length != module.FunctionTypes.Count - module.ImportedFunctions)
        {
            throw reader.Refuse("function and code section have inconsistent lengths");
        }

        if (module.DataCount is int count && count != module.Data.Length)
        {
            throw reader.Refuse("data count and data section have inconsistent lengths");
        }
    }

    private static void ReadHeader(ref WasmReader reader)
    {
        if (reader.Remaining < HeaderBytes || !reader.ReadBytes(4).SequenceEqual(Magic))
        {
            throw reader.Refuse("not a Wasm module");
        }

        uint version = 0;
        for (int shift = 0; shift < 32; shift += 8)
        {
            version |= (uint)reader.ReadByte() << shift;
        }

        if (version != 1)
        {
            throw reader.Refuse(version >> 16 == 1
                ? "the component model is not accepted"
                : $"version {version} of the binary format");
        }
    }

    /// <summary>Sections come at most once, in the order of the specification.</summary>
    private static int CheckOrder(WasmReader section, byte id, int lastRank)
    {
        int rank = id switch
        {
            >= 1 and <= 9 => id * 2,
            10 => 21,
            11 => 22,
            12 => 19,
            13 => throw section.Refuse("exceptions are not accepted: a tag section"),
            _ => throw section.Refuse($"malformed section id {id}"),
        };
        return rank > lastRank ? rank : throw section.Refuse($"section {id} out of order");
    }

    private static void ReadSection(WasmModule module, byte id, ref WasmReader section)
    {
        switch (id)
        {
            case 1:
                ReadTypes(module, ref section);
                break;
            case 2:
                ImportReader.ReadImports(module, ref section);
                break;
            case 3:
                ReadFunctions(module, ref section);
                break;
            case 4:
                ReadTables(module, ref section);
                break;
            case 5:
                ReadMemories(module, ref section);
                break;
            case 6:
                ReadGlobals(module, ref section);
                break;
            case 7:
                ImportReader.ReadExports(module, ref section);
                break;
            case 8:
                module.Start = ReadFunctionIndex(module, ref section);
                break;
            case 9:
                module.Elements = SegmentReader.ReadElements(module, ref section);
                break;
            case 10:
                ReadCode(module, ref section);
                break;
            case 11:
                module.DataSection = new(section.Position, section.End);
                module.Data = SegmentReader.ReadData(module, ref section);
                break;
            default:
                module.DataCountSection = new(section.Position, section.End);
                module.DataCount = section.ReadIndex();
                break;
        }
    }

    public static int ReadFunctionIndex(WasmModule module, ref WasmReader reader)
    {
        int function = reader.ReadIndex();
        return function < module.FunctionTypes.Count
            ? function
            : throw reader.Refuse($"unknown function {function}");
    }

    public static int ReadTypeIndex(WasmModule module, ref WasmReader reader)
    {
        int type = reader.ReadIndex();
        return type < module.Types.Length ? type : throw reader.Refuse($"unknown type {type}");
    }

    private static void ReadTypes(WasmModule module, ref WasmReader section)
    {
        module.Types = new FunctionType[section.ReadCount(Limits.Types, "types")];
        module.TypeBytes = new(section.Position, section.End);
        for (int i = 0; i < module.Types.Length; i++)
        {
            module.Types[i] = TypeReader.ReadFunctionType(ref section);
        }
    }

    private static void ReadFunctions(WasmModule module, ref WasmReader section)
    {
        int count = section.ReadCount(Limits.Functions, "functions");
        module.FunctionBytes = new(section.Position, section.End);
        for (int i = 0; i < count; i++)
        {
            module.FunctionTypes.Add(ReadTypeIndex(module, ref section));
        }
    }

    private static void ReadTables(WasmModule module, ref WasmReader section)
    {
        module.TableSection = new(section.Position, section.End);
        module.DefinedTables = section.ReadCount(Limits.Tables, "tables");
        for (int i = 0; i < module.DefinedTables; i++)
        {
            module.Tables.Add(TypeReader.ReadTableType(ref section));
        }
    }

    private static void ReadMemories(WasmModule module, ref WasmReader section)
    {
        module.MemorySection = new(section.Position, section.End);
        int count = section.ReadCount(int.MaxValue, "memories");
        if (count + module.Memories.Count > 1)
        {
            throw section.Refuse("multi-memory is not accepted");
        }

        for (int i = 0; i < count; i++)
        {
            module.Memories.Add(TypeReader.ReadMemoryType(ref section));
        }
    }

    private static void ReadGlobals(WasmModule module, ref WasmReader section)
    {
        module.DefinedGlobals = section.ReadCount(Limits.Globals, "globals");
        module.GlobalBytes = new(section.Position, section.End);
        for (int i = 0; i < module.DefinedGlobals; i++)
        {
            _ = TypeReader.ReadGlobalType(ref section);
            _ = SegmentReader.ReadConstant(module, ref section);
        }
    }

    private static void ReadCode(WasmModule module, ref WasmReader section)
    {
        module.Bodies = new FunctionBody[section.ReadCount(Limits.Functions, "function bodies")];
        if (module.Bodies.Length != module.FunctionTypes.Count - module.ImportedFunctions)
        {
            throw section.Refuse("function and code section have inconsistent lengths");
        }

        for (int i = 0; i < module.Bodies.Length; i++)
        {
            int type = module.FunctionTypes[module.ImportedFunctions + i];
            module.Bodies[i] = FunctionBody.Read(ref section, type);
        }
    }
}
