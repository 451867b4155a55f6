namespace Filecoin.Actors.Cron;

/// <summary>The cron actor, f03: at the end of each epoch it calls others.</summary>
/// <remarks>Spec: actors/cron.</remarks>
public static class CronActor
{
    /// <summary>What it is and can do.</summary>
    public static BuiltinActor Definition { get; } = new(
        BuiltinType.Cron,
        [
            ActorMethod.Of<CronState>(1, nameof(Constructor), Constructor),
            ActorMethod.Of(2, nameof(EpochTick), EpochTick),
        ]);

    private static void Constructor(IRuntime runtime, CronState parameters)
    {
        runtime.RequireCaller(WellKnownActors.System);
        runtime.CreateState(parameters);
    }

    /// <summary>What becomes of the calls does not matter: one failure stops no other.</summary>
    private static void EpochTick(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.System);

        CronState state = runtime.LoadState<CronState>();
        foreach (CronEntry entry in state.Entries)
        {
            _ = runtime.Send(entry.Receiver, entry.Method, null, TokenAmount.Zero);
        }
    }
}
