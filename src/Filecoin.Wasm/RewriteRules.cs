namespace Filecoin.Wasm;

/// <summary>Everything besides the module that decides what the rewritten module is.</summary>
/// <remarks>Spec: ref-fvm fvm/src/engine/mod.rs, EngineConfig.</remarks>
/// <param name="Instrumenter">Which generation of the passes.</param>
/// <param name="Prices">What instructions cost.</param>
/// <param name="StackSlotsMax">Slots of the counted stack, above which a call traps.</param>
/// <param name="TablesMax">A module that defines more tables is refused.</param>
/// <param name="TableElementsMax">A table whose declared minimum is above is refused.</param>
/// <param name="MemoryPagesMax">A memory whose declared minimum is above is refused.</param>
public sealed record RewriteRules(
    Instrumenter Instrumenter,
    InstructionPrices Prices,
    int StackSlotsMax = 2048,
    int TablesMax = 1,
    long TableElementsMax = 20_000,
    long MemoryPagesMax = 8_192)
{
    /// <summary>Network version 17. Its engine sets no limit on tables and memories.</summary>
    public static RewriteRules Shark { get; } = new(
        Instrumenter.Legacy,
        InstructionPrices.Shark,
        TablesMax: int.MaxValue,
        TableElementsMax: uint.MaxValue,
        MemoryPagesMax: 65_536);

    /// <summary>Network versions 18 to 28.</summary>
    public static RewriteRules Hygge { get; } = new(Instrumenter.Current, InstructionPrices.Hygge);
}
