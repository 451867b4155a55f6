using Wasmtime;

namespace Filecoin.Wasm.Tests.Running;

/// <summary>The host module that the WebAssembly suite imports; its functions do nothing.</summary>
internal static class Spectest
{
    private const string Name = "spectest";

    public static void DefineFunctions(ScriptStore target)
    {
        Define(target, "print");
        Define(target, "print_i32", ValueKind.Int32);
        Define(target, "print_i64", ValueKind.Int64);
        Define(target, "print_f32", ValueKind.Float32);
        Define(target, "print_f64", ValueKind.Float64);
        Define(target, "print_i32_f32", ValueKind.Int32, ValueKind.Float32);
        Define(target, "print_f64_f64", ValueKind.Float64, ValueKind.Float64);
    }

    public static void DefineAll(ScriptStore target)
    {
        DefineFunctions(target);
        Define(target, "global_i32", ValueKind.Int32, 666);
        Define(target, "global_i64", ValueKind.Int64, 666L);
        Define(target, "global_f32", ValueKind.Float32, 666.6f);
        Define(target, "global_f64", ValueKind.Float64, 666.6);
        target.Linker.Define(Name, "memory", new Memory(target.Store, 1, 2));
        target.Linker.Define(
            Name, "table", new Table(target.Store, TableKind.FuncRef, null, 10, 20));
    }

    private static void Define(ScriptStore target, string name, params ValueKind[] parameters) =>
        target.Linker.DefineFunction(Name, name, (_, _, _) => { }, parameters, []);

    private static void Define(ScriptStore target, string name, ValueKind kind, object value) =>
        target.Linker.Define(
            Name, name, new Global(target.Store, kind, value, Mutability.Immutable));
}
