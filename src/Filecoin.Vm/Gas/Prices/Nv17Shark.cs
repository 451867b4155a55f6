namespace Filecoin.Vm;

/// <summary>Network version 17, the list since version 16.</summary>
/// <remarks>Spec: FIP-0032; ref-fvm release/v2 fvm/src/gas/price_list.rs.</remarks>
internal static class Nv17Shark
{
    private const long StoragePerByte = 1_300;
    private const long Extern = 21_000;

    public static readonly PriceList Prices = new()
    {
        ChainMessageCompute = LinearPrice.Fixed(38_863),
        ChainMessageStorage = new(Gas.Of(36 * StoragePerByte), Gas.Of(StoragePerByte)),
        ChainReturn = LinearPrice.Each(StoragePerByte),
        SendBase = Gas.Of(29_233),
        SendTransfer = Gas.Of(27_500),
        SendTransferOnly = Gas.Of(159_672),
        SendInvoke = Gas.Of(-5_377),
        ActorLookup = Gas.Zero,
        ActorUpdate = Gas.Zero,
        ActorCreate = Gas.Of(1_108_454 + (76 * StoragePerByte)),
        ActorDelete = Gas.Of(-76 * StoragePerByte),
        AddressAssignment = Gas.Zero,
        AddressLookup = Gas.Zero,
        BlockCopyPerByte = new(500),
        BlockAllocatePerByte = new(500),
        BlockRetentionPerByte = new(10_500),
        BlockOpen = Gas.Of(Extern + 114_617),
        BlockHashing = default,
        BlockStorage = new(Gas.Of(353_640), Gas.Of(StoragePerByte)),
        BlockFlush = Gas.Zero,
        ScanField = Gas.Zero,
        ScanLink = Gas.Zero,
        LinkTracked = Gas.Zero,
        LinkChecked = Gas.Zero,
        Syscall = Gas.Of(14_000),
        Hashing = new(
            LinearPrice.Fixed(31_355),
            LinearPrice.Fixed(31_355),
            LinearPrice.Fixed(31_355),
            LinearPrice.Fixed(31_355),
            LinearPrice.Fixed(31_355)),
        Randomness = LinearPrice.Fixed(Extern),
        TipsetCidLast = Gas.Zero,
        TipsetCid = default,
        VerifySecp256k1 = LinearPrice.Fixed(1_637_292),
        VerifyBls = LinearPrice.Fixed(16_598_605),
        BlsPairing = Gas.Zero,
        BlsHashingPerByte = Gas.Zero,
        RecoverSecp256k1 = Gas.Of(1_637_292),
        UnsealedSectorCid = Gas.Of(98_647),
        VerifySeal = Gas.Of(2_000),
        VerifySealInBatch = Gas.Zero,
        VerifyAggregateSeals = new(
            new(Gas.Of(449_900), Steps(
                [4, 7, 13, 26, 52, 103, 205, 410],
                [
                    103_994_170, 112_356_810, 122_912_610, 137_559_930, 162_039_100, 210_960_780,
                    318_351_180, 528_274_980,
                ])),
            new(Gas.Of(359_272), Steps(
                [4, 7, 13, 26, 52, 103, 205, 410],
                [
                    102_581_240, 110_803_030, 120_803_700, 134_642_130, 157_357_890, 203_017_690,
                    304_253_590, 509_880_640,
                ])),
            null,
            null),
        VerifyPost = new(Gas.Of(117_680_921), Gas.Of(43_780)),
        VerifyReplicaUpdate = Gas.Of(36_316_136),
        VerifyConsensusFault = Gas.Of(Extern + 495_422),
        EventValidate = default,
        Utf8 = default,
        MemoryInitPerPage = Gas.Zero,
        TableInitPerElement = Gas.Zero,
    };

    /// <summary>Pairs numbers of seals with prices.</summary>
    internal static (int From, Gas Price)[] Steps(
        ReadOnlySpan<int> starts, ReadOnlySpan<long> prices)
    {
        (int From, Gas Price)[] steps = new (int, Gas)[starts.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (starts[i], Gas.Of(prices[i]));
        }

        return steps;
    }
}
