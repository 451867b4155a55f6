namespace Filecoin.Actors.Cron.Tests;

/// <summary>Rules of the cron actor.</summary>
public sealed class CronActorTests
{
    private static readonly CronState Two = new([
        new(Address.FromId(WellKnownActors.StoragePower), new(5)),
        new(Address.FromId(WellKnownActors.StorageMarket), new(9)),
    ]);

    private readonly MemoryRuntime runtime = new();

    private static BuiltinActor Actor => CronActor.Definition;

    [Fact]
    public void A_tick_calls_all_in_order_whatever_becomes_of_them()
    {
        _ = runtime.Call(Actor, WellKnownActors.System, 1, Two);
        Cid root = runtime.Root;
        runtime.Answers.Enqueue(SendResult.Refused(ErrorNumber.NotFound));
        runtime.Answers.Enqueue(new(ErrorNumber.None, new(40), null));

        Assert.Null(runtime.Call(Actor, WellKnownActors.System, 2));

        Assert.Equal(
            Two.Entries.Select(entry => (entry.Receiver, entry.Method)),
            runtime.Sent.Select(sent => (sent.To, sent.Method)));
        Assert.All(runtime.Sent, sent => Assert.Null(sent.Parameters));
        Assert.All(runtime.Sent, sent => Assert.True(sent.Value.IsZero));
        Assert.Equal(root, runtime.Root);
    }

    [Fact]
    public void The_system_alone_ticks()
    {
        _ = runtime.Call(Actor, WellKnownActors.System, 1, Two);
        runtime.Add(new(100), BuiltinType.Account);

        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, new(100), 2, null));
        Assert.Equal(ExitCode.UserForbidden, runtime.Fail(Actor, new(100), 1, Two));
        Assert.Empty(runtime.Sent);
    }

    [Fact]
    public void Entries_are_ids_and_methods()
    {
        Assert.Empty(CronInvariants.Check(Two));
        Assert.Equal(
            2, CronInvariants.Check(new([new(Address.FromActor([1]), new(0))])).Count());
    }
}
