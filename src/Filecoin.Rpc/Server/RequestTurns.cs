namespace Filecoin.Rpc;

/// <summary>Lets requests take turns, so that short ones never wait for long ones.</summary>
/// <remarks>
/// A request begins at a place for the short ones. If it has not ended with its share of time, it
/// goes on, share by share, at one of the places for long ones, of which a machine with two
/// processors has one. A connection has one request at a time, and who usually asks for little, or
/// has had little yet, goes first. Only so many long ones are under way, for each keeps memory: one
/// more is refused, but a caller whose requests usually are long waits for the end of another such
/// before it begins.
/// </remarks>
public sealed class RequestTurns : IDisposable
{
    /// <summary>What a request has at a time.</summary>
    internal static readonly TimeSpan Share = TimeSpan.FromMilliseconds(5);

    /// <summary>From when on a request that has ended counts as long.</summary>
    internal static readonly TimeSpan LongFrom = TimeSpan.FromMilliseconds(20);

    /// <summary>For how many times what it has had a long request lets others go first.</summary>
    private const int Patience = 20;

    /// <summary>When work that makes no pause no longer keeps a place from others.</summary>
    private static readonly TimeSpan PlaceMax = TimeSpan.FromMilliseconds(20);

    /// <summary>When work that does not go on does not either.</summary>
    private static readonly TimeSpan StandstillMax = TimeSpan.FromMilliseconds(200);

    private static readonly long MemoryMax = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Of so many long requests one is left for who usually asks for little.</summary>
    private const int LeftPart = 4;

    /// <summary>Requests that wait without a place; each keeps a thread.</summary>
    private const int BlockedMax = 64;

    private readonly Lock gate = new();
    private readonly TurnPlaces beginning;
    private readonly TurnPlaces goingOn;
    private readonly TurnPlaces expected;
    private readonly List<RequestTurn> begun = [];
    private readonly int longMax;
    private readonly Timer watch;
    private readonly int looseMax;
    private int longCount;
    private int looseCount;
    private int blockedCount;
    private bool isWatching;

    /// <summary>Turns for requests of a node.</summary>
    public RequestTurns(RpcLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        beginning = new(limits.AtOnceMax);
        goingOn = new(limits.LongAtOnceMax);
        expected = new(limits.LongExpectedMax);
        longMax = limits.LongMax;
        looseMax = limits.LooseMax;
        watch = new(_ => Change(FreePlaces));
    }

    /// <summary>
    /// Has a request worked on in its turn, on a thread where machines run: this one if it is.
    /// </summary>
    /// <param name="caller">Who asks; one request at a time.</param>
    /// <param name="work">The work.</param>
    /// <remarks>
    /// Errors: what the work throws. It is ended from within, by an
    /// <see cref="OperationCanceledException"/>, if it takes long and too many do.
    /// </remarks>
    public async Task<T> Run<T>(RpcCaller caller, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(caller);
        RequestTurn turn = new(caller);
        WorkBreaks breaks = new(() => Pause(turn), () => BeforeWait(turn));
        Task place = Begin(turn);
        if (ExecutorThread.IsHere)
        {
            WaitFor(place);
            return ExecutorThread.RunHere(breaks, Work);
        }

        await place.ConfigureAwait(false);
        return await ExecutorThread.Start(Work, breaks).ConfigureAwait(false);

        T Work()
        {
            turn.Start();
            try
            {
                return work();
            }
            finally
            {
                End(turn, turn.Last());
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => watch.Dispose();

    /// <remarks>A task that is waited for has the processor meanwhile, for a time.</remarks>
    private static void WaitFor(Task place)
    {
        if (!place.IsCompleted)
        {
            _ = ((IAsyncResult)place).AsyncWaitHandle.WaitOne();
        }
    }

    private Task Begin(RequestTurn turn)
    {
        Task place = turn.Await();
        Change(() =>
        {
            if (turn.Caller.IsHeavy)
            {
                expected.Enqueue(turn);
            }
            else
            {
                beginning.Enqueue(turn, turn.Caller.Delay);
            }
        });
        return place;
    }

    private void End(RequestTurn turn, TimeSpan last) => Change(() =>
    {
        GiveUp(turn, last);
        turn.Caller.Note(turn.Had, turn.IsRefused);
        longCount -= turn.IsLong ? 1 : 0;
        blockedCount -= turn.IsBlocked ? 1 : 0;
        if (turn.IsExpected)
        {
            expected.Give();
        }
    });

    /// <summary>Has a request that has had its share wait for the next one.</summary>
    /// <exception cref="OperationCanceledException">Too many take long.</exception>
    private void Pause(RequestTurn turn)
    {
        turn.RequireNotRefused();
        if (!turn.HasHad(Share))
        {
            return;
        }

        if (GC.GetTotalMemory(false) > MemoryMax)
        {
            throw turn.Refuse("requests take all the memory there is for them");
        }

        TimeSpan last = turn.Last();
        Task place = turn.Await();
        bool isRefused = false;

        // A busy machine makes a short request long now and then: a part of the room is left for
        // those who usually ask for little.
        int most = turn.Caller.IsLight ? longMax : longMax - (longMax / LeftPart);
        Change(() =>
        {
            bool isNew = !turn.IsLong && !turn.IsExpected;
            isRefused = isNew && longCount >= most;
            if (!isRefused)
            {
                longCount += isNew ? 1 : 0;
                turn.IsLong |= isNew;
                GiveUp(turn, last);
                goingOn.Enqueue(turn, Patience * turn.Had);
            }
        });
        if (isRefused)
        {
            throw turn.Refuse($"{most} requests that take long are under way");
        }

        WaitFor(place);
        turn.Start();
    }

    /// <summary>Has a request that waits for others leave its place to them.</summary>
    private void BeforeWait(RequestTurn turn)
    {
        TimeSpan last = turn.Last();
        Change(() =>
        {
            if (turn.IsBlocked || blockedCount < BlockedMax)
            {
                GiveUp(turn, last);
                blockedCount += turn.IsBlocked ? 0 : 1;
                turn.IsBlocked = true;
            }
        });
        turn.Start();
    }

    /// <summary>Takes the places of work that makes no pauses: it is among the long now.</summary>
    private void FreePlaces()
    {
        isWatching = false;
        foreach (RequestTurn turn in begun.ToArray())
        {
            bool isBusy = turn.HasHad(PlaceMax);
            bool isTooLong = isBusy || turn.HasPassed(StandstillMax);
            if (isTooLong && longCount < longMax && !turn.IsLong)
            {
                // What it has had will be known when it ends.
                GiveUp(turn, TimeSpan.Zero);
                longCount++;
                turn.IsLong = true;
                looseCount += isBusy ? 1 : 0;
                turn.IsLoose = isBusy;
            }
        }
    }

    private void GiveUp(RequestTurn turn, TimeSpan last)
    {
        looseCount -= turn.IsLoose ? 1 : 0;
        turn.IsLoose = false;
        turn.Place?.Give();
        turn.Leave(last);
        _ = begun.Remove(turn);
    }

    /// <summary>Changes who waits and who has a place, and tells those that get one.</summary>
    private void Change(Action change)
    {
        List<RequestTurn> granted = [];
        lock (gate)
        {
            change();
            while (expected.TryTake(out RequestTurn? next))
            {
                next.IsExpected = true;
                goingOn.Enqueue(next, Patience * next.Had);
            }

            Grant(goingOn, granted);
            Grant(beginning, granted);
            if (beginning.HasWaiting && !isWatching)
            {
                isWatching = watch.Change(PlaceMax, Timeout.InfiniteTimeSpan);
            }
        }

        foreach (RequestTurn turn in granted)
        {
            turn.Tell();
        }
    }

    private void Grant(TurnPlaces places, List<RequestTurn> granted)
    {
        // Each that has begun may turn out to be loose.
        while (places.TryTake(out RequestTurn? next, looseCount >= looseMax))
        {
            next.Enter(places);
            granted.Add(next);
            if (places == beginning)
            {
                begun.Add(next);
            }
        }
    }
}
