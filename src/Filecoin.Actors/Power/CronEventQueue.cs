using EventMap = Filecoin.ActorRuntime.StateMap<
    long, Filecoin.ActorRuntime.Int64Key, Filecoin.Ipld.Cid>;

namespace Filecoin.Actors.Power;

/// <summary>Miners that want to be called, by epoch and in the order in which they asked.</summary>
/// <remarks>Spec: actors/power 1; builtin-actors runtime/src/util/multimap.rs.</remarks>
public sealed class CronEventQueue
{
    /// <summary>Bits of hash, and of index, that a node uses.</summary>
    public const int BitWidth = 6;

    private const string Name = "cron events";

    private readonly IRuntime runtime;
    private readonly EventMap epochs;

    private CronEventQueue(IRuntime runtime, EventMap epochs) =>
        (this.runtime, this.epochs) = (runtime, epochs);

    /// <summary>Stores an empty queue and gives its root.</summary>
    public static Cid StoreEmpty(IRuntime runtime) => EventMap.StoreEmpty(runtime, BitWidth);

    /// <summary>Opens a queue.</summary>
    public static CronEventQueue Load(IRuntime runtime, Cid root) =>
        new(runtime, EventMap.Load(
            runtime, root, Name, BitWidth, ExitCode.UserSerialization));

    /// <summary>Appends an event to those of an epoch.</summary>
    public void Add(long epoch, CronEvent item)
    {
        StateArray<CronEvent> events = epochs.TryGet(epoch, out Cid root)
            ? StateArray<CronEvent>.Load(runtime, root, Name)
            : StateArray<CronEvent>.Empty(runtime, Name, BitWidth);
        events.Set(events.Count, item);
        epochs.Set(epoch, events.Flush());
    }

    /// <summary>The events of an epoch, in order.</summary>
    public IReadOnlyList<CronEvent> At(long epoch)
    {
        List<CronEvent> events = [];
        if (epochs.TryGet(epoch, out Cid root))
        {
            foreach ((_, CronEvent item) in
                StateArray<CronEvent>.Load(runtime, root, Name).Entries())
            {
                events.Add(item);
            }
        }

        return events;
    }

    /// <summary>Removes all events of an epoch, of which there must be some.</summary>
    public void Remove(long epoch)
    {
        if (!epochs.Delete(epoch, out _))
        {
            throw Abort.IllegalState($"no cron events at {epoch}");
        }
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => epochs.Flush();
}
