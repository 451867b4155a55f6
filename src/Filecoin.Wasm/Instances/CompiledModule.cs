using static Filecoin.Wasm.Instances.WasmtimeNative;

namespace Filecoin.Wasm.Instances;

/// <summary>An actor's code, rewritten, compiled and linked: instances are made of it.</summary>
public sealed unsafe class CompiledModule
{
    // Seen by the collector are a few hundred bytes, and behind them are mappings, of which a
    // process has 65,530: with the last of them the engine ends the process.
    private const long NativeBytes = 1 << 20;

    private readonly nint module;
    private readonly byte[] startName;
    private readonly byte[] counterName;

    private CompiledModule(nint module, ModuleInfo info, HostLinker linker)
    {
        this.module = module;
        Info = info;
        string[] exports = [.. ExportNames(info)];
        startName = System.Text.Encoding.UTF8.GetBytes(ReservedExport.Start(exports));
        counterName = System.Text.Encoding.UTF8.GetBytes(ReservedExport.GasCounter(exports));
        Linked = linker.Link(module);
        GC.AddMemoryPressure(NativeBytes);
    }

    /// <summary>Frees the native module.</summary>
    ~CompiledModule()
    {
        if (Linked != 0)
        {
            wasmtime_instance_pre_delete(Linked);
            GC.RemoveMemoryPressure(NativeBytes);
        }

        wasmtime_module_delete(module);
    }

    /// <summary>Facts about the module as the actor's author made it.</summary>
    public ModuleInfo Info { get; }

    internal nint Linked { get; }

    internal ReadOnlySpan<byte> StartName => startName;

    internal ReadOnlySpan<byte> CounterName => counterName;

    /// <summary>Validates, rewrites, compiles and links a raw module.</summary>
    /// <param name="wasm">The actor's code.</param>
    /// <param name="rules">How it is rewritten.</param>
    /// <param name="linker">What it may import.</param>
    /// <param name="cache">Where compiled modules are kept; null to compile anew.</param>
    /// <exception cref="WasmRefusedException">It is not accepted at one of these steps.</exception>
    public static CompiledModule Load(
        ReadOnlySpan<byte> wasm, RewriteRules rules, HostLinker linker, ModuleCache? cache)
    {
        ModuleInfo info;
        if (cache is not null && cache.TryLoad(wasm, rules, out nint cached))
        {
            info = ModuleInfo.Read(wasm);
            return new(cached, info, linker);
        }

        if (WasmEngine.Instance.Validate(wasm) is string invalid)
        {
            throw new WasmRefusedException(RefusalStage.Validate, invalid);
        }

        byte[] rewritten = ModuleRewriter.Rewrite(wasm, rules);
        info = ModuleInfo.Read(wasm);
        nint module = Compile(rewritten);
        cache?.Save(wasm, rules, module);
        return new(module, info, linker);
    }

    private static nint Compile(byte[] rewritten)
    {
        nint module;
        fixed (byte* bytes = rewritten)
        {
            string? error = TakeError(wasmtime_module_new(
                WasmEngine.Instance.Handle, bytes, (nuint)rewritten.Length, &module));
            return error is null
                ? module
                : throw new WasmRefusedException(RefusalStage.Compile, error);
        }
    }

    private static IEnumerable<string> ExportNames(ModuleInfo info)
    {
        foreach (WasmExport export in info.Exports)
        {
            yield return export.Name;
        }
    }
}
