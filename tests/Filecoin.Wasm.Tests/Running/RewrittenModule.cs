using Wasmtime;

namespace Filecoin.Wasm.Tests.Running;

/// <summary>Takes a raw module through validation, both passes and compilation.</summary>
internal static class RewrittenModule
{
    public const string Validate = "validate";
    public const string StackLimiter = "stack-limiter";
    public const string GasMetering = "gas-metering";
    public const string Compile = "compile";

    /// <summary>The module, or null with the step that refused it and why.</summary>
    public static Module? Build(byte[] raw, RewriteRules rules, out string step, out string reason)
    {
        (step, reason) = ("", "");
        byte[] rewritten;
        try
        {
            rewritten = ModuleRewriter.Rewrite(raw, rules);
        }
        catch (WasmRefusedException refusal)
        {
            (step, reason) = (NameOf(refusal.Stage), refusal.Message);
            return null;
        }

        if (Wasmtime.Module.Validate(ReferenceEngine.Instance, raw) is string invalid)
        {
            (step, reason) = (Validate, invalid);
            return null;
        }

        try
        {
            return Module.FromBytes(ReferenceEngine.Instance, "rewritten", rewritten);
        }
        catch (WasmtimeException error)
        {
            (step, reason) = (Compile, error.Message);
            return null;
        }
    }

    private static string NameOf(RefusalStage stage) => stage switch
    {
        RefusalStage.Validate => Validate,
        RefusalStage.StackLimiter => StackLimiter,
        RefusalStage.GasMetering => GasMetering,
        RefusalStage.Compile or RefusalStage.Link => Compile,
    };
}
