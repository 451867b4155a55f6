namespace Filecoin.Node;

/// <summary>Bytes a second that all callers together may send.</summary>
/// <param name="bytesASecond">How many.</param>
internal sealed class ByteRate(long bytesASecond)
{
    /// <summary>For how many seconds all may come at once, after a time without any.</summary>
    private const double AtOnce = 0.125;

    private readonly Lock gate = new();
    private double paidUntil;

    /// <summary>Takes bytes that have come.</summary>
    /// <returns>How long whoever sends them is to wait before it sends more.</returns>
    public TimeSpan Take(long bytes)
    {
        double now = TimeProvider.System.GetElapsedTime(0).TotalSeconds;
        lock (gate)
        {
            paidUntil = double.Max(paidUntil, now - AtOnce)
                + ((double)bytes / bytesASecond);
            return TimeSpan.FromSeconds(double.Max(0, paidUntil - now));
        }
    }
}
