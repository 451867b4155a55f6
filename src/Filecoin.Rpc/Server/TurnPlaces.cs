using System.Diagnostics;

namespace Filecoin.Rpc;

/// <summary>Places that are taken in turn, the work that can wait later.</summary>
/// <remarks>Whoever uses it holds the lock of <see cref="RequestTurns"/>.</remarks>
/// <param name="count">How many there are.</param>
internal sealed class TurnPlaces(int count)
{
    private readonly PriorityQueue<RequestTurn, (long Due, long Order)> waiting = new();
    private int free = count;
    private long order;

    /// <summary>Whether somebody waits.</summary>
    public bool HasWaiting => waiting.Count > 0;

    /// <summary>Whether somebody waits for a place that is free.</summary>
    public bool IsDue => free > 0 && HasWaiting;

    /// <summary>Puts a turn in line.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="delay">How much later others may come and still go first.</param>
    public void Enqueue(RequestTurn turn, TimeSpan delay = default) => waiting.Enqueue(
        turn,
        (Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency), order++));

    /// <summary>Gives a free place to whoever is first.</summary>
    public RequestTurn Take()
    {
        free--;
        return waiting.Dequeue();
    }

    /// <summary>Takes a place back.</summary>
    public void Give() => free++;
}
