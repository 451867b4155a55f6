using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm;

/// <summary>What a function takes, and what it gives: nothing or one value.</summary>
public sealed record WasmSignature(IReadOnlyList<WasmType> Parameters, WasmType? Result);

/// <summary>An import; only a function has a signature.</summary>
public sealed record WasmImport(
    string Module, string Name, ExternalKind Kind, WasmSignature? Signature);

/// <summary>An export; only a function has a signature.</summary>
public sealed record WasmExport(string Name, ExternalKind Kind, WasmSignature? Signature);

/// <summary>Facts about a raw module that decide how the machine enters it.</summary>
/// <remarks>Spec: ref-fvm fvm/src/engine/mod.rs, instantiate; wasm-engine 7.</remarks>
public sealed class ModuleInfo
{
    private const string MemoryName = "memory";
    private const string TableName = "table";

    private ModuleInfo(ReadOnlySpan<byte> wasm, WasmModule module)
    {
        HasStart = module.Start is not null;
        foreach (Limit table in module.Tables)
        {
            TableElementsTotal += table.Minimum;
        }

        Imports = ListImports(wasm, module);
        Exports = ListExports(wasm, module);
        foreach (Export export in module.Exports)
        {
            if (export is { Kind: ExternalKind.Memory, Name: MemoryName })
            {
                MemoryPagesMin = module.Memories[export.Index].Minimum;
            }
            else if (export is { Kind: ExternalKind.Table, Name: TableName })
            {
                TableElementsMin = module.Tables[export.Index].Minimum;
            }
        }
    }

    /// <summary>
    /// Initial pages of the memory exported as <c>memory</c>; null if there is none.
    /// </summary>
    public long? MemoryPagesMin { get; }

    /// <summary>
    /// Initial elements of the table exported as <c>table</c>; null if there is none.
    /// </summary>
    public long? TableElementsMin { get; }

    /// <summary>Initial elements of all tables, exported or not.</summary>
    public long TableElementsTotal { get; }

    /// <summary>Whether a start function runs when the module is instantiated.</summary>
    public bool HasStart { get; }

    /// <summary>All imports in order.</summary>
    public IReadOnlyList<WasmImport> Imports { get; }

    /// <summary>All exports in order.</summary>
    public IReadOnlyList<WasmExport> Exports { get; }

    /// <summary>
    /// Reads a raw module, before any rewriting; the code itself is not looked at.
    /// </summary>
    /// <exception cref="WasmRefusedException">The module is not accepted.</exception>
    public static ModuleInfo Read(ReadOnlySpan<byte> wasm) => new(wasm, ModuleReader.Read(wasm));

    /// <summary>The signature of an exported function; null if there is no such function.</summary>
    public WasmSignature? FindFunction(string name)
    {
        foreach (WasmExport export in Exports)
        {
            if (export.Kind == ExternalKind.Function && export.Name == name)
            {
                return export.Signature;
            }
        }

        return null;
    }

    private static WasmImport[] ListImports(ReadOnlySpan<byte> wasm, WasmModule module)
    {
        WasmImport[] imports = new WasmImport[module.Imports.Length];
        for (int i = 0; i < imports.Length; i++)
        {
            Import import = module.Imports[i];
            WasmSignature? signature = import.Kind == ExternalKind.Function
                ? Describe(wasm, module.Types[import.TypeIndex])
                : null;
            imports[i] = new(import.Module, import.Name, import.Kind, signature);
        }

        return imports;
    }

    private static WasmExport[] ListExports(ReadOnlySpan<byte> wasm, WasmModule module)
    {
        WasmExport[] exports = new WasmExport[module.Exports.Length];
        for (int i = 0; i < exports.Length; i++)
        {
            Export export = module.Exports[i];
            WasmSignature? signature = export.Kind == ExternalKind.Function
                ? Describe(wasm, module.TypeOf(export.Index))
                : null;
            exports[i] = new(export.Name, export.Kind, signature);
        }

        return exports;
    }

    private static WasmSignature Describe(ReadOnlySpan<byte> wasm, FunctionType type)
    {
        WasmType[] parameters = new WasmType[type.ParameterCount];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (WasmType)wasm[type.Offset + i];
        }

        WasmType? result = type.ResultCount == 1
            ? (WasmType)wasm[type.ResultOffset]
            : null;
        return new(parameters, result);
    }
}
