using Filecoin.Wasm.GasMetering;
using Filecoin.Wasm.Reading;
using Filecoin.Wasm.StackLimiter;
using Filecoin.Wasm.Writing;

namespace Filecoin.Wasm;

/// <summary>Rewrites an actor's module so that it counts its stack and its gas.</summary>
/// <remarks>
/// Spec: FIP-0032; ref-fvm fvm/src/engine/mod.rs; fvm-wasm-instrument; wasm-engine 3 to 6.
/// The stack limiter comes first, and gas metering prices what it added: the order is consensus.
/// The engine must have validated the raw module; what is not valid is refused here or gives
/// another module that is not valid.
/// </remarks>
public static class ModuleRewriter
{
    /// <summary>Rewrites a raw module.</summary>
    /// <exception cref="WasmRefusedException">The module is not accepted.</exception>
    public static byte[] Rewrite(ReadOnlySpan<byte> wasm, RewriteRules rules)
    {
        WasmModule module = ModuleReader.Read(wasm);
        CheckSizes(module, rules);
        if (rules.Instrumenter == Instrumenter.Legacy)
        {
            LegacyModule.Check(wasm, module);
        }

        LimitedModule limited = new(wasm, module, rules);
        MeterableLanguage.Check(module, rules.Instrumenter);
        return new ModuleWriter(wasm, module, limited, rules).Write();
    }

    /// <summary>Refuses a module whose declared sizes no instance could have.</summary>
    private static void CheckSizes(WasmModule module, RewriteRules rules)
    {
        if (module.DefinedTables > rules.TablesMax)
        {
            throw Refuse($"{module.DefinedTables} tables, more than {rules.TablesMax}");
        }

        foreach (Limit table in module.Tables)
        {
            if (table.Minimum > rules.TableElementsMax)
            {
                throw Refuse(
                    $"table of {table.Minimum} elements, more than {rules.TableElementsMax}");
            }
        }

        foreach (Limit memory in module.Memories)
        {
            if (memory.Minimum > rules.MemoryPagesMax)
            {
                throw Refuse(
                    $"memory of {memory.Minimum} pages, more than {rules.MemoryPagesMax}");
            }
        }
    }

    private static WasmRefusedException Refuse(string reason) =>
        new(RefusalStage.Validate, reason);
}
