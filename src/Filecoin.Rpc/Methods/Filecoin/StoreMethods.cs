using System.Text.Json.Nodes;

namespace Filecoin.Rpc;

/// <summary>What the store has, found by paths, and whether its index is whole.</summary>
/// <remarks>Spec: lotus node/impl/full/chain.go, chain/index/api.go.</remarks>
public static class StoreMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<string, NodeView>(
            "Filecoin.ChainGetNode", Permission.Read,
            "What a path through the store leads to, as it is.", GetNode),
        RpcMethod.Of<long, bool, IndexValidationView>(
            "Filecoin.ChainValidateIndex", Permission.Write,
            "Whether the index has an epoch's messages and events.", ValidateIndex),
    ];

    private static NodeView GetNode(RpcCall call, string path)
    {
        NodePath walk = new(ChainState.At(call, null));
        return walk.Follow(path);
    }

    /// <remarks>An index is written with its tipset: there is nothing to fill in later.</remarks>
    private static IndexValidationView ValidateIndex(RpcCall call, long epoch, bool fillsIn)
    {
        long head = call.Node.Chain.Head.Epoch.Value;
        if (epoch < 0 || epoch > head)
        {
            throw new RpcException($"cannot validate index at epoch {epoch}, can only validate at"
                + $" an epoch from 0 to the chain head's, {head}");
        }

        if (!call.Node.Chain.TryGetTipset(new(epoch), NullRound.Refused, out Tipset? tipset))
        {
            return new([], epoch, 0, 0, 0, false, IsNullRound: true);
        }

        ChainStore store = call.Node.Chain.Store;
        if (!store.TryGetRecord(tipset, out TipsetRecord? record))
        {
            throw new RpcException($"index corruption: height {epoch} was not executed");
        }

        ulong messages = 0;
        ulong events = 0;
        ulong entries = 0;
        foreach (ChainMessage message in call.Node.MessagesOf(tipset))
        {
            if (!store.TryFindMessage(message.Cid, out MessagePlace? place)
                || place.TipsetKeyCid != tipset.KeyCid
                || !store.TryGetReceipt(record, place.Index, out Receipt? receipt))
            {
                throw new RpcException(
                    $"index corruption: height {epoch} lacks message {message.Cid}");
            }

            messages++;
            foreach (StampedEvent stamped in receipt.EventsRoot is Cid root
                ? EventTree.Load(store.Blocks, root)
                : [])
            {
                events++;
                entries += (ulong)stamped.Entries.Count;
            }
        }

        return new(
            [.. TipsetView.Links(tipset.Cids)], epoch, messages, events, entries, false, false);
    }
}

/// <summary>What a path leads to.</summary>
/// <param name="Cid">Names it.</param>
/// <param name="Obj">
/// What it is: links as {"/": CID}, bytes as base64, tuples as arrays.
/// </param>
public sealed record NodeView(CidLink Cid, JsonNode? Obj);

/// <summary>What the index has of an epoch, all of which is as it must be.</summary>
/// <param name="TipSetKey">The epoch's tipset.</param>
/// <param name="Height">The epoch.</param>
/// <param name="IndexedMessagesCount">Its messages.</param>
/// <param name="IndexedEventsCount">Their events.</param>
/// <param name="IndexedEventEntriesCount">The entries of these.</param>
/// <param name="Backfilled">Whether something was filled in.</param>
/// <param name="IsNullRound">Whether the epoch has no tipset.</param>
public sealed record IndexValidationView(
    IReadOnlyList<CidLink> TipSetKey,
    long Height,
    ulong IndexedMessagesCount,
    ulong IndexedEventsCount,
    ulong IndexedEventEntriesCount,
    bool Backfilled,
    bool IsNullRound);
