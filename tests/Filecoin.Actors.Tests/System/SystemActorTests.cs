namespace Filecoin.Actors.Tests;

/// <summary>Rules of actors without a life of their own.</summary>
public sealed class SystemActorTests
{
    private readonly MemoryRuntime runtime = new();

    [Fact]
    public void The_system_actor_begins_with_an_empty_list()
    {
        Assert.Null(runtime.Call(SystemActor.Definition, WellKnownActors.System, 1));

        SystemState state = runtime.LoadState<SystemState>();
        Assert.Equal(StateAccess.EmptyRoot, state.BuiltinActors);
        Assert.Empty(SystemInvariants.Check(state, runtime.Memory));
        Assert.Single(SystemInvariants.Check(new(runtime.Root), new MemoryBlockstore()));
    }

    [Fact]
    public void Nobody_else_makes_a_system_actor()
    {
        runtime.Add(new(100), BuiltinType.Account);
        Assert.Equal(
            ExitCode.UserForbidden, runtime.Fail(SystemActor.Definition, new(100), 1, null));
    }
}
