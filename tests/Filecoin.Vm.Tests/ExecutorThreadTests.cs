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
    public async Task What_work_starts_at_its_end_goes_on_on_its_thread_after_what_awaited_it()
    {
        List<string> order = [];
        Task<int>? second = null;
        using ManualResetEventSlim isAwaited = new();
        Task<int> first = ExecutorThread.Start(() =>
        {
            isAwaited.Wait();
            ExecutorThread.End(() => second = ExecutorThread.Start(() =>
            {
                order.Add("second");
                return Environment.CurrentManagedThreadId;
            }));
            order.Add("first");
            return Environment.CurrentManagedThreadId;
        });
        Task awaiting = first.ContinueWith(
            _ => order.Add("awaited"), TaskContinuationOptions.ExecuteSynchronously);
        isAwaited.Set();
        await awaiting;

        Assert.Equal(await first, await second!);
        await LeaveExecutor();
        Assert.Equal(["first", "awaited", "second"], order);
    }

    [Fact]
    public async Task Only_one_work_waits_for_the_thread_whose_work_ends()
    {
        Task<int>[] started = [];
        int first = await ExecutorThread.Start(() =>
        {
            ExecutorThread.End(() => started =
            [
                ExecutorThread.Start(() => Environment.CurrentManagedThreadId),
                ExecutorThread.Start(() => Environment.CurrentManagedThreadId),
            ]);
            _ = started[1].Wait(TimeSpan.FromSeconds(30));
            return Environment.CurrentManagedThreadId;
        });
        await LeaveExecutor();
        int[] threads = await Task.WhenAll(started);
        await LeaveExecutor();

        Assert.Equal(first, threads[0]);
        Assert.NotEqual(first, threads[1]);
    }

    /// <summary>What awaited work goes on where the work ran: other tests are to not.</summary>
    private static System.Runtime.CompilerServices.YieldAwaitable LeaveExecutor() => Task.Yield();
}
