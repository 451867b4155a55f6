namespace Filecoin.Rpc;

/// <summary>Calls that wait for what the chain has not yet.</summary>
/// <remarks>
/// Each keeps its thread, but not its place among those that are worked on: else calls that wait
/// would keep out the ones that they wait for.
/// </remarks>
internal sealed class WaitingCalls(int most)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private int count;

    /// <summary>Looks until there is something; null if there is not in time.</summary>
    /// <exception cref="RpcException">Too many wait.</exception>
    public T? Until<T>(Func<T?> look, TimeSpan time)
        where T : class
    {
        if (look() is T present)
        {
            return present;
        }

        try
        {
            if (Interlocked.Increment(ref count) > most)
            {
                throw new RpcException(new RpcError(
                    RpcError.LimitCode, $"{most} calls wait already"));
            }

            ExecutorThread.BeforeWait();
            long start = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(start) < time)
            {
                Thread.Sleep(Step);
                if (look() is T found)
                {
                    return found;
                }
            }

            return null;
        }
        finally
        {
            _ = Interlocked.Decrement(ref count);
        }
    }
}
