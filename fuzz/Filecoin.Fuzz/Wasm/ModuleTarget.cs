using Filecoin.Wasm;

namespace Filecoin.Fuzz.Wasm;

/// <summary>Whatever the bytes, a module is read and rewritten, or refused with a reason.</summary>
public static class ModuleTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            _ = ModuleInfo.Read(input);
        }
        catch (WasmRefusedException)
        {
            // A refusal is an answer; any other exception is a find.
        }

        Rewrite(input, RewriteRules.Hygge);
        Rewrite(input, RewriteRules.Shark);
    }

    private static void Rewrite(ReadOnlySpan<byte> input, RewriteRules rules)
    {
        try
        {
            _ = ModuleRewriter.Rewrite(input, rules);
        }
        catch (WasmRefusedException)
        {
            // As above.
        }
    }
}
