namespace Filecoin.Wasm.Reading;

/// <summary>Sizes above which a module is refused, whatever it holds.</summary>
/// <remarks>
/// Spec: those of the reference's engine (wasmparser src/limits.rs), save the module's size, which
/// is ours: the largest built-in actor is a tenth of it.
/// Depth needs no limit of its own: nesting is kept on the heap, one opening a byte, so the size
/// of a function bounds it.
/// </remarks>
internal static class Limits
{
    public const int ModuleBytes = 16 << 20;
    public const int FunctionBytes = 7_654_321;
    public const int Locals = 50_000;
    public const int Parameters = 1_000;
    public const int NameBytes = 100_000;
    public const int Types = 1_000_000;
    public const int Functions = 1_000_000;
    public const int Imports = 1_000_000;
    public const int Exports = 1_000_000;
    public const int Globals = 1_000_000;
    public const int Tables = 100;
    public const int TableElements = 10_000_000;
    public const int Segments = 100_000;
    public const long MemoryPages = 65_536;
}
