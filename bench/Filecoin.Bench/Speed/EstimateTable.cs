using Filecoin.ActorRuntime;
using Filecoin.Evm;

namespace Filecoin.Bench;

/// <summary>Prices of work: by method, and of contracts' own work.</summary>
internal sealed partial class EstimateTable
{
    private const int SamplesMin = 6;
    private const int Own = ExecutionSampling.OwnKinds;
    private const int Prices = Own + 1_400;
    private const double Slack = 0.04;
    private const double Unknown = 500_000;
    private const double Pull = 0.1;
    private const double Light = 1.2;
    private const int Start = (int)ExecutionWork.Start;
    private const double ProgramWeight = 30;
    private const int FirstCurve = EvmPrecompiles.CallKind + 0x06;
    private const int Blake = EvmPrecompiles.CallKind + 0x09;

    // A price that stands for those of many opcodes; numbers are those of no kind.
    private const int LogTopic = 90;

    /// <summary>Calls that are alike.</summary>
    private readonly record struct Sample(SampledCall Call, double Slack, bool IsProgram)
    {
        internal int Count { get; init; }

        internal double Weight => IsProgram ? ProgramWeight : 1 + Math.Log2(Count);
    }

    private readonly SortedDictionary<(BuiltinType Type, ulong Method), double[]> rows = [];
    private double[] contract = [];

    internal static EstimateTable Fit(List<SampledMessage> messages)
    {
        EstimateTable table = new();
        Sample[] samples = [.. messages.Where(message => message.IsWhole)
            .SelectMany(message => message.Calls.Select(call => new Sample(
                call,
                Slack * message.All / message.Execution,
                message.File == CalibrationPrograms.Name)))
            .GroupBy(sample => sample.Call.Kind)
            .Select(same => same.First() with { Count = same.Count() })];
        double[] general = Solve(
            samples.Where(sample => sample.Call.Type != BuiltinType.Evm),
            [],
            new double[Prices],
            pull: 0.01);
        foreach (IGrouping<BuiltinType, Sample> actor in samples.GroupBy(s => s.Call.Type))
        {
            bool isContract = actor.Key == BuiltinType.Evm;
            double[] before = [.. general];
            before[Start] = StartOf(actor, general);
            double[] row = isContract
                ? table.FitContract([.. actor], before)
                : Solve(actor, [Start], before, Pull);
            HashSet<int> settled = [Start];
            settled.UnionWith(isContract ? Enumerable.Range(0, Prices).Where(IsOwn) : []);
            table.rows[(actor.Key, 0)] = row;
            foreach (IGrouping<ulong, Sample> method in actor.GroupBy(s => s.Call.Method))
            {
                if (method.Sum(sample => sample.Count) >= SamplesMin)
                {
                    table.rows[(actor.Key, method.Key)] = Solve(method, settled, row, Pull);
                }
            }
        }

        return table;
    }

    /// <summary>What calls cost that come to nothing else, so that all pay at least that.</summary>
    private static double StartOf(IEnumerable<Sample> calls, double[] general)
    {
        double least = calls.Min(sample => sample.Call.Paid);
        return Solve(
            calls.Where(sample => sample.Call.Paid < Light * least), [], general, Pull)[Start];
    }

    internal double Estimate(SampledCall call) => (rows.GetValueOrDefault((call.Type, call.Method))
        ?? rows.GetValueOrDefault((call.Type, 0ul))) is double[] row
            ? TermsOf(call).Sum(term => term.Factor * row[term.Index])
            : 0;

    /// <summary>
    /// Contracts' own work: from the programs for it, and what these do not have from all else.
    /// </summary>
    private double[] FitContract(Sample[] calls, double[] general)
    {
        double[] before = [.. general];
        foreach ((int index, _) in calls.SelectMany(sample => TermsOf(sample.Call)))
        {
            bool isOpcode = index is >= Own and < Own + EvmPrices.OpcodeCount;
            before[index] = isOpcode ? Unknown : before[index];
        }

        contract = Solve(calls, [], before, 0.001);
        return contract;
    }

    /// <summary>Whether its price is the same for all methods of contracts.</summary>
    private static bool IsOwn(int index) =>
        index >= LogTopic || index is (int)ExecutionWork.Step or (int)ExecutionWork.HostCall;

    /// <param name="calls">What is known.</param>
    /// <param name="settled">Prices that stay as they were before.</param>
    /// <param name="before">Prices where little is known.</param>
    /// <param name="pull">What an error of a whole such price weighs.</param>
    private static double[] Solve(
        IEnumerable<Sample> calls, HashSet<int> settled, double[] before, double pull) =>
        LeastSquares.Solve(
            [.. calls.Where(sample => sample.Call.Paid > 0)
                .Select(sample => EquationOf(sample, settled, before))],
            before,
            pull);

    private static Equation EquationOf(Sample sample, HashSet<int> settled, double[] before)
    {
        double target = 1;
        List<(int, double)> terms = [];
        foreach ((int index, double factor) in TermsOf(sample.Call))
        {
            double share = factor / sample.Call.Paid;
            if (settled.Contains(index))
            {
                target -= share * before[index];
            }
            else
            {
                terms.Add((index, share));
            }
        }

        return new([.. terms], target, target - sample.Slack, sample.Weight, sample.IsProgram);
    }

    private static (int Index, double Factor)[] TermsOf(SampledCall call) => TermsOf(call.Work);

    /// <summary>Opcodes that differ in a number alone share their prices.</summary>
    private static (int Index, double Factor)[] TermsOf((int Kind, double Units)[] work)
    {
        List<(int, double)> terms = new(work.Length + 2);
        double copies = 0;
        double swaps = 0;
        double logs = 0;
        double topics = 0;
        foreach ((int kind, double units) in work)
        {
            switch (kind - Own)
            {
                case >= FirstCurve and < EvmPrecompiles.WorkKind and not Blake:
                    // Each call has its work, but those that are refused at once.
                    break;
                case >= 0x80 and <= 0x8f:
                    copies += units;
                    break;
                case >= 0x90 and <= 0x9f:
                    swaps += units;
                    break;
                case >= 0xa0 and <= 0xa4:
                    logs += units;
                    topics += units * (kind - Own - 0xa0);
                    break;
                default:
                    terms.Add((kind, units));
                    break;
            }
        }

        (int Index, double Factor)[] shared =
        [
            (Own + 0x80, copies), (Own + 0x90, swaps),
            (Own + 0xa0, logs), (LogTopic, topics),
        ];
        return [.. terms, .. shared.Where(term => term.Factor > 0)];
    }
}
