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
    private long since;
    private TimeSpan used;
    private TimeSpan collected;
    private OperationCanceledException? refusal;

    public RpcCaller Caller => caller;

    /// <summary>The place it has; null for none.</summary>
    public TurnPlaces? Place { get; private set; }

    /// <summary>What it has had of places so far.</summary>
    public TimeSpan Had { get; private set; }

    /// <summary>Whether it has turned out to be long.</summary>
    public bool IsLong { get; set; }

    /// <summary>Whether it was taken for a long one before it began.</summary>
    public bool IsExpected { get; set; }

    /// <summary>Whether it was refused what it takes.</summary>
    public bool IsRefused => refusal is not null;

    /// <summary>Whether it has given its place to those that it waits for.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Its time begins, on the thread that works on it.</summary>
    public void Start() => (since, used, collected) =
        (Stopwatch.GetTimestamp(), ThreadTime.Now, GC.GetTotalPauseDuration());

    /// <summary>What it has had since then of the processor, asked on the same thread.</summary>
    /// <remarks>
    /// The collection of garbage is everybody's: it is not counted. Of what is over at once the
    /// time that has passed will do: to ask for the processor's takes a microsecond.
    /// </remarks>
    public TimeSpan Last()
    {
        TimeSpan passed = Passed();
        if (passed < AtOnce)
        {
            return passed;
        }

        TimeSpan last = ThreadTime.Now - used - (GC.GetTotalPauseDuration() - collected);
        return last > TimeSpan.Zero ? last : TimeSpan.Zero;
    }

    /// <summary>Whether it has had so much of the processor, asked on the same thread.</summary>
    public bool HasHad(TimeSpan time) => Passed() > time && Last() > time;

    /// <summary>How long ago its time began, whoever had the processor.</summary>
    public TimeSpan Passed() => Stopwatch.GetElapsedTime(since);

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
    public void Enter(TurnPlaces place)
    {
        Place = place;
        since = Stopwatch.GetTimestamp();
    }

    /// <summary>Leaves its place.</summary>
    /// <param name="last">What it has had of it.</param>
    public void Leave(TimeSpan last)
    {
        Had += last;
        Place = null;
    }

    /// <summary>Tells it that a place is its; without the lock.</summary>
    public void Tell() => placed!.SetResult();
}
