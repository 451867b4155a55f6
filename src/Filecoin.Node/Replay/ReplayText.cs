using System.Globalization;

namespace Filecoin.Node;

/// <summary>Shows outcomes to people: the receipt, then who called whom.</summary>
internal sealed class ReplayText(TextWriter target, bool showsCharges, bool showsGas)
{
    private const int HexBytesMax = 64;

    public void Write(int index, StepOutcome outcome)
    {
        Message message = outcome.Step.Message;
        target.WriteLine(
            $"#{index}  {message.From} -> {message.To}  method {message.Method}  "
            + $"value {message.Value.ToFilString()}");
        if (outcome.Result is not ApplyResult result)
        {
            target.WriteLine($"    refused: {outcome.Refusal}");
            return;
        }

        WriteReceipt(result);
        target.WriteLine($"    state   {outcome.StateRoot}");
        if (result.Trace?.Root is CallTrace root)
        {
            WriteCall(root, result.Trace, "    ");
        }

        if (showsGas && result.Trace is not null)
        {
            WriteGas(result.Trace);
        }

        foreach (Difference difference in outcome.Differences)
        {
            target.WriteLine($"    DIFFERS {difference}");
        }
    }

    private void WriteReceipt(ApplyResult result)
    {
        Receipt receipt = result.Receipt;
        target.WriteLine($"    exit    {receipt.ExitCode}");
        target.WriteLine($"    gas     {Number(receipt.GasUsed)}");
        if (!receipt.Return.IsEmpty)
        {
            target.WriteLine(
                $"    return  {Hex(receipt.Return.Span)} (codec 0x{result.ReturnCodec:x})");
        }

        foreach (StampedEvent stamped in result.Events)
        {
            target.WriteLine(
                $"    event   f0{stamped.Emitter} with {stamped.Entries.Count} entries");
            foreach (EventEntry entry in stamped.Entries)
            {
                target.WriteLine(
                    $"              {Excerpt.Of(entry.Key)} = {Hex(entry.Value.Span)}");
            }
        }

        GasOutputs fees = result.Gas;
        TokenAmount burnt = fees.BaseFeeBurn + fees.OverEstimationBurn;
        if (!burnt.IsZero || !fees.MinerTip.IsZero)
        {
            target.WriteLine(
                $"    fees    burnt {burnt.ToFilString()}, tip {fees.MinerTip.ToFilString()}");
        }

        string[] reasons =
            result.Failure?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (string line in reasons)
        {
            target.WriteLine($"    why     {Excerpt.OneLine(line)}");
        }
    }

    private void WriteCall(CallTrace call, ExecutionTrace trace, string indent)
    {
        string receiver = call.Receiver is ActorId id && !call.To.IsId ? $" (f0{id})" : "";
        string value = call.Value.IsZero ? "" : $" with {call.Value.ToFilString()}";
        string end = call.ExitCode is ExitCode code
            ? $"exit {code}"
            : call.Error != ErrorNumber.None ? $"refused: {call.Error}" : "out of gas";
        string returned =
            call.Return is IpldBlock block ? $", returned {Hex(block.Data.Span)}" : "";
        target.WriteLine(
            $"{indent}f0{call.From} -> {call.To}{receiver} method {call.Method}{value}: "
            + $"{end}, {Number(GasOf(call, trace))} gas{returned}");
        int next = call.FirstCharge;
        foreach (CallTrace inner in call.Calls)
        {
            WriteCharges(trace, next, inner.FirstCharge, indent);
            WriteCall(inner, trace, indent + "  ");
            next = inner.EndCharge;
        }

        WriteCharges(trace, next, call.EndCharge, indent);
    }

    private void WriteCharges(ExecutionTrace trace, int from, int to, string indent)
    {
        for (int i = from; showsCharges && i < to; i++)
        {
            GasCharge charge = trace.Charges[i];
            target.WriteLine($"{indent}  . {charge.Name} {charge.Total}");
        }
    }

    private void WriteGas(ExecutionTrace trace)
    {
        IEnumerable<(string Name, int Count, Gas Total)> sums = trace.Charges
            .GroupBy(charge => charge.Name, StringComparer.Ordinal)
            .Select(group => (
                group.Key,
                group.Count(),
                group.Aggregate(Gas.Zero, (sum, charge) => sum + charge.Total)))
            .OrderByDescending(sum => sum.Item3);
        foreach ((string name, int count, Gas total) in sums)
        {
            target.WriteLine($"    {name,-28} {count,7} x  {total,18}");
        }
    }

    private static long GasOf(CallTrace call, ExecutionTrace trace)
    {
        Gas sum = Gas.Zero;
        for (int i = call.FirstCharge; i < call.EndCharge; i++)
        {
            sum += trace.Charges[i].Total;
        }

        return sum.RoundUp();
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => bytes.Length <= HexBytesMax
        ? $"0x{Convert.ToHexStringLower(bytes)}"
        : $"0x{Convert.ToHexStringLower(bytes[..HexBytesMax])}... ({bytes.Length} bytes)";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
