namespace Filecoin.Rpc;

/// <summary>Events of all actors.</summary>
/// <remarks>Spec: lotus node/impl/full/actor_events.go.</remarks>
public static class EventMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<EventFilterRequest?, IReadOnlyList<ActorEventView>>(
            "Filecoin.GetActorEventsRaw", Permission.Read, "Events that a filter takes.",
            GetEvents, 0),
    ];

    private static IReadOnlyList<ActorEventView> GetEvents(
        RpcCall call, EventFilterRequest? given)
    {
        EventFilterRequest filter = given ?? new(null, null, null, null, null);
        (Tipset at, long first) = RangeOf(call, filter);
        List<ActorEventView> newest = [];
        while (at.Epoch.Value >= first)
        {
            List<ActorEventView> found = [.. Of(call, at, filter)];
            found.Reverse();
            newest.AddRange(found);
            if (newest.Count > call.Node.Limits.ResultsMax)
            {
                throw new RpcException(new RpcError(
                    RpcError.LimitCode, $"more than {call.Node.Limits.ResultsMax} events"));
            }

            if (at.Epoch.Value == 0)
            {
                break;
            }

            at = call.ParentOf(at);
        }

        newest.Reverse();
        return newest;
    }

    private static (Tipset Last, long First) RangeOf(RpcCall call, EventFilterRequest filter)
    {
        if (filter.TipsetKey is { Count: > 0 } key)
        {
            Tipset only = filter.FromHeight is null && filter.ToHeight is null
                ? call.TipsetOf(key)
                : throw RpcException.BadParameters(
                    "cannot specify both TipSetKey and FromHeight/ToHeight");
            return (only, only.Epoch.Value);
        }

        Tipset head = call.Node.Chain.Head;
        long to = filter.ToHeight is long wanted and >= 0
            ? long.Min(wanted, head.Epoch.Value)
            : head.Epoch.Value;
        long from = filter.FromHeight is long given and >= 0 ? given : 0;
        return to - from > call.Node.Limits.RangeMax
            ? throw new RpcException(new RpcError(
                RpcError.LimitCode, $"more than {call.Node.Limits.RangeMax} epochs"))
            : call.Node.Chain.TryGetTipset(new(to), NullRound.Before, out Tipset? last)
                ? (last, from)
                : throw new RpcException($"no tipset of epoch {to}");
    }

    private static IEnumerable<ActorEventView> Of(
        RpcCall call, Tipset tipset, EventFilterRequest filter)
    {
        if (!call.Node.Chain.Store.TryGetRecord(tipset, out TipsetRecord? record))
        {
            yield break;
        }

        ChainState state = ChainState.Of(call, tipset);
        IReadOnlyList<ChainMessage> messages = call.Node.MessagesOf(tipset);
        for (int i = 0; i < messages.Count; i++)
        {
            if (!call.Node.Chain.Store.TryGetReceipt(record, (ulong)i, out Receipt? receipt)
                || receipt.EventsRoot is not Cid root)
            {
                continue;
            }

            foreach (StampedEvent stamped in EventTree.Load(state.Blocks, root))
            {
                if (filter.Takes(state, stamped))
                {
                    yield return ActorEventView.Of(state, stamped, messages[i].Cid);
                }
            }
        }
    }
}

/// <summary>Which events are wanted.</summary>
/// <param name="Addresses">From whom; null or none for from anybody.</param>
/// <param name="Fields">
/// For each of some keys the values, one of which an event must have; none for any value.
/// </param>
/// <param name="FromHeight">The first epoch; null for the first there is.</param>
/// <param name="ToHeight">The last epoch; null for the last there is.</param>
/// <param name="TipsetKey">The one tipset that they are of; null for any.</param>
public sealed record EventFilterRequest(
    [property: JsonPropertyName("addresses")] IReadOnlyList<AddressView>? Addresses,
    [property: JsonPropertyName("fields")]
    IReadOnlyDictionary<string, IReadOnlyList<EventValue>>? Fields,
    [property: JsonPropertyName("fromHeight")] long? FromHeight,
    [property: JsonPropertyName("toHeight")] long? ToHeight,
    [property: JsonPropertyName("tipsetKey")] TipsetLinks? TipsetKey)
{
    internal bool Takes(ChainState state, StampedEvent stamped)
    {
        foreach ((string key, IReadOnlyList<EventValue> values) in
            Fields ?? new Dictionary<string, IReadOnlyList<EventValue>>())
        {
            if (!HasOneOf(stamped, key, values))
            {
                return false;
            }
        }

        return Addresses is null or { Count: 0 } || IsFromOneOf(state, stamped);
    }

    private bool IsFromOneOf(ChainState state, StampedEvent stamped)
    {
        foreach (AddressView address in Addresses!)
        {
            if (state.Actors.TryResolve(address.Address, out ActorId id)
                && id == stamped.Emitter)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOneOf(
        StampedEvent stamped, string key, IReadOnlyList<EventValue> values)
    {
        foreach (EventEntry entry in stamped.Entries)
        {
            if (entry.Key != key)
            {
                continue;
            }

            bool isFound = values.Count == 0;
            foreach (EventValue value in values)
            {
                isFound |= value.Codec == entry.Codec
                    && entry.Value.Span.SequenceEqual(value.Value);
            }

            if (isFound)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The value of an event's entry.</summary>
public sealed record EventValue(
    [property: JsonPropertyName("codec")] ulong Codec,
    [property: JsonPropertyName("value")] byte[] Value);

/// <summary>An event, and where it is from.</summary>
public sealed record ActorEventView(
    [property: JsonPropertyName("entries")] ActorValue Entries,
    [property: JsonPropertyName("emitter")] AddressView Emitter,
    [property: JsonPropertyName("reverted")] bool IsReverted,
    [property: JsonPropertyName("height")] long Height,
    [property: JsonPropertyName("tipsetKey")] TipsetLinks TipsetKey,
    [property: JsonPropertyName("msgCid")] CidLink Message)
{
    internal static ActorEventView Of(ChainState state, StampedEvent stamped, Cid message) => new(
        new(stamped.Entries),
        new(state.Actors.TryGetActor(stamped.Emitter, out ActorState actor)
            && actor.DelegatedAddress is Address delegated
                ? delegated
                : Address.FromId(stamped.Emitter)),
        IsReverted: false,
        state.Tipset.Epoch.Value,
        [.. TipsetView.Links(state.Tipset.Cids)],
        new(message));
}
