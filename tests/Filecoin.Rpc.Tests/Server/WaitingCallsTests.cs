namespace Filecoin.Rpc.Tests.Server;

public sealed class WaitingCallsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly WaitingCalls waiting = new(1);

    [Fact]
    public void What_is_there_takes_up_no_place() =>
        Assert.Equal("there", new WaitingCalls(0).Until(() => "there", Long));

    [Fact]
    public async Task One_more_than_may_wait_is_refused_and_the_others_wait_on()
    {
        using ManualResetEventSlim waits = new();
        string? there = null;
        int looks = 0;
        Task<string?> first = Task.Run(() => waiting.Until(Look, Long));
        waits.Wait(TestContext.Current.CancellationToken);

        RpcException refusal = Assert.Throws<RpcException>(
            () => waiting.Until<string>(() => null, Long));

        Assert.Equal(RpcError.LimitCode, refusal.Error.Code);
        Assert.False(first.IsCompleted);
        Volatile.Write(ref there, "come");
        Assert.Equal("come", await first);
        Assert.Null(waiting.Until<string>(() => null, TimeSpan.Zero));

        string? Look()
        {
            // The second look is from within its place.
            if (Interlocked.Increment(ref looks) == 2)
            {
                waits.Set();
            }

            return Volatile.Read(ref there);
        }
    }
}
