using Filecoin.Wasm.Reading;
using Filecoin.Wasm.StackLimiter;

namespace Filecoin.Wasm.Writing;

/// <summary>Writes the rewritten module; custom sections are left out.</summary>
internal ref struct ModuleWriter(
    ReadOnlySpan<byte> wasm, WasmModule module, LimitedModule limited, RewriteRules rules)
{
    private readonly ReadOnlySpan<byte> wasm = wasm;
    private readonly ByteWriter output = new(wasm.Length * 3);
    private readonly ByteWriter section = new(4 << 10);

    public readonly byte[] Write()
    {
        output.WriteBytes("\0asm\x01\0\0\0"u8);
        int chargeType = FindChargeType();
        WriteTypes(chargeType);
        WriteImports();
        WriteFunctions(chargeType);
        CopySection(4, module.TableSection);
        CopySection(5, module.MemorySection);
        WriteGlobals();
        WriteExports();
        WriteElements();
        CopySection(12, module.DataCountSection);
        ByteWriter code = new(wasm.Length * 2);
        new CodeWriter(wasm, module, limited, rules).Write(code);
        output.WriteByte(10);
        output.WriteSized(code);
        CopySection(11, module.DataSection);
        return output.Written.ToArray();
    }

    private readonly int FindChargeType()
    {
        for (int i = 0; i < module.Types.Length; i++)
        {
            FunctionType type = module.Types[i];
            bool takesOneI64 = type.ParameterCount == 1
                && type.ResultCount == 0
                && wasm[type.Offset] == (byte)WasmType.I64;
            if (takesOneI64)
            {
                return i;
            }
        }

        return module.Types.Length;
    }

    private readonly void WriteTypes(int chargeType)
    {
        bool added = chargeType == module.Types.Length;
        section.WriteU32(module.Types.Length + (added ? 1 : 0));
        CopyBytes(module.TypeBytes);
        if (added)
        {
            section.WriteBytes([0x60, 1, (byte)WasmType.I64, 0]);
        }

        EndSection(1);
    }

    private readonly void WriteImports()
    {
        section.WriteU32(module.Imports.Length);
        CopyBytes(module.ImportBytes);
        EndSection(2);
    }

    private readonly void WriteFunctions(int chargeType)
    {
        section.WriteU32(module.Bodies.Length + limited.Thunked.Count + 1);
        CopyBytes(module.FunctionBytes ?? default);
        foreach (int function in limited.Thunked)
        {
            section.WriteU32(module.FunctionTypes[function]);
        }

        section.WriteU32(chargeType);
        EndSection(3);
    }

    private readonly void WriteGlobals()
    {
        section.WriteU32(module.DefinedGlobals + 2);
        CopyBytes(module.GlobalBytes);
        section.WriteBytes([(byte)WasmType.I32, 1, (byte)Opcode.I32Const, 0, (byte)Opcode.End]);
        // The host fills the counter before any code of the module runs.
        section.WriteBytes([(byte)WasmType.I64, 1, (byte)Opcode.I64Const]);
        section.WriteSigned(long.MaxValue);
        section.WriteByte((byte)Opcode.End);
        EndSection(6);
    }

    private readonly void WriteExports()
    {
        string[] names = Array.ConvertAll(module.Exports, export => export.Name);
        section.WriteU32(module.Exports.Length + (module.Start is null ? 1 : 2));
        foreach (Export export in module.Exports)
        {
            int index = export.Kind == ExternalKind.Function
                ? limited.EntryOf(export.Index)
                : export.Index;
            WriteExport(export.Name, export.Kind, index);
        }

        WriteExport(ReservedExport.GasCounter(names), ExternalKind.Global, module.GasCounter);
        if (module.Start is int start)
        {
            string name = ReservedExport.Start(names);
            WriteExport(name, ExternalKind.Function, limited.EntryOf(start));
        }

        EndSection(7);
    }

    private readonly void WriteExport(string name, ExternalKind kind, int index)
    {
        section.WriteName(name);
        section.WriteByte((byte)kind);
        section.WriteU32(index);
    }

    private readonly void WriteElements()
    {
        if (module.Elements.Length == 0)
        {
            return;
        }

        section.WriteU32(module.Elements.Length);
        foreach (ElementSegment segment in module.Elements)
        {
            CopyBytes(segment.Head);
            section.WriteU32(segment.ItemCount);
            WasmReader items = new(wasm, segment.Items.Start, segment.Items.End);
            while (!segment.HasExpressions && !items.AtEnd)
            {
                section.WriteU32(limited.EntryOf(items.ReadIndex()));
            }
        }

        EndSection(9);
    }

    private readonly void CopyBytes(ByteRange range) =>
        section.WriteBytes(wasm[range.Start..range.End]);

    private readonly void CopySection(byte id, ByteRange? range)
    {
        if (range is ByteRange bytes)
        {
            CopyBytes(bytes);
            EndSection(id);
        }
    }

    private readonly void EndSection(byte id)
    {
        output.WriteByte(id);
        output.WriteSized(section);
        section.Clear();
    }
}
