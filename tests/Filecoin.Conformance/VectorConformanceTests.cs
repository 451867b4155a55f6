using Filecoin.Actors;
using Filecoin.Node;
using Filecoin.TestKit;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Conformance;

/// <summary>Every message gives what the network, or the reference, gave.</summary>
public sealed class VectorConformanceTests(ITestOutputHelper output)
{
    private static readonly BundleStore Bundles = new(UserCache.Bundles());

    private static readonly SequenceRunner Runner =
        new(Bundles, new ActorCode(new ModuleCache(UserCache.Modules())));

    private static readonly SequenceRunner Compared =
        new(Bundles, new ActorCode(new ModuleCache(UserCache.Modules())))
        {
            Compared = BuiltinActors.All,
        };

    [Theory]
    [InlineData("mainnet/nv17", 9, 143)]
    [InlineData("mainnet/nv18", 10, 129)]
    [InlineData("reference/nv21", 12, 8_830)]
    [InlineData("reference/nv22", 13, 8_911)]
    [InlineData("reference/nv23", 14, 8_923)]
    [InlineData("reference/nv24", 15, 8_812)]
    [InlineData("reference/nv25", 16, 8_969)]
    [InlineData("reference/nv26", 16, 8_930)]
    [InlineData("reference/nv27", 17, 9_004)]
    [InlineData("reference/nv28", 18, 75_184)]
    public void Every_message_is_exact(string folder, int actorsVersion, int messages)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(Bundles.Has(actorsVersion), SkipReason.NoBundle(actorsVersion));
        string[] files = Directory.GetFiles(
            SharedData.Path($"vectors/{folder}"), "*.json*", SearchOption.AllDirectories);

        VectorReport report = new VectorTree(Runner).Run(files, () => { });

        output.WriteLine($"{folder}: {report.Total} messages in {report.Files} files");
        string first = report.Failures.Count == 0
            ? ""
            : $"{report.Failures[0].File} {report.Failures[0].Differences[0]}";
        Assert.True(report.Failures.Count == 0, $"{report.Failures.Count} differ, first: {first}");
        Assert.Equal(messages, report.Total);
    }

    [Theory]
    [InlineData("reference/nv28/genesis")]
    [InlineData("reference/nv28/by-hand")]
    [InlineData("reference/nv28/real-signatures")]
    public void Every_message_is_the_same_with_actors_in_csharp(string folder)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(
            Bundles.Has(BuiltinActors.Version), SkipReason.NoBundle(BuiltinActors.Version));
        string[] files = Directory.GetFiles(
            SharedData.Path($"vectors/{folder}"), "*.json*", SearchOption.AllDirectories);

        VectorReport report = new VectorTree(Compared).Run(files, () => { });

        output.WriteLine($"{folder}: {report.NativeMessages} of {report.Total} messages");
        string first = report.Failures.Count == 0
            ? ""
            : $"{report.Failures[0].File} {report.Failures[0].Differences[0]}";
        Assert.True(report.Failures.Count == 0, $"{report.Failures.Count} differ, first: {first}");
        Assert.NotEqual(0, report.NativeMessages);
    }
}
