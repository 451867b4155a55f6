using Filecoin.Actors;
using Filecoin.Node;
using Filecoin.Vm;

namespace Filecoin.Bench;

/// <summary>
/// How fast recorded messages run on official Wasm actors, or on those in C# that take their
/// place: warm, one thread, opening the machine and writing the state back outside the clock.
/// </summary>
/// <remarks>
/// The reference's figures are ref-fvm's on a like machine, as the project's first issue states
/// them. A round runs every file once. What is not counted: three rounds of every eighth file,
/// which compile and warm.
/// </remarks>
internal static class MessageSpeed
{
    private const string NativeOption = "--native";
    private const int RoundsByItself = 5;
    private const int WarmingRounds = 3;
    private const int WarmingShare = 8;

    /// <summary>
    /// Kinds of messages, the built-in actor that they call, and the reference's median in µs.
    /// </summary>
    private static readonly (string Kind, string? Actor, double? Reference)[] Kinds =
    [
        ("evm call", "evm", 118), ("miner", "storageminer", 328), ("cron tick", "cron", 1_074),
        ("bare send", null, 5), ("multisig", "multisig", 105), ("market", "storagemarket", null),
        ("power", "storagepower", null), ("eam", "eam", null),
        ("verifreg", "verifiedregistry", null), ("datacap", "datacap", null),
        ("paych", "paymentchannel", null), ("other", null, null),
    ];

    internal static int Run(string[] args)
    {
        bool isNative = args.Contains(NativeOption);
        args = [.. args.Where(arg => arg != NativeOption)];
        if (args.Length is not (1 or 2))
        {
            return Usage.Show();
        }

        string[] files = [.. Files(args[0])];
        int rounds = args.Length > 1 ? int.Parse(args[1]) : RoundsByItself;
        SequenceRunner runner = new(
            new BundleStore(UserCache.Bundles()), new ActorCode(new(UserCache.Modules())))
        {
            Replacing = isNative ? ExecutionEstimates.Actors : null,
            Estimate = isNative ? ExecutionEstimates.For : null,
        };
        List<Round> measured = ExecutorThread.Run(() =>
        {
            string[] some = [.. files.Where((_, i) => i % WarmingShare == 0)];
            for (int i = 0; i < WarmingRounds; i++)
            {
                _ = new Round(runner, some);
            }

            return Enumerable.Range(0, rounds).Select(_ => new Round(runner, files)).ToList();
        });
        Show(measured);
        return 0;
    }

    private static IOrderedEnumerable<string> Files(string path) => (File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*.json*", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal);

    private static void Show(List<Round> rounds)
    {
        Console.WriteLine(
            $"{rounds[0].Costs.Count} messages, {rounds.Count} rounds of one thread");
        Console.WriteLine(
            $"gas per ns      {Spread(rounds.Select(round => round.GasPerNanosecond))}");
        Console.WriteLine(
            $"messages per s  {Spread(rounds.Select(round => round.MessagesPerSecond))}");
        Console.WriteLine();
        Console.WriteLine(
            "kind        messages   median µs (of rounds: min to max)   reference   bytes");
        foreach ((string kind, _, double? reference) in Kinds)
        {
            double[] medians =
                [.. rounds.Select(round => round.MedianMicroseconds(kind)).Where(double.IsFinite)];
            if (medians.Length > 0)
            {
                Console.WriteLine(
                    $"{kind,-10} {rounds[0].Count(kind),9}   {Spread(medians),-34}"
                    + $" {reference,10}   {rounds[0].MedianBytes(kind),8:N0}");
            }
        }
    }

    /// <summary>Median, least and greatest.</summary>
    private static string Spread(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return $"{sorted[sorted.Length / 2],8:N1} ({sorted[0]:N1} to {sorted[^1]:N1})";
    }

    /// <summary>All messages once.</summary>
    private sealed class Round
    {
        /// <summary>
        /// One file at a time is in memory: with all of them there, collections of that heap
        /// would be most of what is measured.
        /// </summary>
        internal Round(SequenceRunner runner, string[] files)
        {
            foreach (string file in files)
            {
                Costs.AddRange(runner.Run(SequenceReader.Read(file), isTracing: false)
                    .Where(outcome => outcome.Result is not null)
                    .Select(outcome =>
                        (KindOf(outcome), outcome.Result!.Receipt.GasUsed, outcome.Cost)));
            }
        }

        internal List<(string Kind, long Gas, ApplyCost Cost)> Costs { get; } = [];

        internal double GasPerNanosecond =>
            Costs.Sum(item => item.Gas) / Costs.Sum(item => item.Cost.Elapsed.TotalNanoseconds);

        internal double MessagesPerSecond =>
            Costs.Count / Costs.Sum(item => item.Cost.Elapsed.TotalSeconds);

        internal int Count(string kind) => Costs.Count(item => item.Kind == kind);

        internal double MedianMicroseconds(string kind) =>
            Median(kind, cost => cost.Elapsed.TotalMicroseconds);

        internal double MedianBytes(string kind) => Median(kind, cost => cost.AllocatedBytes);

        private double Median(string kind, Func<ApplyCost, double> figure)
        {
            double[] sorted =
            [
                .. Costs.Where(item => item.Kind == kind).Select(item => figure(item.Cost)).Order(),
            ];
            return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
        }

        /// <summary>A send that makes an actor is no bare one: its kind is none of these.</summary>
        private static string KindOf(StepOutcome outcome) =>
            outcome.Step.Message.Method == MethodNumber.Send && outcome.ActorName != "none"
                ? "bare send"
                : Kinds.FirstOrDefault(row => row.Actor == outcome.ActorName).Kind ?? "other";
    }
}
