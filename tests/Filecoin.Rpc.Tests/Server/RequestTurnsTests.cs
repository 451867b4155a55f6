using System.Diagnostics;
using System.Text;
using Filecoin.Vm;

namespace Filecoin.Rpc.Tests.Server;

public sealed class RequestTurnsTests
{
    private const string Loops = "0x4444444444444444444444444444444444444444";
    private const string Answers = "0x5555555555555555555555555555555555555555";

    private static readonly RpcLimits OnePlace = new() { AtOnceMax = 1, LongAtOnceMax = 1 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_short_request_does_not_wait_for_long_ones_that_came_before()
    {
        RpcNetwork network = Prepare(OnePlace);
        Task<TimeSpan>[] before =
            [.. Enumerable.Range(0, 8).Select(_ => Timed(network, new(), Loops))];
        await Task.Delay(50, Cancelled);

        TimeSpan took = await Timed(network, new(), Answers);

        TimeSpan longest = (await Task.WhenAll(before)).Max();
        Assert.True(took < longest / 2, $"{took} of {longest}");
    }

    [Fact]
    public async Task Long_requests_beyond_the_limit_are_told_to_come_back()
    {
        RpcNetwork network = Prepare(OnePlace with { LongMax = 1 });

        string[] answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Ask(network, new(), Loops)));

        Assert.Contains(answers, answer => answer.Contains("SYS_OUT_OF_GAS"));
        Assert.Contains(answers, answer => answer.Contains($"\"code\":{RpcError.LimitCode}"));
        Assert.EndsWith("07\"}", await Ask(network, new(), Answers));
    }

    [Fact]
    public async Task Who_usually_asks_for_little_may_ask_for_much_though_others_fill_the_places()
    {
        RpcNetwork network = Prepare(OnePlace with { LongMax = 4 });
        RpcCaller modest = new();
        for (int i = 0; i < 10; i++)
        {
            _ = await Ask(network, modest, Answers);
        }

        Task<string>[] others = [.. Enumerable.Range(0, 3).Select(_ => Ask(network, new(), Loops))];
        await Task.Delay(100, Cancelled);
        Task<string> one = Ask(network, modest, Loops);

        Assert.Contains($"\"code\":{RpcError.LimitCode}", await Ask(network, new(), Loops));
        Assert.Contains("SYS_OUT_OF_GAS", await one);
        Assert.All(
            await Task.WhenAll(others), answer => Assert.Contains("SYS_OUT_OF_GAS", answer));
    }

    [Fact]
    public async Task A_caller_whose_requests_are_long_waits_for_its_like_and_is_not_refused()
    {
        RpcNetwork network = Prepare(OnePlace with { LongMax = 1, LongExpectedMax = 1 });
        RpcCaller[] callers = [new(), new()];
        foreach (RpcCaller caller in callers)
        {
            for (int i = 0; i < 5; i++)
            {
                _ = await Ask(network, caller, Loops);
            }
        }

        string[] answers = await Task.WhenAll(
            callers.Select(caller => Ask(network, caller, Loops)));

        Assert.All(answers, answer => Assert.Contains("SYS_OUT_OF_GAS", answer));
    }

    [Fact]
    public async Task Work_without_a_pause_keeps_its_place_from_nobody()
    {
        using RequestTurns turns = new(OnePlace);
        using ManualResetEventSlim isOver = new();
        Task<bool> endless = Run(turns, new(), () => isOver.Wait(TimeSpan.FromMinutes(1)));

        int answer = await Run(turns, new(), () => 7);

        Assert.Equal(7, answer);
        Assert.False(endless.IsCompleted);
        isOver.Set();
        Assert.True(await endless);
    }

    [Fact]
    public async Task While_many_make_no_pauses_only_those_begin_who_ask_for_little()
    {
        using RequestTurns turns = new(OnePlace with { LooseMax = 2 });
        RpcCaller light = new();
        _ = await Run(turns, light, () => 7);
        int begun = 0;
        bool isOver = false;
        Task<int>[] endless = [.. Enumerable.Range(0, 4).Select(_ => Run(turns, new(), () =>
        {
            int place = Interlocked.Increment(ref begun);
            while (!Volatile.Read(ref isOver))
            {
                Thread.SpinWait(100);
            }

            return place;
        }))];

        Assert.Equal(7, await Run(turns, light, () => 7));
        await Task.Delay(500, Cancelled);

        Assert.Equal(2, Volatile.Read(ref begun));
        Assert.Equal(7, await Run(turns, light, () => 7));
        Volatile.Write(ref isOver, true);
        Assert.Equal([1, 2, 3, 4], (await Task.WhenAll(endless)).Order());
    }

    [Fact]
    public async Task Who_asks_on_a_thread_where_machines_run_is_answered_there()
    {
        using RequestTurns turns = new(OnePlace);
        TaskCompletionSource<(int, Task<int>)> asked = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
        ExecutorThread.Keep(() => asked.SetResult((
            Environment.CurrentManagedThreadId,
            turns.Run(new(), () => Environment.CurrentManagedThreadId))));

        (int thread, Task<int> answer) = await asked.Task;

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(thread, await answer);
    }

    [Fact]
    public async Task Who_asks_on_such_a_thread_waits_for_a_place_as_well()
    {
        using RequestTurns turns = new(OnePlace);
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim isOver = new();
        int order = 0;
        Task<int> first = Run(turns, new(), () =>
        {
            begun.SetResult();
            isOver.Wait();
            return ++order;
        });
        await begun.Task;
        TaskCompletionSource<int> second = new(
            TaskCreationOptions.RunContinuationsAsynchronously);
        ExecutorThread.Keep(() => second.SetResult(turns.Run(new(), () => ++order).Result));
        isOver.Set();

        Assert.Equal(2, await second.Task);
        Assert.Equal(1, await first);
    }

    [Fact]
    public async Task Whoever_waits_for_others_leaves_them_its_place()
    {
        using RequestTurns turns = new(OnePlace with { LongMax = 0 });
        using ManualResetEventSlim isOver = new();
        Task<bool> waits = Run(turns, new(), () =>
        {
            ExecutorThread.BeforeWait();
            return isOver.Wait(TimeSpan.FromMinutes(1));
        });

        Assert.Equal(7, await Run(turns, new(), () => 7));

        isOver.Set();
        Assert.True(await waits);
    }

    /// <summary>Asks from a thread that no machine runs on.</summary>
    private static Task<T> Run<T>(RequestTurns turns, RpcCaller caller, Func<T> work) =>
        Task.Run(() => turns.Run(caller, work), Cancelled);

    private static RpcNetwork Prepare(RpcLimits limits)
    {
        RpcNetwork network = new(limits);
        _ = network.Call("hardhat_setCode", Loops, $"0x{Programs.Laborious}");
        _ = network.Call("hardhat_setCode", Answers, "0x60075f5260205ff3");
        _ = network.Call("eth_call", new { to = Answers }, "latest");
        return network;
    }

    private static async Task<TimeSpan> Timed(
        RpcNetwork network, RpcCaller caller, string contract)
    {
        long start = Stopwatch.GetTimestamp();
        _ = await Ask(network, caller, contract);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<string> Ask(
        RpcNetwork network, RpcCaller caller, string contract)
    {
        byte[] request = Encoding.UTF8.GetBytes($$"""
            {"id":1,"method":"eth_call","params":[{"to":"{{contract}}"},"latest"]}
            """);
        using AnswerBuffer answer = await Run(
            network.Node.Turns, caller, () => network.Server.Answer(request, new(network.Node)));
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
