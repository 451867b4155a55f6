using System.Globalization;
using Filecoin.Actors;
using Filecoin.TestKit;
using Filecoin.Vm;

namespace Filecoin.Node.Tests.Vectors;

/// <summary>
/// Messages on native actors with the estimate use about the gas that the reference used.
/// </summary>
public sealed class ExecutionEstimateTests(ITestOutputHelper output)
{
    private const string Folder = "vectors/reference/nv28";

    // Every so many of the files, so that all folders are there; the others are the bench's.
    private const int Step = 12;

    private static readonly BundleStore Bundles = new(UserCache.Bundles());

    [Fact]
    public void Gas_used_is_nowhere_below_the_reference_s_by_a_twentieth()
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        Assert.SkipUnless(Bundles.Has(18), SkipReason.NoBundle(18));
        SequenceRunner runner = new(Bundles, new ActorCode(cache: null))
        {
            Replacing = ExecutionEstimates.Actors,
            Estimate = ExecutionEstimates.For,
        };
        string[] files =
        [
            .. Directory.EnumerateFiles(
                SharedData.Path(Folder), "*.json.gz", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal).Where((_, i) => i % Step == 3),
        ];

        StepOutcome[] outcomes = ExecutorThread.Run(() => files.SelectMany(file =>
            runner.Run(SequenceReader.Read(file), isTracing: false).ToArray())
            .Where(outcome => outcome.Result is not null).ToArray());
        StepOutcome[] alike =
        [
            .. outcomes.Where((outcome, i) =>
                EndsAlike(outcome) && EndsAlike(outcomes[Math.Max(i - 1, 0)])),
        ];
        double[] ratios = [.. alike.Select(RatioOf).Where(double.IsFinite).Order()];

        Show(files.Length, outcomes.Length - alike.Length, ratios);
        Assert.True(alike.Length >= 0.99 * outcomes.Length, "many messages end otherwise");
        Assert.InRange(ratios[ratios.Length / 2], 0.95, 1.05);
        Assert.True(ratios[0] >= 0.95, $"a message used {ratios[0]:F4} of what it should");
    }

    [Fact]
    public void What_was_never_seen_pays_as_its_actor_does() => Assert.Equal(
        ExecutionEstimates.For(ActorRuntime.BuiltinType.Multisig, new(0)),
        ExecutionEstimates.For(ActorRuntime.BuiltinType.Multisig, new(987_654_321)));

    /// <summary>
    /// Others had a gas limit between the two figures; the next message finds their state.
    /// </summary>
    private static bool EndsAlike(StepOutcome outcome) =>
        outcome.Result!.Receipt.ExitCode.Value == outcome.Step.Expected?.ExitCode;

    private static double RatioOf(StepOutcome outcome) =>
        outcome.Step.Expected?.GasUsed is > 0 and long used
            ? (double)outcome.Result!.Receipt.GasUsed / used
            : double.NaN;

    private void Show(int files, int others, double[] sorted)
    {
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{files} files, {sorted.Length} messages, {others} left out: least {At(0):F3}, "
            + $"1 % {At(.01):F3}, 5 % {At(.05):F3}, median {At(.5):F3}, 95 % {At(.95):F3}, "
            + $"99 % {At(.99):F3}, most {At(1):F3}"));
    }
}
