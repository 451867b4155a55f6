using System.Buffers;
using System.Globalization;

namespace Filecoin.Rpc;

/// <summary>Times as Go writes them: <c>1m30s</c>, <c>500ms</c>, <c>1.5h</c>.</summary>
/// <remarks>Spec: Go time.ParseDuration.</remarks>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Name, decimal Ticks)[] Units =
    [
        // Of two that begin alike the longer one comes first.
        ("ns", 0.01m), ("us", 10), ("µs", 10), ("μs", 10), ("ms", 10_000),
        ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a time; what is less than 100 nanoseconds is none.</summary>
    /// <exception cref="RpcException">It is none, in Go's words.</exception>
    public static TimeSpan Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().TrimStart("+-");
        if (rest.SequenceEqual("0"))
        {
            return TimeSpan.Zero;
        }

        decimal ticks = 0;
        bool isRead = rest.Length > 0 && text.Length - rest.Length <= 1;
        while (isRead && rest.Length > 0)
        {
            int digits = rest.IndexOfAnyExcept(Digits);
            if (digits < 0)
            {
                throw RpcException.BadParameters(
                    $"time: missing unit in duration \"{text}\"");
            }

            isRead = TryReadPart(ref rest, digits, ref ticks);
        }

        return isRead && ticks <= long.MaxValue / 100
            ? TimeSpan.FromTicks(text[0] == '-' ? -(long)ticks : (long)ticks)
            : throw RpcException.BadParameters($"time: invalid duration \"{text}\"");
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, int digits, ref decimal ticks)
    {
        const int DigitsMax = 18;
        if (digits is 0 or > DigitsMax || !decimal.TryParse(
            rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out decimal count))
        {
            return false;
        }

        rest = rest[digits..];
        foreach ((string name, decimal each) in Units)
        {
            if (rest.StartsWith(name, StringComparison.Ordinal))
            {
                rest = rest[name.Length..];
                ticks += count * each;
                return true;
            }
        }

        return false;
    }
}
