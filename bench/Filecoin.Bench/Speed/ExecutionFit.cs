using System.Globalization;
using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Actors.Evm;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Bench;

/// <summary>
/// Fits what the Wasm of built-in actors costs, method by method, to what native actors know.
/// </summary>
/// <remarks>
/// Files with an even place in the list are fitted to, the others only judge. Invocations that
/// ran out of gas are left out. The rows printed are those of the table in the actors' project.
/// </remarks>
internal static class ExecutionFit
{
    // So small that every loop ends, by gas, as early as it does as Wasm.
    private const uint UnitMilligas = 4_000;
    private const int SamplesMin = 4;
    private const int Features = 6;
    private const int Start = 0;
    private const int Work = Features - 1;

    internal static int Run(string[] paths)
    {
        if (paths.Length == 0)
        {
            return Usage.Show();
        }

        SequenceRunner runner = new(
            new BundleStore(UserCache.Bundles()), new ActorCode(new(UserCache.Modules())))
        {
            Compared =
            [
                .. BuiltinActors.All.Where(actor => actor.Type != BuiltinType.Evm),
                EvmActor.Metered(EvmMetering.Weighed(UnitMilligas)),
            ],
        };
        string[] files = [.. paths.SelectMany(Files).Order(StringComparer.Ordinal)];
        List<ExecutionSample> fitted = [];
        List<ExecutionSample> judged = [];
        ExecutorThread.Run(() =>
        {
            for (int i = 0; i < files.Length; i++)
            {
                (i % 2 == 0 ? fitted : judged).AddRange(Samples(runner, files[i]));
            }

            return 0;
        });
        Fit fit = new(fitted);
        Show(fit, "fitted to", fitted);
        Show(fit, "judged by", judged);
        fit.ShowRows();
        return 0;
    }

    private static IEnumerable<string> Files(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.json*", SearchOption.AllDirectories);

    private static IEnumerable<ExecutionSample> Samples(SequenceRunner runner, string file)
    {
        try
        {
            return [.. runner.Run(SequenceReader.Read(file), isTracing: true)
                .Where(outcome => outcome.Differences.Count == 0)
                .SelectMany(outcome => outcome.Samples)
                .Where(sample => sample.IsWhole && sample.Paid.Milligas > 0)];
        }
        catch (SequenceException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return [];
        }
    }

    private static void Show(Fit fit, string title, List<ExecutionSample> samples)
    {
        Console.WriteLine($"{title} {samples.Count} invocations; estimate / truth");
        Console.WriteLine("actor            calls     least      5 %   median     95 %  greatest");
        foreach (IGrouping<BuiltinType, ExecutionSample> actor in
            samples.GroupBy(sample => sample.Type).OrderBy(group => group.Key))
        {
            ShowLine($"{actor.Key}", [.. actor.Select(fit.Ratio).Order()]);
        }

        if (samples.Count > 0)
        {
            ShowLine("all", [.. samples.Select(fit.Ratio).Order()]);
        }

        Console.WriteLine();
    }

    private static void ShowLine(string name, double[] sorted)
    {
        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-14} {sorted.Length,7} {At(0),9:F3} {At(.05),8:F3} {At(.5),8:F3}"
            + $" {At(.95),8:F3} {At(1),9:F3}"));
    }

    private static double[] FeaturesOf(ExecutionSample sample) =>
    [
        1, sample.ParameterBytes, sample.HostCalls, sample.ReadBytes, sample.WrittenBytes,
        (double)sample.Work / UnitMilligas,
    ];

    /// <summary>Coefficients of all methods; a method seldom seen has those of its actor.</summary>
    private sealed class Fit
    {
        private readonly SortedDictionary<(BuiltinType Type, ulong Method), double[]> rows = [];
        private readonly double unit;

        internal Fit(List<ExecutionSample> samples)
        {
            unit = Solve([.. samples.Where(sample => sample.Work > 0)], null)[Work];
            foreach (IGrouping<BuiltinType, ExecutionSample> actor in
                samples.GroupBy(sample => sample.Type))
            {
                rows[(actor.Key, 0)] = Solve([.. actor], unit);
                foreach (IGrouping<ulong, ExecutionSample> method in
                    actor.GroupBy(sample => sample.Method.Value))
                {
                    if (method.Count() >= SamplesMin)
                    {
                        rows[(actor.Key, method.Key)] = Solve([.. method], unit);
                    }
                }
            }
        }

        internal double Ratio(ExecutionSample sample)
        {
            double[]? row = rows.GetValueOrDefault((sample.Type, sample.Method.Value))
                ?? rows.GetValueOrDefault((sample.Type, 0ul));
            return row is null ? 0 : Dot(row, FeaturesOf(sample)) / sample.Paid.Milligas;
        }

        internal void ShowRows()
        {
            Console.WriteLine($"unit of contracts' work: {Math.Ceiling(unit)} milligas");
            foreach (((BuiltinType type, ulong method), double[] row) in rows)
            {
                Console.WriteLine(
                    $"        [(BuiltinType.{type}, {method})] = "
                    + $"new({string.Join(", ", row[..Work].Select(value => $"{value:F0}"))}),");
            }
        }

        private static double Dot(double[] row, double[] features) =>
            row.Zip(features, (factor, value) => factor * value).Sum();

        /// <summary>
        /// Least squares of relative errors, no factor below zero; what comes out too low weighs
        /// more, and at the end all is raised as far as the median lets it.
        /// </summary>
        private static double[] Solve(ExecutionSample[] samples, double? unit)
        {
            const double TooLow = 0.97;
            const double LowWeight = 30;
            const int Rounds = 60;
            const int Sweeps = 200;
            double[][] inputs = [.. samples.Select(sample =>
                FeaturesOf(sample).Select(value => value / sample.Paid.Milligas).ToArray())];
            double[] scales = [.. Enumerable.Range(0, Features).Select(i =>
                Math.Max(inputs.Select(row => row[i]).DefaultIfEmpty(0).Max(), 1e-300))];
            double[] row = new double[Features];
            row[Work] = unit ?? 0;
            for (int round = 0; round < Rounds; round++)
            {
                double[,] gram = new double[Features, Features];
                double[] right = new double[Features];
                foreach (double[] input in inputs)
                {
                    double weight =
                        round > 0 && Dot(row, input) < TooLow ? LowWeight : 1;
                    for (int i = 0; i < Features; i++)
                    {
                        right[i] += weight * input[i] / scales[i];
                        for (int j = 0; j < Features; j++)
                        {
                            gram[i, j] += weight * input[i] / scales[i] * input[j] / scales[j];
                        }
                    }
                }

                for (int sweep = 0; sweep < Sweeps; sweep++)
                {
                    for (int i = Start; i < (unit is null ? Features : Work); i++)
                    {
                        double rest = right[i];
                        for (int j = 0; j < Features; j++)
                        {
                            rest -= j == i ? 0 : gram[i, j] * row[j] * scales[j];
                        }

                        row[i] = gram[i, i] > 0 ? Math.Max(0, rest / gram[i, i]) / scales[i] : 0;
                    }
                }
            }

            if (inputs.Length > 0)
            {
                double[] ratios = [.. inputs.Select(input => Dot(row, input)).Order()];
                double raise = Math.Max(
                    1, Math.Min(0.955 / ratios[0], 1.045 / ratios[ratios.Length / 2]));
                for (int i = 0; i < (unit is null ? Features : Work); i++)
                {
                    row[i] = Math.Ceiling(row[i] * raise);
                }
            }

            return row;
        }
    }
}
