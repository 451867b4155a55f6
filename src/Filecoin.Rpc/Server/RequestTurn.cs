using System.Diagnostics;

namespace Filecoin.Rpc;

/// <summary>Where a request is with its turns.</summary>
/// <remarks>
/// What changes its place is for whoever holds the lock of <see cref="RequestTurns"/>.
/// </remarks>
/// <param name="caller">Whose request it is.</param>
internal sealed class RequestTurn(RpcCaller caller)
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    private TaskCompletionSource? placed;
    private Beginning? beginning;
    private OperationCanceledException? refusal;

    public RpcCaller Caller => caller;

    /// <summary>The place it has; null for none.</summary>
    public TurnPlaces? Place { get; private set; }

    /// <summary>What it has had of places so far.</summary>
    public TimeSpan Had { get; private set; }

    /// <summary>Whether it has turned out to be long.</summary>
    public bool IsLong { get; set; }

    /// <summary>Whether it goes on without a place, which it made no pause to leave.</summary>
    public bool IsLoose { get; set; }

    /// <summary>Whether it was taken for a long one before it began.</summary>
    public bool IsExpected { get; set; }

    /// <summary>Whether it was refused what it takes.</summary>
    public bool IsRefused => refusal is not null;

    /// <summary>Whether it has given its place to those that it waits for.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Its time begins, on the thread that works on it.</summary>
    public void Start()
    {
        int clock = ThreadTime.Clock;
        beginning = new(
            Stopwatch.GetTimestamp(),
            GC.GetTotalPauseDuration(),
            clock,
            ThreadTime.Read(clock) ?? TimeSpan.Zero);
    }

    /// <summary>What it has had since then of the processor; any thread may ask.</summary>
    /// <remarks>
    /// Garbage is collected for everybody, by a thread that happens to need memory. How long each
    /// has done so is not known, but nobody has worked on a request for longer than the rest of
    /// the time that has passed. Of what is over at once that will do: to ask for the processor's
    /// time takes a microsecond.
    /// </remarks>
    public TimeSpan Last()
    {
        if (beginning is not Beginning begun)
        {
            return TimeSpan.Zero;
        }

        TimeSpan most = Stopwatch.GetElapsedTime(begun.Since)
            - (GC.GetTotalPauseDuration() - begun.Collected);
        if (most < AtOnce)
        {
            return most > TimeSpan.Zero ? most : TimeSpan.Zero;
        }

        TimeSpan had = ThreadTime.Read(begun.Clock) - begun.Used ?? most;
        return had < most ? had : most;
    }

    /// <summary>Whether it has had so much of the processor.</summary>
    public bool HasHad(TimeSpan time) => HasPassed(time) && Last() > time;

    /// <summary>Whether it began so long ago, whoever had the processor.</summary>
    public bool HasPassed(TimeSpan time) =>
        beginning is Beginning begun && Stopwatch.GetElapsedTime(begun.Since) > time;

    /// <summary>Has it end: now, and at each pause to come.</summary>
    public OperationCanceledException Refuse(string why) =>
        refusal = new($"{why}: try again later");

    /// <summary>Ends it if it was refused before.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public void RequireNotRefused()
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    /// <summary>It will be told when a place is its.</summary>
    public Task Await() => (placed = new()).Task;

    /// <summary>A place is its.</summary>
    public void Enter(TurnPlaces place) => (Place, beginning) = (place, null);

    /// <summary>Leaves its place.</summary>
    /// <param name="last">What it has had of it.</param>
    public void Leave(TimeSpan last)
    {
        Had += last;
        Place = null;
    }

    /// <summary>Tells it that a place is its; without the lock.</summary>
    public void Tell() => placed!.SetResult();

    /// <summary>When a thread began to work on it, and what it had had by then.</summary>
    /// <param name="Since">The time.</param>
    /// <param name="Collected">How long garbage had been collected.</param>
    /// <param name="Clock">The thread's clock.</param>
    /// <param name="Used">What that showed.</param>
    private sealed record Beginning(
        long Since, TimeSpan Collected, int Clock, TimeSpan Used);
}
