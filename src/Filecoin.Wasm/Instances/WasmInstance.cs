using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static Filecoin.Wasm.Instances.WasmtimeNative;

namespace Filecoin.Wasm.Instances;

/// <summary>Bounds on what an instance may grow to.</summary>
/// <param name="MemoryBytes">Bytes of its memory.</param>
/// <param name="TableElements">Elements of its table.</param>
public readonly record struct InstanceLimits(long MemoryBytes, long TableElements);

/// <summary>
/// An actor's code with memory, table and globals of its own, for one invocation.
/// </summary>
/// <remarks>
/// Not for several threads. Every instance has a store of its own and ends with it.
/// </remarks>
public sealed unsafe class WasmInstance : IDisposable
{
    private const byte I64Kind = 1;
    private const byte LastActorTrapCode = 9;

    private static readonly string[] TrapNames =
    [
        "native stack overflow", "memory access out of bounds", "misaligned access",
        "table access out of bounds", "indirect call to null", "indirect call of a wrong type",
        "integer overflow", "integer division by zero", "invalid conversion to integer",
        "unreachable code reached",
    ];

    private readonly CompiledModule module;
    private readonly IWasmHost host;
    private readonly nint store;
    private readonly nint context;
    private GCHandle self;
    private Instance instance;
    private Memory memory;
    private Global counter;
    private bool hasMemory;
    private bool isStopped;

    /// <summary>Makes a store for an instance of a module; nothing is instantiated yet.</summary>
    public WasmInstance(CompiledModule module, IWasmHost host, InstanceLimits limits)
    {
        this.module = module;
        this.host = host;
        self = GCHandle.Alloc(this);
        store = wasmtime_store_new(
            WasmEngine.Instance.Handle, GCHandle.ToIntPtr(self), 0);
        context = wasmtime_store_context(store);
        wasmtime_store_limiter(store, limits.MemoryBytes, limits.TableElements, -1, -1, -1);
    }

    /// <summary>The gas left, in milligas; below 0 when it has run out.</summary>
    public long GasCounter
    {
        get
        {
            Value value;
            Global global = counter;
            wasmtime_global_get(context, &global, &value);
            return value.I64;
        }

        set
        {
            Value number = default;
            number.Kind = I64Kind;
            number.I64 = value;
            Global global = counter;
            _ = wasmtime_global_set(context, &global, &number);
        }
    }

    /// <summary>
    /// The memory exported as <c>memory</c>; it moves when it grows. Empty until
    /// <see cref="OpenMemory"/>.
    /// </summary>
    public Span<byte> Memory
    {
        get
        {
            if (!hasMemory)
            {
                return default;
            }

            Memory handle = memory;
            nuint size = wasmtime_memory_data_size(context, &handle);
            return new(wasmtime_memory_data(context, &handle), (int)nuint.Min(size, int.MaxValue));
        }
    }

    /// <summary>Bytes of memory in use.</summary>
    public long MemoryBytes
    {
        get
        {
            Memory handle = memory;
            return hasMemory ? (long)wasmtime_memory_data_size(context, &handle) : 0;
        }
    }

    /// <summary>What a host function threw, until it is thrown again.</summary>
    internal ExceptionDispatchInfo? HostFailure { get; set; }

    /// <summary>Allocates memory and table and copies what the segments say.</summary>
    /// <param name="gas">What the gas counter starts at, in milligas.</param>
    public WasmOutcome Instantiate(long gas)
    {
        nint trap = 0;
        nint error;
        fixed (Instance* target = &instance)
        {
            error = wasmtime_instance_pre_instantiate(module.Linked, context, target, &trap);
        }

        if (error != 0 || trap != 0)
        {
            return TakeFailure(error, trap, isEngine: false);
        }

        counter = Find(module.CounterName).Global;
        GasCounter = gas;
        return WasmOutcome.Returned(0);
    }

    /// <summary>Runs the start function, if there is one.</summary>
    public WasmOutcome Start() => module.Info.HasStart
        ? Run(Find(module.StartName).Function, 0, 0)
        : WasmOutcome.Returned(0);

    /// <summary>Makes the memory visible to the host.</summary>
    public void OpenMemory()
    {
        memory = Find("memory"u8).Memory;
        hasMemory = true;
    }

    /// <summary>Calls an exported function that takes i32s, at most two, and gives one.</summary>
    /// <param name="name">A function that <see cref="ModuleInfo"/> lists with that type.</param>
    /// <param name="first">Its first argument.</param>
    /// <param name="second">Its second argument; no meaning if it takes one.</param>
    public WasmOutcome Call(ReadOnlySpan<byte> name, uint first, uint second = 0) =>
        Run(Find(name).Function, first, second);

    /// <summary>Ends the instance.</summary>
    public void Dispose()
    {
        if (self.IsAllocated)
        {
            wasmtime_store_delete(store);
            self.Free();
        }
    }

    internal bool RunHost(int function, RawValue* values, out int result)
    {
        bool runsOn = host.TryRun(function, new(values), out result);
        isStopped = !runsOn;
        return runsOn;
    }

    private WasmOutcome Run(Function function, uint first, uint second)
    {
        RawValue* values = stackalloc RawValue[2];
        values[0].I64 = first;
        values[1].I64 = second;
        nint trap = 0;
        nint error = wasmtime_func_call_unchecked(context, &function, values, 2, &trap);
        return error == 0 && trap == 0
            ? WasmOutcome.Returned(values[0].I32)
            : TakeFailure(error, trap, isEngine: true);
    }

    /// <summary>Frees the failure and says which it is; a host's exception is thrown on.</summary>
    private WasmOutcome TakeFailure(nint error, nint trap, bool isEngine)
    {
        byte code = byte.MaxValue;
        bool isTrap = trap != 0 && wasmtime_trap_code(trap, &code) != 0;
        string? reason = TakeError(error);
        if (trap != 0)
        {
            wasm_trap_delete(trap);
        }

        if (HostFailure is ExceptionDispatchInfo failure)
        {
            HostFailure = null;
            failure.Throw();
        }

        if (isTrap && code <= LastActorTrapCode)
        {
            return new(WasmEnd.Trapped, 0, TrapNames[code]);
        }

        if (!isEngine)
        {
            return new(WasmEnd.Trapped, 0, reason ?? "cannot be instantiated");
        }

        return isStopped
            ? new(WasmEnd.Stopped, 0, null)
            : new(WasmEnd.Failed, 0, reason ?? $"trap {code}");
    }

    private Extern Find(ReadOnlySpan<byte> name)
    {
        Extern item;
        Instance target = instance;
        fixed (byte* bytes = name)
        {
            bool found = wasmtime_instance_export_get(
                context, &target, bytes, (nuint)name.Length, &item);
            return found ? item : throw new InvalidOperationException("no such export");
        }
    }
}
