using System.Runtime.InteropServices;

namespace Filecoin.Wasm.Instances;

/// <summary>
/// The part of Wasmtime's C API that the engine uses, and nothing else. Functions that neither
/// block nor call back are marked to skip the runtime's transition: they sit on the path of every
/// syscall.
/// </summary>
/// <remarks>Spec: wasmtime crates/c-api/include/wasmtime/*.h, version 50.</remarks>
internal static unsafe partial class WasmtimeNative
{
    private const string Library = "wasmtime";

    /// <summary>A value as the unchecked calls pass it: 16 bytes, integers little-endian.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    internal struct RawValue
    {
        [FieldOffset(0)] internal int I32;
        [FieldOffset(0)] internal long I64;
    }

    /// <summary>A tagged value, the form in which globals are read and written.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    internal struct Value
    {
        [FieldOffset(0)] internal byte Kind;
        [FieldOffset(8)] internal int I32;
        [FieldOffset(8)] internal long I64;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Function
    {
        internal ulong StoreId;
        internal nint Private;
    }

    /// <summary>A memory or a table; the C type nests a struct, hence the gap.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 24)]
    internal struct Memory
    {
        [FieldOffset(0)] internal ulong StoreId;
        [FieldOffset(8)] internal uint Private1;
        [FieldOffset(16)] internal uint Private2;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Global
    {
        internal ulong StoreId;
        internal uint Private1;
        internal uint Private2;
        internal uint Private3;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Instance
    {
        internal ulong StoreId;
        internal nuint Private;
    }

    /// <summary>An export as it is looked up: a kind and a union of the handles above.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 32)]
    internal struct Extern
    {
        internal const byte FunctionKind = 0;
        internal const byte GlobalKind = 1;
        internal const byte TableKind = 2;
        internal const byte MemoryKind = 3;

        [FieldOffset(0)] internal byte Kind;
        [FieldOffset(8)] internal Function Function;
        [FieldOffset(8)] internal Global Global;
        [FieldOffset(8)] internal Memory Memory;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct ByteVector
    {
        internal nuint Size;
        internal byte* Data;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct PointerVector
    {
        internal nuint Size;
        internal nint* Data;
    }

    // Configuration and engine.
    [LibraryImport(Library)] internal static partial nint wasm_config_new();
    [LibraryImport(Library)] internal static partial nint wasm_engine_new_with_config(nint config);
    [LibraryImport(Library)] internal static partial void wasmtime_config_async_stack_size_set(nint config, nuint bytes);
    [LibraryImport(Library)] internal static partial void wasmtime_config_max_wasm_stack_set(nint config, nuint bytes);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_threads_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_tail_call_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_function_references_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_gc_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_gc_support_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_simd_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_relaxed_simd_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_multi_value_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_multi_memory_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_memory64_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_wide_arithmetic_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_exceptions_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_wasm_custom_page_sizes_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_cranelift_nan_canonicalization_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_cranelift_opt_level_set(nint config, byte level);
    [LibraryImport(Library)] internal static partial void wasmtime_config_parallel_compilation_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_signals_based_traps_set(nint config, byte on);
    [LibraryImport(Library)] internal static partial void wasmtime_config_memory_guard_size_set(nint config, ulong bytes);
    [LibraryImport(Library)] internal static partial nint wasmtime_pooling_allocation_config_new();
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_delete(nint pool);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_total_core_instances_set(nint pool, uint count);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_total_memories_set(nint pool, uint count);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_total_tables_set(nint pool, uint count);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_max_memory_size_set(nint pool, nuint bytes);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_table_elements_set(nint pool, nuint elements);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_linear_memory_keep_resident_set(nint pool, nuint bytes);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_table_keep_resident_set(nint pool, nuint bytes);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_config_max_core_instance_size_set(nint pool, nuint bytes);
    [LibraryImport(Library)] internal static partial void wasmtime_pooling_allocation_strategy_set(nint config, nint pool);

    // Types of host functions.
    [LibraryImport(Library)] internal static partial nint wasm_valtype_new(byte kind);
    [LibraryImport(Library)] internal static partial void wasm_valtype_vec_new(PointerVector* vector, nuint size, nint* types);
    [LibraryImport(Library)] internal static partial nint wasm_functype_new(PointerVector* parameters, PointerVector* results);
    [LibraryImport(Library)] internal static partial void wasm_functype_delete(nint type);

    // Linker.
    [LibraryImport(Library)] internal static partial nint wasmtime_linker_new(nint engine);
    [LibraryImport(Library)] internal static partial void wasmtime_linker_delete(nint linker);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_define_func_unchecked(
        nint linker, byte* module, nuint moduleLength, byte* name, nuint nameLength, nint type,
        delegate* unmanaged<nint, nint, RawValue*, nuint, nint> callback, nint data, nint finalizer);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_linker_instantiate_pre(nint linker, nint module, nint* instancePre);

    // Modules.
    [LibraryImport(Library)] internal static partial nint wasmtime_module_validate(nint engine, byte* wasm, nuint length);
    [LibraryImport(Library)] internal static partial nint wasmtime_module_new(nint engine, byte* wasm, nuint length, nint* module);
    [LibraryImport(Library)] internal static partial void wasmtime_module_delete(nint module);
    [LibraryImport(Library)] internal static partial nint wasmtime_module_serialize(nint module, ByteVector* bytes);
    [LibraryImport(Library)] internal static partial nint wasmtime_module_deserialize_file(nint engine, byte* path, nint* module);
    [LibraryImport(Library)] internal static partial void wasm_byte_vec_delete(ByteVector* vector);
    [LibraryImport(Library)] internal static partial nint wasmtime_wat2wasm(byte* text, nuint length, ByteVector* wasm);

    // Stores and instances.
    [LibraryImport(Library)] internal static partial nint wasmtime_store_new(nint engine, nint data, nint finalizer);
    [LibraryImport(Library)] internal static partial void wasmtime_store_delete(nint store);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint wasmtime_store_context(nint store);

    [LibraryImport(Library)]
    internal static partial void wasmtime_store_limiter(
        nint store, long memorySize, long tableElements, long instances, long tables, long memories);

    [LibraryImport(Library), SuppressGCTransition] internal static partial nint wasmtime_context_get_data(nint context);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint wasmtime_caller_context(nint caller);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_instance_pre_instantiate(nint instancePre, nint context, Instance* instance, nint* trap);

    [LibraryImport(Library)] internal static partial void wasmtime_instance_pre_delete(nint instancePre);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool wasmtime_instance_export_get(nint context, Instance* instance, byte* name, nuint length, Extern* item);

    [LibraryImport(Library), SuppressGCTransition] internal static partial byte* wasmtime_memory_data(nint context, Memory* memory);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nuint wasmtime_memory_data_size(nint context, Memory* memory);
    [LibraryImport(Library), SuppressGCTransition] internal static partial void wasmtime_global_get(nint context, Global* global, Value* value);
    [LibraryImport(Library), SuppressGCTransition] internal static partial nint wasmtime_global_set(nint context, Global* global, Value* value);

    [LibraryImport(Library)]
    internal static partial nint wasmtime_func_call_unchecked(nint context, Function* function, RawValue* values, nuint length, nint* trap);

    // Traps and errors.
    [LibraryImport(Library)] internal static partial nint wasmtime_trap_new(byte* message, nuint length);
    [LibraryImport(Library)] internal static partial byte wasmtime_trap_code(nint trap, byte* code);
    [LibraryImport(Library)] internal static partial void wasm_trap_delete(nint trap);
    [LibraryImport(Library)] internal static partial void wasmtime_error_message(nint error, ByteVector* message);
    [LibraryImport(Library)] internal static partial void wasmtime_error_delete(nint error);

    /// <summary>
    /// The text of an error object, which is freed; null where there is no error.
    /// </summary>
    internal static string? TakeError(nint error)
    {
        if (error == 0)
        {
            return null;
        }

        ByteVector message;
        wasmtime_error_message(error, &message);
        wasmtime_error_delete(error);
        return TakeText(&message);
    }

    /// <summary>Text of a byte vector, which is freed.</summary>
    internal static string TakeText(ByteVector* vector)
    {
        string text = System.Text.Encoding.UTF8.GetString(new ReadOnlySpan<byte>(vector->Data, (int)vector->Size));
        wasm_byte_vec_delete(vector);
        return text.TrimEnd('\0');
    }
}
