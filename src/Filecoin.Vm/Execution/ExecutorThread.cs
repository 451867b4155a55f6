using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Filecoin.Vm;

/// <summary>A thread with a stack for the deepest of calls.</summary>
/// <remarks>
/// Calls of actors nest 1,025 deep, each on the native stack, and each may use as much of it as
/// the engine lets it. Only what is touched takes memory. Threads are used again: each one leaves
/// mappings behind, since the engine and the runtime both lay a stack for signals, and a process
/// has a limit of mappings. They are given up in the end, for what a deep call has touched stays.
/// </remarks>
[SuppressMessage("", "CA1001", Justification = "The thread disposes of it when it ends.")]
public sealed class ExecutorThread
{
    private const int StackBytes = 1 << 30;
    private const int RunsMax = 1_000;
    private const int RetryMilliseconds = 10;

    /// <summary>The last one that was busy is first: what it has touched is at hand.</summary>
    private static readonly ConcurrentStack<ExecutorThread> Idle = [];

    private static readonly BlockingCollection<ExecutorThread> Unstarted = [];

    [ThreadStatic]
    private static ExecutorThread? current;

    [ThreadStatic]
    private static WorkBreaks? breaks;

    private readonly AutoResetEvent given = new(false);
    private Action? work;
    private Action? afterwards;
    private int runs;
    private bool isWorn;

    static ExecutorThread() => Start("maker of executors", Make, maxStackBytes: 0);

    private ExecutorThread()
    {
    }

    /// <summary>Whether the calling thread is one.</summary>
    public static bool IsHere => current is not null;

    /// <summary>Whether the calling thread is one that ends with its work.</summary>
    public static bool IsWorn => current is { isWorn: true };

    /// <summary>
    /// Runs work on such a thread: this one if it is, else another one. Whoever applies many
    /// messages does so inside one call of this.
    /// </summary>
    public static T Run<T>(Func<T> work)
    {
        if (current is not null)
        {
            return work();
        }

        T result = default!;
        ExceptionDispatchInfo? failure = null;
        object end = new();
        bool isDone = false;
        Give(Try, End);
        lock (end)
        {
            while (!isDone)
            {
                _ = Monitor.Wait(end);
            }
        }

        failure?.Throw();
        return result;

        void Try()
        {
            try
            {
                result = work();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        }

        void End()
        {
            lock (end)
            {
                isDone = true;
                Monitor.Pulse(end);
            }
        }
    }

    /// <summary>Runs work on such a thread; what awaits the result goes on there.</summary>
    /// <param name="work">The work.</param>
    /// <param name="between">What may be done in between; null for nothing.</param>
    public static Task<T> Start<T>(Func<T> work, WorkBreaks? between = null)
    {
        TaskCompletionSource<T> result = new();
        Give(Try, afterwards: null);
        return result.Task;

        void Try()
        {
            T value;
            try
            {
                value = RunHere(between, work);
            }
            catch (Exception thrown)
            {
                result.SetException(thrown);
                return;
            }

            result.SetResult(value);
        }
    }

    /// <summary>Gives such a thread to work that keeps it for as long as it likes.</summary>
    /// <param name="work">
    /// The work, which must not throw. It goes on on another thread when its own is worn.
    /// </param>
    public static void Keep(Action work) => Give(work, afterwards: null);

    /// <summary>Runs work on the calling thread, which is such a one.</summary>
    /// <param name="between">What may be done in between; null for nothing.</param>
    /// <param name="work">The work.</param>
    public static T RunHere<T>(WorkBreaks? between, Func<T> work)
    {
        breaks = between;
        try
        {
            return work();
        }
        finally
        {
            breaks = null;
        }
    }

    /// <summary>Runs work that nobody holds up, for it holds up others.</summary>
    public static T RunWhole<T>(Func<T> work) => Run(() =>
    {
        WorkBreaks? kept = breaks;
        breaks = null;
        try
        {
            return work();
        }
        finally
        {
            breaks = kept;
        }
    });

    /// <summary>Runs work that may be ended at its pauses, by whoever gave it as well.</summary>
    /// <param name="pause">Called now and then; ends the work by throwing.</param>
    /// <param name="work">The work.</param>
    public static T RunWith<T>(Action pause, Func<T> work) => Run(() =>
    {
        WorkBreaks? kept = breaks;
        breaks = new(
            () =>
            {
                pause();
                kept?.Pause();
            },
            () => kept?.BeforeWait());
        try
        {
            return work();
        }
        finally
        {
            breaks = kept;
        }
    });

    /// <summary>
    /// Called now and then by work that may take long: whoever gave it may hold it up here.
    /// </summary>
    /// <exception cref="OperationCanceledException">Whoever gave it ends it.</exception>
    public static void Pause() => breaks?.Pause();

    /// <summary>Called by work before it waits for something that others do.</summary>
    public static void BeforeWait() => breaks?.BeforeWait();

    /// <summary>Has the calling thread end with its work: what it has touched would stay.</summary>
    internal static void Wear() => current?.isWorn = true;

    /// <summary>Gives work, which must not throw, to a thread that has none.</summary>
    /// <param name="work">The work.</param>
    /// <param name="afterwards">What is told once the thread takes other work.</param>
    private static void Give(Action work, Action? afterwards)
    {
        bool isIdle = Idle.TryPop(out ExecutorThread? idle);
        ExecutorThread thread = isIdle ? idle! : new();
        (thread.work, thread.afterwards) = (work, afterwards);
        _ = thread.given.Set();
        if (!isIdle)
        {
            Unstarted.Add(thread);
        }
    }

    /// <summary>Makes the threads that are missing.</summary>
    /// <remarks>
    /// Whoever starts a thread waits until that has had a processor, which takes long on a busy
    /// machine; those who give work may be what many connections are read by.
    /// </remarks>
    [SuppressMessage("", "RS0030", Justification = "No consensus code runs on the maker.")]
    private static void Make()
    {
        foreach (ExecutorThread thread in Unstarted.GetConsumingEnumerable())
        {
            while (!TryStart(thread))
            {
                // There will be more when others end.
                Thread.Sleep(RetryMilliseconds);
            }
        }
    }

    private static bool TryStart(ExecutorThread thread)
    {
        try
        {
            Start("executor", thread.Work, StackBytes);
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    [SuppressMessage("", "RS0030", Justification = "For its stack; who calls waits for it.")]
    private static void Start(string name, ThreadStart work, int maxStackBytes) =>
        new Thread(work, maxStackBytes) { IsBackground = true, Name = name }.Start();

    private void Work()
    {
        current = this;
        using (given)
        {
            while (!isWorn)
            {
                _ = given.WaitOne();
                (Action first, Action? last) = (work!, afterwards);
                (work, afterwards) = (null, null);
                first();
                isWorn |= ++runs == RunsMax;
                if (!isWorn)
                {
                    Idle.Push(this);
                }

                last?.Invoke();
            }
        }
    }
}
