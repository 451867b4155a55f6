namespace Filecoin.Vm;

/// <summary>Network version 18: state access, memory and hashing are priced by use.</summary>
/// <remarks>Spec: FIP-0057; ref-fvm release/v3 fvm/src/gas/price_list.rs.</remarks>
internal static class Nv18Hygge
{
    private const long Extern = 21_000;
    private const long StoragePerByte = 3_340;

    public static readonly PriceList Prices = Nv17Shark.Prices with
    {
        SendBase = Gas.Zero,
        SendTransfer = Gas.Of(6_000),
        SendTransferOnly = Gas.Zero,
        SendInvoke = Gas.Of(75_000),
        ActorLookup = Gas.Of(500_000),
        ActorUpdate = Gas.Of(475_000),
        ActorCreate = Gas.Of(650_000),
        ActorDelete = Gas.Zero,
        AddressAssignment = Gas.Of(1_000_000),
        AddressLookup = Gas.Of(1_050_000),
        BlockCopyPerByte = new(400),
        BlockAllocatePerByte = Gas.Of(2),
        BlockRetentionPerByte = Gas.Of(10),
        BlockOpen = Gas.Of(187_440),
        BlockHashing = LinearPrice.Each(10),
        BlockStorage = new(Gas.Of(334_000), Gas.Of(StoragePerByte)),
        BlockFlush = Gas.Of(172_000),
        Hashing = new(
            Sha2_256: LinearPrice.Each(7),
            Keccak256: LinearPrice.Each(33),
            Ripemd160: LinearPrice.Each(35),
            Blake2b256: LinearPrice.Each(10),
            Blake2b512: LinearPrice.Each(10)),
        Randomness = new(Gas.Of(Extern), Gas.Of(10)),
        TipsetCidLast = Gas.Of(50_000),
        TipsetCid = LinearPrice.Fixed(215_000),
        VerifySecp256k1 = new(Gas.Of(1_637_292), Gas.Of(10)),
        VerifyBls = new(Gas.Of(16_598_605), Gas.Of(26)),
        VerifySealInBatch = Gas.Of(2_000),
        EventValidate = new(Gas.Of(1_750), Gas.Of(25)),
        MemoryInitPerPage = new(400 * 65_536),
        TableInitPerElement = new(400 * 8),
    };
}
