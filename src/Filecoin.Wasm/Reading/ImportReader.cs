namespace Filecoin.Wasm.Reading;

/// <summary>Reads what a module asks of its host and what it offers it.</summary>
internal static class ImportReader
{
    public static void ReadImports(WasmModule module, ref WasmReader section)
    {
        module.Imports = new Import[section.ReadCount(Limits.Imports, "imports")];
        module.ImportBytes = new(section.Position, section.End);
        for (int i = 0; i < module.Imports.Length; i++)
        {
            module.Imports[i] = ReadImport(module, ref section);
        }
    }

    public static void ReadExports(WasmModule module, ref WasmReader section)
    {
        module.Exports = new Export[section.ReadCount(Limits.Exports, "exports")];
        for (int i = 0; i < module.Exports.Length; i++)
        {
            module.Exports[i] = ReadExport(module, ref section);
        }
    }

    private static Import ReadImport(WasmModule module, ref WasmReader section)
    {
        int offset = section.Position;
        string moduleName = section.ReadName();
        string name = section.ReadName();
        ExternalKind kind = ReadKind(ref section);
        int type = 0;
        switch (kind)
        {
            case ExternalKind.Function:
                type = ModuleReader.ReadTypeIndex(module, ref section);
                module.FunctionTypes.Add(type);
                module.ImportedFunctions++;
                break;
            case ExternalKind.Table:
                module.Tables.Add(TypeReader.ReadTableType(ref section));
                break;
            case ExternalKind.Memory:
                module.Memories.Add(TypeReader.ReadMemoryType(ref section));
                break;
            case ExternalKind.Global:
                _ = TypeReader.ReadGlobalType(ref section);
                module.ImportedGlobals++;
                break;
        }

        return module.Memories.Count <= 1
            ? new(moduleName, name, kind, type, offset)
            : throw section.Refuse("multi-memory is not accepted");
    }

    private static Export ReadExport(WasmModule module, ref WasmReader section)
    {
        int offset = section.Position;
        string name = section.ReadName();
        ExternalKind kind = ReadKind(ref section);
        int index = section.ReadIndex();
        int count = kind switch
        {
            ExternalKind.Function => module.FunctionTypes.Count,
            ExternalKind.Table => module.Tables.Count,
            ExternalKind.Memory => module.Memories.Count,
            ExternalKind.Global => module.ImportedGlobals + module.DefinedGlobals,
        };
        return index < count
            ? new(name, kind, index, offset)
            : throw section.Refuse($"export of unknown {kind} {index}");
    }

    private static ExternalKind ReadKind(ref WasmReader section)
    {
        byte kind = section.ReadByte();
        return kind switch
        {
            <= (byte)ExternalKind.Global => (ExternalKind)kind,
            4 => throw section.Refuse("exceptions are not accepted: a tag"),
            _ => throw section.Refuse($"malformed kind {kind} of an import or export"),
        };
    }
}
