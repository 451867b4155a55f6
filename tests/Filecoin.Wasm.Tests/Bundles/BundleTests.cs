using System.Security.Cryptography;
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
        Assert.SkipWhen(ActorBundle.Versions().Length == 0, "no bundles in the cache");
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
        Assert.SkipWhen(ActorBundle.Versions().Length == 0, "no bundles in the cache");
        List<ModuleInfo> actors =
            [.. ActorBundle.Load(version).Select(actor => ModuleInfo.Read(actor))];
        // The placeholder actor has no code that could be called.
        Assert.All(actors, actor => Assert.False(actor.HasStart));
        Assert.True(actors.Count(IsCallable) >= actors.Count - 1);
    }

    // The JavaScript prototype that reproduced mainnet's vectors wrote these bytes, with the
    // older passes' misspelt import and phantom operator put in.
    [Theory]
    [InlineData("v9", "f89ca707aa77ee08ecc221d786a46db0197d28b29f126fa5aa032c5aad6e2447")]
    [InlineData("v18", "713942f149375b6ec7001bc5b57b7ac7eb05e46ce057a4061517bcfae438a6c6")]
    public void Rewriting_gives_the_bytes_that_an_independent_implementation_gave(
        string version, string sha256)
    {
        Assert.SkipUnless(ActorBundle.Versions().Contains(version), "no such bundle in the cache");
        RewriteRules rules = RulesOf(version);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] actor in ActorBundle.Load(version))
        {
            hash.AppendData(ModuleRewriter.Rewrite(actor, rules));
        }

        Assert.Equal(sha256, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    private static RewriteRules RulesOf(string version) =>
        version == "v9" ? RewriteRules.Shark : RewriteRules.Hygge;

    private static bool IsCallable(ModuleInfo actor) =>
        actor.MemoryPagesMin > 0
        && actor.FindFunction("invoke") is
        { Parameters: [WasmType.I32], Result: WasmType.I32 };
}
