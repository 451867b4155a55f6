namespace Filecoin.Vm.Tests;

public sealed class ExecutorThreadTests
{
    [Fact]
    public void Work_runs_on_another_thread_and_nested_work_on_the_same()
    {
        int outer = ExecutorThread.Run(() => Environment.CurrentManagedThreadId);
        (int first, int nested) = ExecutorThread.Run(() => (
            Environment.CurrentManagedThreadId,
            ExecutorThread.Run(() => Environment.CurrentManagedThreadId)));

        Assert.NotEqual(Environment.CurrentManagedThreadId, outer);
        Assert.Equal(first, nested);
    }

    [Fact]
    public void Threads_are_used_again()
    {
        HashSet<int> threads = [];
        for (int i = 0; i < 3_000; i++)
        {
            _ = threads.Add(ExecutorThread.Run(() => Environment.CurrentManagedThreadId));
        }

        // Other tests take and give back threads meanwhile.
        Assert.InRange(threads.Count, 1, 100);
    }

    [Fact]
    public void A_failure_is_the_callers_and_the_thread_goes_on()
    {
        for (int i = 0; i < 3; i++)
        {
            _ = Assert.Throws<InvalidOperationException>(() =>
                ExecutorThread.Run<int>(() => throw new InvalidOperationException("work")));
        }

        Assert.Equal(5, ExecutorThread.Run(() => 5));
    }

    [Fact]
    public void Many_callers_run_at_once() =>
        Assert.Equal(
            Enumerable.Range(0, 16),
            Enumerable.Range(0, 16).AsParallel().AsOrdered().WithDegreeOfParallelism(8)
                .Select(i => ExecutorThread.Run(() => i)));

    [Fact]
    public async Task Work_that_nobody_waits_for_runs_there_and_gives_its_result()
    {
        (int thread, int nested) = await ExecutorThread.Start(() => (
            Environment.CurrentManagedThreadId,
            ExecutorThread.Run(() => Environment.CurrentManagedThreadId)));
        await LeaveExecutor();

        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
        Assert.Equal(thread, nested);
    }

    [Fact]
    public async Task A_failure_of_work_that_nobody_waits_for_is_the_results()
    {
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ExecutorThread.Start<int>(() => throw new InvalidOperationException("work")));

        Assert.Equal(5, await ExecutorThread.Start(() => 5));
        await LeaveExecutor();
    }

    [Fact]
    public async Task What_waits_for_work_may_ask_for_more()
    {
        int sum = 0;
        for (int i = 0; i < 3_000; i++)
        {
            sum += await ExecutorThread.Start(() => 1);
        }

        await LeaveExecutor();
        Assert.Equal(3_000, sum);
    }

    [Fact]
    public async Task What_goes_on_on_such_a_thread_may_run_work_there()
    {
        (int thread, bool isThere) = await ExecutorThread.Start(() => (
            Environment.CurrentManagedThreadId, ExecutorThread.IsHere));
        bool isHere = ExecutorThread.IsHere;
        int next = isHere
            ? ExecutorThread.RunHere(null, () => Environment.CurrentManagedThreadId)
            : thread;
        await LeaveExecutor();

        Assert.True(isThere);
        Assert.Equal(thread, next);
    }

    [Fact]
    public async Task Work_keeps_its_thread_for_as_long_as_it_likes()
    {
        TaskCompletionSource<int> first = new();
        using SemaphoreSlim goOn = new(0);
        TaskCompletionSource<int> second = new();
        ExecutorThread.Keep(() =>
        {
            first.SetResult(ExecutorThread.Run(() => Environment.CurrentManagedThreadId));
            goOn.Wait();
            second.SetResult(ExecutorThread.Run(() => Environment.CurrentManagedThreadId));
        });

        int thread = await first.Task;
        await LeaveExecutor();
        int other = ExecutorThread.Run(() => Environment.CurrentManagedThreadId);
        _ = goOn.Release();

        Assert.Equal(thread, await second.Task);
        await LeaveExecutor();
        Assert.NotEqual(thread, other);
    }

    /// <summary>What awaited work goes on where the work ran: other tests are to not.</summary>
    private static System.Runtime.CompilerServices.YieldAwaitable LeaveExecutor() => Task.Yield();
}
