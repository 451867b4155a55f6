using System.Globalization;

namespace Filecoin.Rpc;

/// <summary>Counts functions that were called, as geth's tracer of four bytes does.</summary>
/// <remarks>Spec: go-ethereum eth/tracers/native/4byte.go.</remarks>
internal static class Selectors
{
    private const int Length = 4;

    /// <summary>How often each was called, by selector and bytes of its arguments.</summary>
    /// <param name="call">A transaction's call; what makes a contract calls no function.</param>
    public static SortedDictionary<string, long> Of(TracedCall call)
    {
        SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
        Stack<TracedCall> left = new([call]);
        while (left.TryPop(out TracedCall? next))
        {
            if (next.Kind != TracedKind.Create && next.Input.Length >= Length)
            {
                string name = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Hex.OfBytes(next.Input.AsSpan(0, Length))}-{next.Input.Length - Length}");
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }

            next.Calls.ForEach(left.Push);
        }

        return counts;
    }
}
