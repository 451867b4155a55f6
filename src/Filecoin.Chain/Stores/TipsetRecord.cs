namespace Filecoin.Chain;

/// <summary>What is known of a tipset that was executed.</summary>
/// <param name="Key">Names it.</param>
/// <param name="ComputedState">State after its messages.</param>
/// <param name="ReceiptsRoot">AMT of its receipts.</param>
/// <param name="AmendedState">
/// State that somebody put in its place, as only a developer's network can; null for none.
/// </param>
[CborTuple]
public sealed partial record TipsetRecord(
    TipsetKey Key, Cid ComputedState, Cid ReceiptsRoot, Cid? AmendedState)
{
    /// <summary>The state that the next tipset starts from.</summary>
    public Cid StateRoot => AmendedState ?? ComputedState;
}

/// <summary>Where a message of the chain is.</summary>
/// <param name="TipsetKeyCid">CID of its tipset's key.</param>
/// <param name="Epoch">The tipset's epoch.</param>
/// <param name="Index">Its place among the tipset's messages, and its receipt's.</param>
[CborTuple]
public sealed partial record MessagePlace(Cid TipsetKeyCid, ChainEpoch Epoch, ulong Index);

/// <summary>How the head of a chain went from one tipset to another.</summary>
/// <param name="Reverted">Tipsets that are no longer part of it, the last one first.</param>
/// <param name="Applied">Tipsets that have become part of it, the first one first.</param>
public sealed record HeadChange(
    IReadOnlyList<Tipset> Reverted, IReadOnlyList<Tipset> Applied);
