namespace Filecoin.Rpc;

/// <summary>A header of a block.</summary>
public sealed record HeaderView(
    AddressView Miner,
    TicketView? Ticket,
    ElectionView? ElectionProof,
    IReadOnlyList<BeaconView> BeaconEntries,
    [property: JsonPropertyName("WinPoStProof")] IReadOnlyList<ActorValue>? WinningProof,
    IReadOnlyList<CidLink> Parents,
    string ParentWeight,
    long Height,
    CidLink ParentStateRoot,
    CidLink ParentMessageReceipts,
    CidLink Messages,
    [property: JsonPropertyName("BLSAggregate")] SignatureView? BlsAggregate,
    ulong Timestamp,
    [property: JsonPropertyName("BlockSig")] SignatureView? BlockSignature,
    ulong ForkSignaling,
    AmountView ParentBaseFee)
{
    /// <summary>The view of a header.</summary>
    public static HeaderView Of(BlockHeader block) => new(
        new(block.Miner),
        block.Ticket is Ticket ticket ? new(GoBytes.Of(ticket.VrfProof)) : null,
        block.ElectionProof is ElectionProof election
            ? new(election.WinCount, GoBytes.Of(election.VrfProof))
            : null,
        [.. BeaconsOf(block)],
        block.WinningPost.Count == 0 ? null : [.. ProofsOf(block)],
        [.. TipsetView.Links(block.Parents)],
        $"{block.ParentWeight.Value}",
        block.Epoch.Value,
        new(block.ParentStateRoot),
        new(block.ParentReceipts),
        new(block.Messages),
        SignatureView.Of(block.BlsAggregate),
        block.Timestamp,
        SignatureView.Of(block.Signature),
        block.ForkSignaling,
        new(block.ParentBaseFee));

    private static IEnumerable<BeaconView> BeaconsOf(BlockHeader block)
    {
        foreach (BeaconEntry entry in (IEnumerable<BeaconEntry>)block.BeaconEntries)
        {
            yield return new(entry.Round, GoBytes.Of(entry.Data));
        }
    }

    private static IEnumerable<ActorValue> ProofsOf(BlockHeader block)
    {
        foreach (PostProof proof in (IEnumerable<PostProof>)block.WinningPost)
        {
            yield return new(proof);
        }
    }
}

/// <summary>What a miner drew.</summary>
public sealed record TicketView([property: JsonPropertyName("VRFProof")] byte[]? VrfProof);

/// <summary>Why a miner may make a block.</summary>
public sealed record ElectionView(
    long WinCount, [property: JsonPropertyName("VRFProof")] byte[]? VrfProof);

/// <summary>A round of the randomness beacon.</summary>
public sealed record BeaconView(ulong Round, byte[]? Data);

/// <summary>A tipset.</summary>
public sealed record TipsetView(
    IReadOnlyList<CidLink> Cids, IReadOnlyList<HeaderView> Blocks, long Height)
{
    /// <summary>The view of a tipset.</summary>
    public static TipsetView Of(Tipset tipset) => new(
        [.. Links(tipset.Cids)], [.. Headers(tipset)], tipset.Epoch.Value);

    /// <summary>The links of CIDs.</summary>
    internal static IEnumerable<CidLink> Links(IEnumerable<Cid> cids)
    {
        foreach (Cid cid in cids)
        {
            yield return new(cid);
        }
    }

    private static IEnumerable<HeaderView> Headers(Tipset tipset)
    {
        foreach (BlockHeader block in tipset.Blocks)
        {
            yield return HeaderView.Of(block);
        }
    }
}

/// <summary>A step of the head: a tipset that came or went.</summary>
/// <param name="Type">current, apply or revert.</param>
/// <param name="Val">The tipset.</param>
public sealed record HeadChangeView(string Type, TipsetView Val)
{
    /// <summary>The steps of a change of the head.</summary>
    internal static HeadChangeView[] Of(HeadChange change)
    {
        List<HeadChangeView> steps = [];
        foreach (Tipset tipset in change.Reverted)
        {
            steps.Add(new("revert", TipsetView.Of(tipset)));
        }

        foreach (Tipset tipset in change.Applied)
        {
            steps.Add(new("apply", TipsetView.Of(tipset)));
        }

        return [.. steps];
    }
}

/// <summary>A message that came to the pool.</summary>
/// <param name="Type">0: it came.</param>
/// <param name="Message">The message.</param>
public sealed record PoolUpdateView(int Type, SignedMessageView Message)
{
    internal static PoolUpdateView Added(ChainMessage message) =>
        new(0, SignedMessageView.Of(message.ToSigned()!));
}

/// <summary>The messages of a block.</summary>
/// <param name="BlsMessages">Those that its aggregate covers.</param>
/// <param name="SecpkMessages">Those with a signature of their own.</param>
/// <param name="Cids">All of them, in the order of their execution.</param>
public sealed record BlockMessagesView(
    IReadOnlyList<MessageView> BlsMessages,
    IReadOnlyList<SignedMessageView> SecpkMessages,
    IReadOnlyList<CidLink> Cids);

/// <summary>A message of the chain and what names it.</summary>
public sealed record NamedMessageView(CidLink Cid, MessageView Message)
{
    /// <summary>The view of a message.</summary>
    public static NamedMessageView Of(ChainMessage message) =>
        new(new(message.Cid), MessageView.Of(message.Message));
}

/// <summary>How large something is with all that it links to.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Links">How many links were followed.</param>
public sealed record ObjectSizeView(ulong Size, ulong Links);
