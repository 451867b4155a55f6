using Wasmtime;

namespace Filecoin.Wasm.Tests.Running;

/// <summary>A store with a gas counter; instances in it may import from one another.</summary>
internal sealed class ScriptStore : IDisposable
{
    /// <summary>What the counter holds before each call, in milligas.</summary>
    public const long FullCounter = 1_000_000_000_000_000;

    private readonly Global counter;
    private readonly long full;

    public ScriptStore(Instrumenter instrumenter, long full = FullCounter)
    {
        this.full = full;
        Store = new(ReferenceEngine.Instance);
        Linker = new(ReferenceEngine.Instance) { AllowShadowing = true };
        counter = new(Store, ValueKind.Int64, full, Mutability.Mutable);
        Linker.Define(GasCounter.ModuleName, GasCounter.FieldName(instrumenter), counter);
    }

    public Store Store { get; }

    public Linker Linker { get; }

    public Instance? Instantiate(Module module, out long used, out TrapCode? trap)
    {
        Instance? instance = null;
        Meter(() => instance = Linker.Instantiate(Store, module), out used, out trap);
        return instance;
    }

    public object? Call(Function function, WasmValue[] arguments, out long used, out TrapCode? trap)
    {
        object? result = null;
        ValueBox[] boxes = Array.ConvertAll(arguments, argument => argument.ToBox());
        Meter(() => result = function.Invoke(boxes), out used, out trap);
        return result;
    }

    public void Dispose()
    {
        Linker.Dispose();
        Store.Dispose();
    }

    private void Meter(Action action, out long used, out TrapCode? trap)
    {
        counter.SetValue(full);
        trap = null;
        try
        {
            action();
        }
        catch (TrapException caught)
        {
            trap = caught.Type;
        }

        used = full - (long)counter.GetValue()!;
    }
}
