using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.TestKit;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Node.Tests.Vectors;

/// <summary>The comparison of actors in C# with their Wasm sees what differs.</summary>
public sealed class NativeComparisonTests
{
    private const string File =
        "vectors/reference/nv28/scenarios/"
        + "authenticate_message_test-account_authenticate_message_test.json.gz";

    private static readonly BundleStore Bundles = new(UserCache.Bundles());

    [Fact]
    public void Actors_that_do_the_same_have_no_difference()
    {
        List<StepOutcome> outcomes = Run(BuiltinActors.All);

        Assert.All(outcomes, outcome => Assert.Empty(outcome.Differences));
        Assert.Contains(outcomes, outcome => outcome.NativeCalls.Contains("account"));
    }

    [Fact]
    public void An_actor_that_pays_too_little_is_found()
    {
        BuiltinActor free = new(BuiltinType.Account, []) { IsInert = true };

        Difference[] differences = [.. Run([free]).SelectMany(outcome => outcome.Differences)];

        Assert.Contains(differences, found => found.Field == "native charges");
        Assert.Contains(differences, found => found.Field == "native gas used");
        Assert.Contains(differences, found => found.Field == "native state root");
    }

    [Fact]
    public void An_actor_that_returns_something_else_is_found()
    {
        BuiltinActor account = BuiltinActors.All.Single(a => a.Type == BuiltinType.Account);
        BuiltinActor other = new(BuiltinType.Account, [.. account.Methods.Select(method =>
            ActorMethod.Raw(method.Number, method.Name, (runtime, _, parameters) =>
                method.Invoke(runtime, parameters) is IpldBlock result
                    ? result with { Data = new byte[] { 0xf4 } }
                    : null))]);

        Difference[] differences = [.. Run([other]).SelectMany(outcome => outcome.Differences)];

        Assert.Contains(differences, found => found.Field == "native return");
    }

    private static List<StepOutcome> Run(IReadOnlyList<BuiltinActor> actors)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(Bundles.Has(18), SkipReason.NoBundle(18));
        SequenceRunner runner = new(Bundles, new ActorCode(new ModuleCache(UserCache.Modules())))
        {
            Compared = actors,
        };
        MessageSequence sequence = SequenceReader.Read(SharedData.Path(File));
        return [.. runner.Run(sequence, isTracing: false)];
    }
}
