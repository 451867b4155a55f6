using Wasmtime;

namespace Filecoin.Wasm.Tests.Reading;

public sealed class ModuleInfoTests
{
    [Fact]
    public void Facts_are_read_from_a_module()
    {
        ModuleInfo info = Read("""
            (import "ipld" "open" (func (param i32 i64) (result i32)))
            (memory (export "memory") 17 20) (table (export "table") 5 funcref)
            (func $s) (start $s)
            (func (export "invoke") (param i32) (result i32) (local.get 0))
            """);
        Assert.Equal(17, info.MemoryPagesMin);
        Assert.Equal(5, info.TableElementsMin);
        Assert.True(info.HasStart);
        WasmImport import = Assert.Single(info.Imports);
        Assert.Equal(("ipld", "open"), (import.Module, import.Name));
        Assert.Equal([WasmType.I32, WasmType.I64], import.Signature!.Parameters);
        WasmSignature invoke = info.FindFunction("invoke")!;
        Assert.Equal([WasmType.I32], invoke.Parameters);
        Assert.Equal(WasmType.I32, invoke.Result);
    }

    [Fact]
    public void Other_names_and_missing_exports_are_no_facts()
    {
        ModuleInfo info = Read("""
            (memory (export "mem") 1) (table (export "t") 5 funcref) (func (export "memory"))
            """);
        Assert.Null(info.MemoryPagesMin);
        Assert.Null(info.TableElementsMin);
        Assert.False(info.HasStart);
        Assert.Null(info.FindFunction("invoke"));
        Assert.Null(info.FindFunction("mem"));
        Assert.Null(info.FindFunction("memory")!.Result);
    }

    private static ModuleInfo Read(string body) =>
        ModuleInfo.Read(Module.ConvertText($"(module {body})"));
}
