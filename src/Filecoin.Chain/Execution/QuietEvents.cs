using Filecoin.ActorRuntime;
using Filecoin.Actors.Power;

namespace Filecoin.Chain;

/// <summary>The power actor's cron events, whose changes are written together.</summary>
/// <remarks>Spec: actors/power 1. Errors: <see cref="IpldException"/>, it cannot be read.</remarks>
internal sealed class QuietEvents(IBlockstore blocks, Cid root)
{
    private static readonly HamtOptions Options = new(BitWidth: CronEventQueue.BitWidth);

    private readonly Hamt<Cid> stored = Hamt<Cid>.Load(blocks, root, Options);
    private readonly EpochKeys epochs = new(blocks, root, Options);

    /// <summary>Events of epochs as they are to be; of none where there are to be none.</summary>
    private readonly Dictionary<long, List<CronEvent>> changed = [];

    /// <summary>The events of an epoch, in order.</summary>
    public IReadOnlyList<CronEvent> At(long epoch) =>
        changed.TryGetValue(epoch, out List<CronEvent>? events) ? events : ReadStored(epoch);

    /// <summary>Appends an event to those of an epoch.</summary>
    public void Add(long epoch, CronEvent item)
    {
        if (!changed.TryGetValue(epoch, out List<CronEvent>? events))
        {
            changed.Add(epoch, events = ReadStored(epoch));
        }

        events.Add(item);
    }

    /// <summary>Removes all events of an epoch.</summary>
    public void Remove(long epoch)
    {
        if (epochs.TryGet(epoch, out _))
        {
            changed[epoch] = [];
        }
        else
        {
            _ = changed.Remove(epoch);
        }
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush()
    {
        foreach ((long epoch, List<CronEvent> events) in changed)
        {
            byte[] key = Int64Key.ToBytes(epoch);
            _ = events.Count == 0 ? stored.Delete(key) : stored.Set(key, Write(events));
        }

        return stored.Flush();
    }

    private List<CronEvent> ReadStored(long epoch)
    {
        List<CronEvent> events = [];
        if (epochs.TryGet(epoch, out Cid list))
        {
            Amt<CronEvent>.Load(blocks, list).ForEach((index, item) =>
            {
                events.Add(index == (ulong)events.Count
                    ? item
                    : throw new IpldException(
                        IpldFailure.Malformed, list, $"a gap before event {index}"));
            });
        }

        return events;
    }

    private Cid Write(List<CronEvent> events)
    {
        Amt<CronEvent> list = new(blocks, CronEventQueue.BitWidth);
        for (int i = 0; i < events.Count; i++)
        {
            list.Set((ulong)i, events[i]);
        }

        return list.Flush();
    }
}

/// <summary>
/// Epochs that a map has as keys: the first time the map is asked, for more than one all are read.
/// </summary>
internal sealed class EpochKeys(IBlockstore blocks, Cid root, HamtOptions options)
{
    private readonly Hamt<Cid> map = Hamt<Cid>.Load(blocks, root, options);
    private HashSet<long>? all;
    private bool wasAsked;

    /// <summary>Gets what the map has for an epoch.</summary>
    public bool TryGet(long epoch, out Cid value)
    {
        if (wasAsked)
        {
            all ??= ReadAll();
        }

        wasAsked = true;
        value = default;
        bool mayBe = all is null || all.Contains(epoch);
        return mayBe && map.TryGet(Int64Key.ToBytes(epoch), out value);
    }

    private HashSet<long> ReadAll()
    {
        HashSet<long> keys = [];
        foreach ((ReadOnlyMemory<byte> key, _) in map.Entries())
        {
            if (Int64Key.TryParse(key.Span, out long epoch))
            {
                _ = keys.Add(epoch);
            }
        }

        return keys;
    }
}
