using System.Runtime.ExceptionServices;

namespace Filecoin.Vm;

/// <summary>A thread with a stack for the deepest of calls.</summary>
/// <remarks>
/// Calls of actors nest 1,025 deep, each on the native stack, and each may use as much of it as
/// the engine lets it. Only what is touched takes memory.
/// </remarks>
public static class ExecutorThread
{
    private const int StackBytes = 1 << 30;

    [ThreadStatic]
    private static bool isExecutor;

    /// <summary>
    /// Runs work on such a thread: this one if it is, else a new one. Whoever applies many
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
        Thread thread = new(
            () =>
            {
                isExecutor = true;
                try
                {
                    result = work();
                }
                catch (Exception thrown)
                {
                    failure = ExceptionDispatchInfo.Capture(thrown);
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
