using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>What a miner signs of a block.</summary>
/// <remarks>
/// Spec: ipld-encoding 7.1; lotus chain/types/blockheader.go. CBOR: an array of the members in
/// order. What is called the parents' is the same in all blocks of a tipset.
/// </remarks>
/// <param name="Miner">Who made it.</param>
/// <param name="Ticket">Orders it in its tipset.</param>
/// <param name="ElectionProof">Why its miner may make it.</param>
/// <param name="BeaconEntries">Rounds of the beacon since the parents.</param>
/// <param name="WinningPost">Proof that the miner still has what it stores.</param>
/// <param name="Parents">The blocks of the parent tipset, in their order.</param>
/// <param name="ParentWeight">Weight of the chain up to the parents.</param>
/// <param name="Epoch">The round it is of (height in lotus).</param>
/// <param name="ParentStateRoot">State after the parents' messages.</param>
/// <param name="ParentReceipts">AMT of the receipts of the parents' messages.</param>
/// <param name="Messages">CID of its <see cref="MessageLists"/>.</param>
/// <param name="BlsAggregate">One signature for all messages without their own.</param>
/// <param name="Timestamp">Seconds since 1970.</param>
/// <param name="Signature">The miner's, of <see cref="SigningBytes"/>.</param>
/// <param name="ForkSignaling">Not used.</param>
/// <param name="ParentBaseFee">What its messages burn for a unit of gas, in attoFIL.</param>
[CborTuple]
public sealed partial record BlockHeader(
    Address Miner,
    Ticket? Ticket,
    ElectionProof? ElectionProof,
    ValueList<BeaconEntry> BeaconEntries,
    ValueList<PostProof> WinningPost,
    ValueList<Cid> Parents,
    ChainWeight ParentWeight,
    ChainEpoch Epoch,
    Cid ParentStateRoot,
    Cid ParentReceipts,
    Cid Messages,
    Signature? BlsAggregate,
    ulong Timestamp,
    Signature? Signature,
    ulong ForkSignaling,
    TokenAmount ParentBaseFee)
{
    /// <summary>Names the block; computed at each call.</summary>
    public Cid Cid => Cid.Of(Codec.DagCbor, Cbor.Encode(this));

    /// <summary>Reads the one encoding of a header; false for any other.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> data, [NotNullWhen(true)] out BlockHeader? header)
    {
        bool read = Cbor.TryDecode<BlockHeader>(data, out header, out _)
            && Cbor.Encode(header).AsSpan().SequenceEqual(data);
        header = read ? header : null;
        return read;
    }

    /// <summary>What the miner signs: the header without its signature.</summary>
    public byte[] SigningBytes() => Cbor.Encode(this with { Signature = null });
}
