namespace Filecoin.Wasm.Instances;

/// <summary>A function that a host offers to modules; it gives an i32.</summary>
/// <param name="Module">The name of the module that it is imported from.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Parameters">Types of its parameters.</param>
public sealed record HostFunction(string Module, string Name, IReadOnlyList<WasmType> Parameters);

/// <summary>What host functions run against: one for each instance.</summary>
public interface IWasmHost
{
    /// <summary>Runs a host function.</summary>
    /// <param name="index">Its place in the table that the linker was made of.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="result">What it gives; no meaning when it stops the instance.</param>
    /// <returns>False to stop the instance at once.</returns>
    /// <remarks>
    /// An exception stops the instance as well, and leaves again from
    /// <see cref="WasmInstance.Call"/>, since it must not cross native frames.
    /// </remarks>
    bool TryRun(int index, HostArguments arguments, out int result);
}

/// <summary>The arguments of a host function, valid while it runs.</summary>
public readonly unsafe ref struct HostArguments
{
    private readonly WasmtimeNative.RawValue* values;

    internal HostArguments(WasmtimeNative.RawValue* values) => this.values = values;

    /// <summary>The i32 at a position, which the caller knows to be one.</summary>
    public uint U32(int position) => unchecked((uint)values[position].I32);

    /// <summary>The i64 at a position, which the caller knows to be one.</summary>
    public ulong U64(int position) => unchecked((ulong)values[position].I64);
}
