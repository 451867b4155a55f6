namespace Filecoin.Node;

/// <summary>Bytes a second that all callers together may send.</summary>
/// <param name="bytesASecond">How many.</param>
/// <param name="atOnce">How many after a time without any.</param>
internal sealed class ByteRate(long bytesASecond, long atOnce)
{
    private readonly Lock gate = new();
    private double paidUntil;

    /// <summary>Takes bytes that have come.</summary>
    /// <returns>How long whoever sends them is to wait before it sends more.</returns>
    public TimeSpan Take(long bytes)
    {
        double now = TimeProvider.System.GetElapsedTime(0).TotalSeconds;
        lock (gate)
        {
            paidUntil = double.Max(paidUntil, now - ((double)atOnce / bytesASecond))
                + ((double)bytes / bytesASecond);
            return TimeSpan.FromSeconds(double.Max(0, paidUntil - now));
        }
    }
}
