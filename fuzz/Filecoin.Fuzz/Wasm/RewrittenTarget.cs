using Filecoin.Wasm;
using Wasmtime;

namespace Filecoin.Fuzz.Wasm;

/// <summary>A valid module that is not refused is valid once rewritten.</summary>
public static class RewrittenTarget
{
    private static readonly Engine Engine = new(new Config()
        .WithBulkMemory(true)
        .WithReferenceTypes(true)
        .WithSIMD(false)
        .WithRelaxedSIMD(false, true)
        .WithMultiValue(false)
        .WithMultiMemory(false)
        .WithMemory64(false)
        .WithTailCalls(false)
        .WithWasmThreads(false)
        .WithExceptions(false)
        .WithFunctionReferences(false)
        .WithGc(false));

    public static Outcome Run(ReadOnlySpan<byte> input) =>
        Module.Validate(Engine, input) is string reason
            ? Outcome.Refused(reason.Split('`', '"', '\'')[0])
            : Outcome.Accepted(
                $"{Check(input, RewriteRules.Hygge)}, {Check(input, RewriteRules.Shark)}");

    private static string Check(ReadOnlySpan<byte> input, RewriteRules rules)
    {
        byte[] rewritten;
        try
        {
            rewritten = ModuleRewriter.Rewrite(input, rules);
        }
        catch (WasmRefusedException refusal)
        {
            return Outcome.Refused(refusal.Message).Line;
        }

        if (Module.Validate(Engine, rewritten) is string reason && !ImportsGlobal(input))
        {
            throw new InvalidDataException($"valid, but not once rewritten: {reason}");
        }

        return $"rewritten {Outcome.Size(rewritten.Length)}";
    }

    /// <summary>The reference miscounts globals then, and such a module never links.</summary>
    private static bool ImportsGlobal(ReadOnlySpan<byte> input)
    {
        foreach (WasmImport import in ModuleInfo.Read(input).Imports)
        {
            if (import.Kind == ExternalKind.Global)
            {
                return true;
            }
        }

        return false;
    }
}
