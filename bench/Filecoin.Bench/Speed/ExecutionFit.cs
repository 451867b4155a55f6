using System.Globalization;
using Filecoin.ActorRuntime;

namespace Filecoin.Bench;

/// <summary>
/// Fits what the Wasm of built-in actors costs to what native actors count, from samples that
/// <see cref="ExecutionSampling"/> has taken.
/// </summary>
/// <remarks>
/// First to every second file, with the errors there and on the other files, which shows whether
/// it holds for what it has not seen; then to all, of which the rows are printed as the actors'
/// project has them.
/// </remarks>
internal static class ExecutionFit
{
    internal static int Run(string samples, string? folder)
    {
        List<SampledMessage> all = SampledMessage.Read(samples);
        string[] files = [.. all.Select(message => message.File).Distinct()];
        Dictionary<string, int> places = files.Select((file, place) => (file, place))
            .ToDictionary(pair => pair.file, pair => pair.place);
        List<SampledMessage> half = [.. all.Where(message =>
            places[message.File] % 2 == 0 || message.File == CalibrationPrograms.Name)];
        List<SampledMessage> other = [.. all.Except(half)];
        EstimateTable halfTable = EstimateTable.Fit(half);
        Show(halfTable, "fitted to", half, 0);
        Show(halfTable, "judged by", other, 5);
        EstimateTable table = EstimateTable.Fit(all);
        Show(table, "all", all, 30);
        if (folder is not null)
        {
            table.Write(folder, Source(all, table));
        }

        return 0;
    }

    private static void Show(
        EstimateTable table, string title, List<SampledMessage> messages, int worst)
    {
        SampledMessage[] whole = [.. messages.Where(message => message.IsWhole)];
        Console.WriteLine(
            $"{title}: {messages.Count} messages, {whole.Length} that ended with gas left");
        Console.WriteLine(
            "estimate/truth         count   least     1 %     5 %  median    95 %    99 %    most");
        IEnumerable<SampledCall> calls = whole.SelectMany(message => message.Calls);
        foreach (IGrouping<BuiltinType, SampledCall> actor in
            calls.GroupBy(call => call.Type).OrderBy(group => group.Key))
        {
            ShowLine(actor.Key.ToString(), actor.Select(call => table.Estimate(call) / call.Paid));
        }

        ShowLine("calls", calls.Select(call => table.Estimate(call) / call.Paid));
        ShowLine("execution", whole.Select(
            message => message.Calls.Sum(table.Estimate) / message.Execution));
        ShowLine("gas used", whole.Select(message => Ratio(table, message)));
        Console.WriteLine(
            $"below .95: {whole.Count(message => Ratio(table, message) < 0.95)}");
        foreach (SampledMessage message in
            whole.OrderBy(message => Ratio(table, message)).Take(worst))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {message.File} {message.Place}: {Ratio(table, message):F4} ")
                + string.Join(", ", message.Calls.Select(call => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{call.Type}.{call.Method} {table.Estimate(call) / call.Paid:F3}"))));
        }

        Console.WriteLine();
    }

    private static string[] Source(List<SampledMessage> all, EstimateTable table)
    {
        SampledMessage[] whole = [.. all.Where(message => message.IsWhole)];
        int programs = all.Count(message => message.File == CalibrationPrograms.Name);
        double[] sorted = [.. whole.Select(message => Ratio(table, message)).Order()];
        string Shown(double share) => sorted[(int)(share * (sorted.Length - 1))]
            .ToString("F3", CultureInfo.InvariantCulture);
        return
        [
            "Fitted to the official bundle of version 18, mainnet: the reference's sequences for",
            $"network version 28, {all.Count - programs} messages, and {programs} programs;"
                + $" {whole.Length} ended with gas left.",
            $"Gas used by it beside the true: least {Shown(0)}, 1 % {Shown(.01)}, median"
                + $" {Shown(.5)}, 99 % {Shown(.99)}, most {Shown(1)}.",
        ];
    }

    private static double Ratio(EstimateTable table, SampledMessage message) =>
        1 + ((message.Calls.Sum(table.Estimate) - message.Execution) / message.All);

    private static void ShowLine(string name, IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.Order()];
        if (sorted.Length == 0)
        {
            return;
        }

        double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        double[] shares = [0, .01, .05, .5, .95, .99, 1];
        Console.WriteLine($"{name,-22} " + sorted.Length.ToString(CultureInfo.InvariantCulture)
            .PadLeft(7) + string.Concat(shares.Select(share => string.Create(
                CultureInfo.InvariantCulture, $" {At(share),7:F3}"))));
    }
}
