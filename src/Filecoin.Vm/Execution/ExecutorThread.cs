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
public sealed class ExecutorThread
{
    private const int StackBytes = 1 << 30;
    private const int RunsMax = 1_000;

    private static readonly ConcurrentBag<ExecutorThread> Idle = [];

    [ThreadStatic]
    private static bool isExecutor;

    private readonly object gate = new();
    private Action? work;
    private int runs;

    [SuppressMessage("", "RS0030", Justification = "For its stack; who calls waits for it.")]
    private ExecutorThread() =>
        new Thread(Work, StackBytes) { IsBackground = true, Name = "executor" }.Start();

    /// <summary>
    /// Runs work on such a thread: this one if it is, else another one. Whoever applies many
    /// messages does so inside one call of this.
    /// </summary>
    public static T Run<T>(Func<T> work)
    {
        if (isExecutor)
        {
            return work();
        }

        T result = default!;
        ExceptionDispatchInfo? failure = null;
        ExecutorThread thread = Idle.TryTake(out ExecutorThread? idle) ? idle : new();
        thread.RunHere(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        failure?.Throw();
        return result;
    }

    /// <summary>Gives work to the thread and waits until it is done.</summary>
    private void RunHere(Action given)
    {
        lock (gate)
        {
            work = given;
            Monitor.PulseAll(gate);
            while (work is not null)
            {
                _ = Monitor.Wait(gate);
            }
        }

        if (runs < RunsMax)
        {
            Idle.Add(this);
        }
    }

    private void Work()
    {
        isExecutor = true;
        lock (gate)
        {
            while (runs < RunsMax)
            {
                while (work is null)
                {
                    _ = Monitor.Wait(gate);
                }

                work();
                work = null;
                runs++;
                Monitor.PulseAll(gate);
            }
        }
    }
}
