using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using static Filecoin.Wasm.Instances.WasmtimeNative;

namespace Filecoin.Wasm.Instances;

/// <summary>Links modules against one table of host functions.</summary>
/// <remarks>
/// All functions enter by one callback that gets the function's index; the instance that runs is
/// the data of its store.
/// </remarks>
public sealed unsafe class HostLinker
{
    private readonly nint handle;

    /// <summary>Defines the functions of a table.</summary>
    public HostLinker(IReadOnlyList<HostFunction> functions)
    {
        handle = wasmtime_linker_new(WasmEngine.Instance.Handle);
        for (int i = 0; i < functions.Count; i++)
        {
            Define(functions[i], i);
        }
    }

    /// <summary>Frees the native linker.</summary>
    ~HostLinker() => wasmtime_linker_delete(handle);

    /// <summary>Links a module, and throws on an import that the table does not have.</summary>
    internal nint Link(nint module)
    {
        nint linked;
        string? error = TakeError(wasmtime_linker_instantiate_pre(handle, module, &linked));
        GC.KeepAlive(this);
        return error is null
            ? linked
            : throw new WasmRefusedException(RefusalStage.Link, error);
    }

    private void Define(HostFunction function, int index)
    {
        nint* kinds = stackalloc nint[function.Parameters.Count];
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            kinds[i] = wasm_valtype_new(KindOf(function.Parameters[i]));
        }

        nint result = wasm_valtype_new(KindOf(WasmType.I32));
        PointerVector parameters;
        PointerVector results;
        wasm_valtype_vec_new(&parameters, (nuint)function.Parameters.Count, kinds);
        wasm_valtype_vec_new(&results, 1, &result);
        nint type = wasm_functype_new(&parameters, &results);
        byte[] module = Encoding.UTF8.GetBytes(function.Module);
        byte[] name = Encoding.UTF8.GetBytes(function.Name);
        fixed (byte* moduleBytes = module)
        fixed (byte* nameBytes = name)
        {
            string? error = TakeError(wasmtime_linker_define_func_unchecked(
                handle, moduleBytes, (nuint)module.Length, nameBytes, (nuint)name.Length, type,
                &Enter, index, 0));
            if (error is not null)
            {
                throw new InvalidOperationException(error);
            }
        }

        wasm_functype_delete(type);
    }

    private static byte KindOf(WasmType type) => type switch
    {
        WasmType.I32 => 0,
        WasmType.I64 => 1,
        _ => throw new ArgumentException($"host functions take no {type}"),
    };

    /// <summary>Called by Wasm: nothing may be thrown out of it.</summary>
    [UnmanagedCallersOnly]
    private static nint Enter(nint index, nint caller, RawValue* values, nuint count)
    {
        nint data = wasmtime_context_get_data(wasmtime_caller_context(caller));
        WasmInstance instance = (WasmInstance)GCHandle.FromIntPtr(data).Target!;
        bool runsOn;
        int result = 0;
        try
        {
            runsOn = instance.RunHost((int)index, values, out result);
        }
        catch (Exception failure)
        {
            instance.HostFailure = ExceptionDispatchInfo.Capture(failure);
            runsOn = false;
        }

        if (runsOn)
        {
            values->I64 = (uint)result;
            return 0;
        }

        return wasmtime_trap_new(null, 0);
    }
}
