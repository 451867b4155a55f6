using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Rpc;

/// <summary>Places that are taken in turn, the work that can wait later.</summary>
/// <remarks>Whoever uses it holds the lock of <see cref="RequestTurns"/>.</remarks>
/// <param name="count">How many there are.</param>
internal sealed class TurnPlaces(int count)
{
    private readonly PriorityQueue<RequestTurn, (long Due, long Order)> waiting = new();
    private readonly PriorityQueue<RequestTurn, (long Due, long Order)> held = new();
    private int free = count;
    private long order;

    /// <summary>Whether somebody waits.</summary>
    public bool HasWaiting => waiting.Count + held.Count > 0;

    /// <summary>Puts a turn in line.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="delay">How much later others may come and still go first.</param>
    public void Enqueue(RequestTurn turn, TimeSpan delay = default) => waiting.Enqueue(
        turn,
        (Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency), order++));

    /// <summary>Gives a free place to whoever is first; false if nobody can have one.</summary>
    /// <param name="next">Who has it now.</param>
    /// <param name="holdsUnknown">Whether only those have one who usually ask for little.</param>
    public bool TryTake([NotNullWhen(true)] out RequestTurn? next, bool holdsUnknown = false)
    {
        if (!holdsUnknown)
        {
            while (held.TryDequeue(out next, out (long Due, long Order) place))
            {
                waiting.Enqueue(next, place);
            }
        }

        while (free > 0 && waiting.TryDequeue(out next, out (long Due, long Order) place))
        {
            if (!holdsUnknown || next.Caller.IsLight)
            {
                free--;
                return true;
            }

            held.Enqueue(next, place);
        }

        next = null;
        return false;
    }

    /// <summary>Takes a place back.</summary>
    public void Give() => free++;
}
