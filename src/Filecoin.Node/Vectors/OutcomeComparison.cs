using System.Text;

namespace Filecoin.Node;

/// <summary>Holds an outcome against what it should be.</summary>
internal static class OutcomeComparison
{
    private const string Instructions = ChargeScript.Instructions;
    private const string Growth = ChargeScript.Growth;

    public static IReadOnlyList<Difference> Compare(
        ExpectedOutcome? expected, ApplyResult result, Cid stateRoot)
    {
        if (expected is null)
        {
            return [];
        }

        List<Difference> differences = [];
        Receipt receipt = result.Receipt;
        Check("exit code", expected.ExitCode?.ToString(), $"{receipt.ExitCode.Value}");
        Check(
            "return",
            expected.Return is null ? null : Hex(expected.Return),
            Hex(receipt.Return.Span));
        Check("return codec", expected.ReturnCodec?.ToString(), $"{result.ReturnCodec ?? 0}");
        Check("gas used", expected.GasUsed?.ToString(), $"{receipt.GasUsed}");
        Check("events root", expected.EventsRoot, receipt.EventsRoot?.ToString() ?? "");
        Check(
            "events",
            expected.Events is null ? null : Describe(expected.Events),
            Describe(result.Events));
        Check("state root", expected.StateRoot?.ToString(), stateRoot.ToString());
        foreach ((string name, string actual) in Settlement(result.Gas))
        {
            Check(name, expected.Settlement?.GetValueOrDefault(name), actual);
        }

        if (expected.Charges is not null && result.Trace is not null)
        {
            CompareCharges(expected.Charges, result.Trace, differences);
        }

        return differences;

        void Check(string field, string? wanted, string actual)
        {
            if (wanted is not null && wanted != actual)
            {
                differences.Add(new(field, wanted, actual));
            }
        }
    }

    public static (string Name, string Value)[] Settlement(GasOutputs gas) =>
    [
        ("penalty", gas.MinerPenalty.ToString()),
        ("miner_tip", gas.MinerTip.ToString()),
        ("base_fee_burn", gas.BaseFeeBurn.ToString()),
        ("over_estimation_burn", gas.OverEstimationBurn.ToString()),
        ("refund", gas.Refund.ToString()),
        ("gas_burned", $"{gas.GasBurned}"),
    ];

    public static string Hex(ReadOnlySpan<byte> bytes) => $"0x{Convert.ToHexStringLower(bytes)}";

    public static string Describe(IReadOnlyList<StampedEvent> events)
    {
        StringBuilder text = new();
        foreach (StampedEvent stamped in events)
        {
            _ = text.Append($"f0{stamped.Emitter}(");
            foreach (EventEntry entry in stamped.Entries)
            {
                _ = text.Append(
                    $"{entry.Flags} {entry.Key} {entry.Codec} {Hex(entry.Value.Span)},");
            }

            _ = text.Append(')');
        }

        return text.ToString();
    }

    /// <summary>Names the first charge, in the trace's order, that is not as recorded.</summary>
    /// <remarks>
    /// What memory's growth cost is part of what instructions cost; only traces tell them apart,
    /// and the reference's also count growth that was refused. They are compared together.
    /// </remarks>
    private static void CompareCharges(
        IReadOnlyDictionary<string, (long Count, long Milligas)> expected,
        ExecutionTrace trace,
        List<Difference> differences)
    {
        Dictionary<string, (long Count, long Milligas)> actual = [];
        List<string> order = [];
        foreach (GasCharge charge in trace.Charges)
        {
            if (charge.Name == Growth)
            {
                (long times, long milligas) = actual.GetValueOrDefault(Instructions);
                actual[Instructions] = (times, (new Gas(milligas) + charge.Total).Milligas);
                continue;
            }

            if (!actual.TryGetValue(charge.Name, out (long Count, long Milligas) sum))
            {
                order.Add(charge.Name);
            }

            actual[charge.Name] = (sum.Count + 1, (new Gas(sum.Milligas) + charge.Total).Milligas);
        }

        foreach (string name in expected.Keys)
        {
            if (name != Growth && !actual.ContainsKey(name))
            {
                order.Add(name);
            }
        }

        foreach (string name in order)
        {
            (long Count, long Milligas) wanted = expected.GetValueOrDefault(name);
            if (name == Instructions)
            {
                Gas growth = new(expected.GetValueOrDefault(Growth).Milligas);
                wanted.Milligas = (new Gas(wanted.Milligas) + growth).Milligas;
            }

            (long Count, long Milligas) found = actual.GetValueOrDefault(name);
            if (wanted != found)
            {
                differences.Add(new($"charge {name}", Format(wanted), Format(found)));
                return;
            }
        }
    }

    private static string Format((long Count, long Milligas) charge) =>
        $"{charge.Count} times, {charge.Milligas} milligas";
}
