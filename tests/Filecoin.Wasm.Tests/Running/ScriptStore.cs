using Wasmtime;

namespace Filecoin.Wasm.Tests.Running;

/// <summary>
/// A store whose instances may import from one another; the gas used is that of all of them.
/// </summary>
internal sealed class ScriptStore : IDisposable
{
    /// <summary>What the counter holds before each call, in milligas.</summary>
    public const long FullCounter = 1_000_000_000_000_000;

    private readonly List<Global> counters = [];
    private readonly long full;

    public ScriptStore(long full = FullCounter)
    {
        this.full = full;
        Store = new(ReferenceEngine.Instance);
        Linker = new(ReferenceEngine.Instance) { AllowShadowing = true };
    }

    public Store Store { get; }

    public Linker Linker { get; }

    public Instance? Instantiate(Module module, out long used, out TrapCode? trap)
    {
        Instance? instance = null;
        Meter(() => instance = Start(module), out used, out trap);
        return trap is null ? instance : null;
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

    private Instance Start(Module module)
    {
        Instance instance = Linker.Instantiate(Store, module);
        List<string> names = [.. module.Exports.Select(export => export.Name)];
        string last = names[^1];
        names.RemoveAt(names.Count - 1);
        bool hasStart =
            names.Count > 0 && last == ReservedExport.Start(names.SkipLast(1).ToArray());
        Global counter = instance.GetGlobal(hasStart ? names[^1] : last)!;
        counter.SetValue(full);
        counters.Add(counter);
        if (hasStart)
        {
            _ = instance.GetFunction(last)!.Invoke();
        }

        return instance;
    }

    private void Meter(Action action, out long used, out TrapCode? trap)
    {
        counters.ForEach(counter => counter.SetValue(full));
        trap = null;
        try
        {
            action();
        }
        catch (TrapException caught)
        {
            trap = caught.Type;
        }

        used = counters.Sum(counter => full - (long)counter.GetValue()!);
    }
}
