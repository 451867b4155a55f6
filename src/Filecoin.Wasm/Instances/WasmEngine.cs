using System.Diagnostics.CodeAnalysis;
using static Filecoin.Wasm.Instances.WasmtimeNative;

namespace Filecoin.Wasm.Instances;

/// <summary>
/// Wasmtime with the network's deterministic settings: one for the whole process.
/// </summary>
/// <remarks>
/// Spec: ref-fvm fvm/src/engine/mod.rs, wasmtime_config; wasm-engine 4.
/// Instances come from one pool. A module made for one engine is of no use to another, so that all
/// network versions share it; they differ in how modules are rewritten, not in the engine.
/// </remarks>
public sealed unsafe class WasmEngine
{
    /// <summary>Bytes of native stack that one invocation may use.</summary>
    public const int NativeStackBytes = 4 << 20;

    /// <summary>Elements that a pooled table holds.</summary>
    public const int TableElementsMax = 20_000;

    /// <summary>
    /// Names everything about this engine that a compiled module depends on; part of the cache's
    /// key.
    /// </summary>
    public const string Settings = "wasmtime-50.0.1/nan/speed/bounds-checked/1";

    /// <summary>
    /// One call stack is at most 1,025 instances deep; a few more are being made.
    /// </summary>
    private const uint InstancesPerStack = 1_100;

    private const uint StacksMax = 16;
    private const byte OptimizeForSpeed = 1;

    private static readonly Lazy<WasmEngine> Process = new(() => new());

    private WasmEngine()
    {
        nint config = wasm_config_new();
        SetLanguage(config);
        wasmtime_config_async_stack_size_set(config, 2 * NativeStackBytes);
        wasmtime_config_max_wasm_stack_set(config, NativeStackBytes);
        wasmtime_config_cranelift_nan_canonicalization_set(config, 1);
        wasmtime_config_cranelift_opt_level_set(config, OptimizeForSpeed);
        wasmtime_config_parallel_compilation_set(config, 1);
        SetBoundsChecks(config);
        SetPool(config);
        Handle = wasm_engine_new_with_config(config);
        if (Handle == 0)
        {
            throw new InvalidOperationException("wasmtime refuses its configuration");
        }
    }

    /// <summary>The engine; made at its first use, since that loads the native library.</summary>
    public static WasmEngine Instance => Process.Value;

    internal nint Handle { get; }

    /// <summary>Why a raw module is not valid in the accepted language; null if it is.</summary>
    public string? Validate(ReadOnlySpan<byte> wasm)
    {
        fixed (byte* bytes = wasm)
        {
            return TakeError(wasmtime_module_validate(Handle, bytes, (nuint)wasm.Length));
        }
    }

    /// <summary>Translates a module's text form.</summary>
    /// <exception cref="FormatException">The text is no module; the message says where.</exception>
    public static byte[] Assemble(string text)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        ByteVector wasm;
        fixed (byte* bytes = utf8)
        {
            if (TakeError(wasmtime_wat2wasm(bytes, (nuint)utf8.Length, &wasm)) is string error)
            {
                throw new FormatException(error);
            }
        }

        byte[] module = new ReadOnlySpan<byte>(wasm.Data, checked((int)wasm.Size)).ToArray();
        wasm_byte_vec_delete(&wasm);
        return module;
    }

    private static void SetLanguage(nint config)
    {
        wasmtime_config_wasm_threads_set(config, 0);
        wasmtime_config_wasm_tail_call_set(config, 0);
        wasmtime_config_wasm_function_references_set(config, 0);
        wasmtime_config_wasm_gc_set(config, 0);
        wasmtime_config_gc_support_set(config, 0);
        wasmtime_config_wasm_relaxed_simd_set(config, 0);
        wasmtime_config_wasm_simd_set(config, 0);
        wasmtime_config_wasm_multi_value_set(config, 0);
        wasmtime_config_wasm_multi_memory_set(config, 0);
        wasmtime_config_wasm_memory64_set(config, 0);
        wasmtime_config_wasm_wide_arithmetic_set(config, 0);
        wasmtime_config_wasm_exceptions_set(config, 0);
        wasmtime_config_wasm_custom_page_sizes_set(config, 0);
    }

    /// <summary>Instructions check addresses, not protected pages behind a memory.</summary>
    /// <remarks>
    /// Where pages do it, every new instance takes from its memory what the one before had grown
    /// to, and for that interrupts all processors that run this process. Measured over recorded
    /// messages on two processors: 82 gas per ns and 165 µs for an EVM call so, 123 gas per ns
    /// and 40 µs with checks.
    /// </remarks>
    private static void SetBoundsChecks(nint config)
    {
        wasmtime_config_signals_based_traps_set(config, 0);
        wasmtime_config_memory_guard_size_set(config, 0);
    }

    [SuppressMessage("", "RS0030", Justification = "How much is set aside, not what runs.")]
    private static void SetPool(nint config)
    {
        uint stacks = uint.Min((uint)Environment.ProcessorCount + 1, StacksMax);
        uint instances = InstancesPerStack * stacks;
        nint pool = wasmtime_pooling_allocation_config_new();
        wasmtime_pooling_allocation_config_total_core_instances_set(pool, instances);
        wasmtime_pooling_allocation_config_total_memories_set(pool, instances);
        wasmtime_pooling_allocation_config_total_tables_set(pool, instances);
        wasmtime_pooling_allocation_config_max_memory_size_set(pool, (nuint)4 << 30);
        wasmtime_pooling_allocation_config_table_elements_set(pool, TableElementsMax);
        wasmtime_pooling_allocation_config_max_core_instance_size_set(pool, 16 << 20);
        wasmtime_pooling_allocation_config_linear_memory_keep_resident_set(pool, 4 << 20);
        wasmtime_pooling_allocation_config_table_keep_resident_set(pool, 64 << 10);
        wasmtime_pooling_allocation_strategy_set(config, pool);
        wasmtime_pooling_allocation_config_delete(pool);
    }
}
