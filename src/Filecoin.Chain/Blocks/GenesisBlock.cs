namespace Filecoin.Chain;

/// <summary>The first block of a chain.</summary>
/// <remarks>Spec: ipld-encoding 7.1; lotus chain/gen/genesis.</remarks>
public static class GenesisBlock
{
    private const int FillLength = 32;

    /// <summary>What stands for the parents of every first block.</summary>
    private static readonly Cid NoParent = Cid.Parse(
        "bafyreiaqpwbbyjo4a42saasj36kkrpv4tsherf2e7bvezkert2a7dhonoi");

    /// <summary>Makes the block, whose messages are none.</summary>
    /// <param name="blocks">Where its empty lists go.</param>
    /// <param name="stateRoot">The first state.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="baseFee">What the first messages burn for a unit of gas, in attoFIL.</param>
    public static BlockHeader Make(
        IBlockstore blocks, Cid stateRoot, ulong timestamp, TokenAmount baseFee)
    {
        ReadOnlyMemory<byte> fill = new byte[FillLength];
        Cid emptyList = new Amt<Cid>(blocks, format: AmtFormat.V0).Flush();
        return new(
            Miner: Address.FromId(WellKnownActors.System),
            Ticket: new Ticket(fill),
            ElectionProof: new ElectionProof(0, default),
            BeaconEntries: [new BeaconEntry(0, fill)],
            WinningPost: [],
            Parents: [NoParent],
            ParentWeight: default,
            Epoch: default,
            ParentStateRoot: stateRoot,
            ParentReceipts: emptyList,
            Messages: blocks.PutCbor(new MessageLists(emptyList, emptyList)),
            BlsAggregate: null,
            Timestamp: timestamp,
            Signature: null,
            ForkSignaling: 0,
            ParentBaseFee: baseFee);
    }
}
