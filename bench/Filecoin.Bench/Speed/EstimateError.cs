using System.Globalization;
using Filecoin.Actors;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Bench;

/// <summary>
/// Runs sequences with native actors and the estimate as it stands, and holds gas used against
/// what is recorded.
/// </summary>
/// <remarks>
/// Messages that end otherwise than recorded are counted and left out, each with the one that
/// finds its state: their gas limit was between the two figures.
/// </remarks>
internal static class EstimateError
{
    private const double Floor = 0.95;
    private const int WorstShown = 30;

    private readonly record struct Ratio(string Place, double Value, bool IsComparable);

    internal static int Run(string[] paths)
    {
        SequenceRunner runner = new(
            new BundleStore(UserCache.Bundles()), new ActorCode(new(UserCache.Modules())))
        {
            Replacing = ExecutionEstimates.Actors,
            Estimate = ExecutionEstimates.For,
        };
        Ratio[] all = ExecutorThread.Run(() => ExecutionSampling.FilesOf(paths)
            .SelectMany(file => RatiosOf(runner, file)).OrderBy(ratio => ratio.Value).ToArray());
        Ratio[] ratios = [.. all.Where(ratio => ratio.IsComparable)];
        double At(double share) => ratios[(int)(share * (ratios.Length - 1))].Value;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ratios.Length} messages, gas used by estimate / recorded: least {At(0):F3}, "
            + $"1 % {At(.01):F3}, 5 % {At(.05):F3}, median {At(.5):F3}, 95 % {At(.95):F3}, "
            + $"99 % {At(.99):F3}, most {At(1):F3}"));
        Console.WriteLine(
            $"below {Floor}: {ratios.Count(ratio => ratio.Value < Floor)};"
            + $" {all.Length - ratios.Length} end otherwise than recorded or follow such a one");
        foreach (Ratio ratio in ratios.Take(WorstShown).Concat(ratios.TakeLast(WorstShown)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {ratio.Place}: {ratio.Value:F4}"));
        }

        return 0;
    }

    private static List<Ratio> RatiosOf(SequenceRunner runner, string file)
    {
        List<Ratio> ratios = [];
        int place = 0;
        bool wasAlike = true;
        foreach (StepOutcome outcome in runner.Run(SequenceReader.Read(file), isTracing: false))
        {
            ExpectedOutcome? expected = outcome.Step.Expected;
            bool isAlike = outcome.Result?.Receipt.ExitCode.Value == expected?.ExitCode;
            if (outcome.Result is ApplyResult result && expected?.GasUsed is > 0 and long used)
            {
                ratios.Add(new(
                    $"{Path.GetFileName(file)} {place}",
                    (double)result.Receipt.GasUsed / used,
                    isAlike && wasAlike));
            }

            wasAlike = isAlike;
            place++;
        }

        return ratios;
    }
}
