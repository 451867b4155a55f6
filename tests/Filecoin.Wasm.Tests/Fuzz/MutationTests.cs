using CsCheck;
using Filecoin.Fuzz.Wasm;
using Filecoin.Wasm.Tests.Running;

namespace Filecoin.Wasm.Tests.Fuzz;

public sealed class MutationTests
{
    private const string Seed = "0000KoRNmqE2";
    private const int Runs = 20_000;

    /// <summary>A seed module with one to three bytes replaced, left out or put in.</summary>
    private static readonly Gen<byte[]> Mutated = Gen.Select(
        Gen.Int[0, SeedModules.All.Length - 1],
        Gen.Select(Gen.Int[0, 2], Gen.Int[8, 1 << 16], Gen.Byte).Array[1, 3],
        (module, edits) => edits.Aggregate(SeedModules.All[module], Apply));

    [Fact]
    public void Seed_modules_are_accepted()
    {
        foreach (byte[] module in SeedModules.All)
        {
            Assert.NotNull(
                RewrittenModule.Build(module, RewriteRules.Hygge, out _, out string reason));
            Assert.Empty(reason);
        }
    }

    [Fact]
    public void A_mutated_module_is_read_or_refused() =>
        Mutated.Sample(bytes => ModuleTarget.Run(bytes), seed: Seed, iter: Runs, threads: 1);

    [Fact]
    public void A_mutated_module_that_is_valid_and_accepted_is_valid_once_rewritten() =>
        Mutated.Sample(bytes => RewrittenTarget.Run(bytes), seed: Seed, iter: Runs, threads: 1);

    [Fact]
    public void A_module_cut_short_anywhere_is_read_or_refused()
    {
        foreach (byte[] module in SeedModules.All)
        {
            for (int length = 0; length < module.Length; length++)
            {
                ModuleTarget.Run(module.AsSpan(0, length));
            }
        }
    }

    private static byte[] Apply(byte[] module, (int Kind, int Place, byte Value) edit)
    {
        int at = edit.Place % module.Length;
        return edit.Kind switch
        {
            0 => [.. module[..at], edit.Value, .. module[(at + 1)..]],
            1 => [.. module[..at], .. module[(at + 1)..]],
            _ => [.. module[..at], edit.Value, .. module[at..]],
        };
    }
}
