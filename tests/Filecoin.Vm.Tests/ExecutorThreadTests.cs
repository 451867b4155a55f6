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
}
