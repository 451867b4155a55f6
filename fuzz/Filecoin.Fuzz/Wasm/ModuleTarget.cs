using Filecoin.Wasm;

namespace Filecoin.Fuzz.Wasm;

/// <summary>Whatever the bytes, a module is read and rewritten, or refused with a reason.</summary>
public static class ModuleTarget
{
    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        string line;
        try
        {
            ModuleInfo module = ModuleInfo.Read(input);
            line = $"imports {Outcome.Size(module.Imports.Count)} "
                + $"exports {Outcome.Size(module.Exports.Count)}";
        }
        catch (WasmRefusedException refusal)
        {
            // A refusal is an answer; any other exception is a find.
            line = refusal.Message;
        }

        bool isAccepted = Rewrite(input, RewriteRules.Hygge, ref line);
        isAccepted |= Rewrite(input, RewriteRules.Shark, ref line);
        return isAccepted ? Outcome.Accepted(line) : Outcome.Refused(line);
    }

    private static bool Rewrite(ReadOnlySpan<byte> input, RewriteRules rules, ref string line)
    {
        try
        {
            int length = ModuleRewriter.Rewrite(input, rules).Length;
            line += $" {Outcome.Size(length)}";
            return true;
        }
        catch (WasmRefusedException refusal)
        {
            line += $" {refusal.Stage}";
            return false;
        }
    }
}
