using System.Buffers.Binary;

namespace Filecoin.Rpc;

/// <summary>Tells in a line who called whom until a call failed, and why it did.</summary>
/// <remarks>
/// It follows the last call of each that failed: contracts end with what failed in them, as a
/// rule.
/// </remarks>
internal static class CallPath
{
    private const int SelectorLength = 4;
    private const int StepsMax = 12;
    private const uint PanicSelector = 0x4e487b71;

    /// <summary>The path and the reason.</summary>
    public static string Of(TracedCall root)
    {
        List<string> steps = [Step(root)];
        TracedCall last = root;
        while (last.Calls is [.., TracedCall next] && !next.Exit.IsSuccess)
        {
            last = next;
            steps.Add(Step(next));
        }

        if (steps.Count > StepsMax)
        {
            int left = steps.Count - StepsMax;
            steps.RemoveRange(StepsMax / 2, left);
            steps.Insert(StepsMax / 2, $"{left} more");
        }

        return $"{string.Join(" > ", steps)}: {Reason(last)}";
    }

    /// <summary>What a contract reverted with, in words.</summary>
    public static string RevertInWords(ReadOnlySpan<byte> returned)
    {
        string reason = RevertReason.Of(returned);
        if (returned.Length < SelectorLength)
        {
            return returned.IsEmpty ? "reverted without a reason" : $"reverted with {reason}";
        }

        bool isPanic = BinaryPrimitives.ReadUInt32BigEndian(returned) == PanicSelector
            && returned.Length > SelectorLength;
        return isPanic ? $"panic 0x{returned[^1]:x2}, {reason}"
            : reason.StartsWith("0x", StringComparison.Ordinal)
                ? $"custom error {Hex.OfBytes(returned[..SelectorLength])}"
                : reason;
    }

    private static string Step(TracedCall call)
    {
        if (call.Kind == TracedKind.Create)
        {
            return $"new {call.To}";
        }

        if (!call.IsContract)
        {
            string actor = call.Source.Receiver is ActorId id ? $"t0{id.Value}" : call.To;
            return $"{actor} method {call.Source.Method.Value}";
        }

        string name = call.Input.Length >= SelectorLength
            ? Hex.OfBytes(call.Input.AsSpan(0, SelectorLength))
            : "without selector";
        return call.Kind == TracedKind.DelegateCall
            ? $"{call.To} {name} (delegatecall)"
            : $"{call.To} {name}";
    }

    private static string Reason(TracedCall call)
    {
        string exit = ExitText.NameOf(call.Exit);
        return call.Exit.Value == ExitText.Reverted && call.IsContract
            ? $"{exit}, {RevertInWords(call.Output)}"
            : call.Source.Failure is string words ? $"{exit}, {words}" : exit;
    }
}
