using Filecoin.Wasm.Instances;

namespace Filecoin.Wasm.Tests.Instances;

/// <summary>A host with one function, <c>host.call (i32) -> i32</c>.</summary>
internal sealed class TestHost(Func<uint, int?> body) : IWasmHost
{
    public static readonly HostLinker Linker = new([new("host", "call", [WasmType.I32])]);

    public bool TryRun(int index, HostArguments arguments, out int result)
    {
        int? given = body(arguments.U32(0));
        result = given ?? 0;
        return given is not null;
    }

    public static CompiledModule Compile(string text, ModuleCache? cache = null) =>
        CompiledModule.Load(
            WasmEngine.Assemble(text), RewriteRules.Hygge, Linker, cache);

    /// <summary>Instantiates with much gas, starts and opens the memory.</summary>
    public WasmInstance Open(CompiledModule module, long memoryBytes = 512L << 20)
    {
        WasmInstance instance = new(module, this, new(memoryBytes, 20_000));
        Assert.Equal(WasmEnd.Returned, instance.Instantiate(1_000_000_000_000).End);
        Assert.Equal(WasmEnd.Returned, instance.Start().End);
        instance.OpenMemory();
        return instance;
    }
}
