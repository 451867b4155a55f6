using Filecoin.TestKit;
using Filecoin.Wasm.Tests.Running;

namespace Filecoin.Wasm.Tests.Bundles;

/// <summary>Every actor that was ever on mainnet since network version 17.</summary>
public sealed class BundleTests
{
    public static TheoryData<string> Versions() =>
        ActorBundle.Versions() is { Length: > 0 } versions ? new(versions) : new("(none)");

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_actor_is_rewritten_into_a_valid_module(string version)
    {
        Assert.SkipWhen(ActorBundle.Versions().Length == 0, SkipReason.NoBundles);
        RewriteRules rules = RulesOf(version);
        List<byte[]> actors = ActorBundle.Load(version);
        Assert.NotEmpty(actors);
        foreach (byte[] actor in actors)
        {
            byte[] rewritten = ModuleRewriter.Rewrite(actor, rules);
            Assert.Null(Wasmtime.Module.Validate(ReferenceEngine.Instance, rewritten));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_actor_exports_a_memory_and_the_entry_function(string version)
    {
        Assert.SkipWhen(ActorBundle.Versions().Length == 0, SkipReason.NoBundles);
        List<ModuleInfo> actors =
            [.. ActorBundle.Load(version).Select(actor => ModuleInfo.Read(actor))];
        // The placeholder actor has no code that could be called.
        Assert.All(actors, actor => Assert.False(actor.HasStart));
        Assert.True(actors.Count(IsCallable) >= actors.Count - 1);
    }

    private static RewriteRules RulesOf(string version) =>
        version == "v9" ? RewriteRules.Shark : RewriteRules.Hygge;

    private static bool IsCallable(ModuleInfo actor) =>
        actor.MemoryPagesMin > 0
        && actor.FindFunction("invoke") is
        { Parameters: [WasmType.I32], Result: WasmType.I32 };
}
