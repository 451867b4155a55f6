namespace Filecoin.Vm;

/// <summary>Network version 21: links, events and looking back are priced by use.</summary>
/// <remarks>
/// Spec: FIP-0071, FIP-0072, FIP-0075, FIP-0079; ref-fvm fvm/src/gas/price_list.rs.
/// The numbers of FIP-0071 are not those that the network charges.
/// </remarks>
internal static class Nv21Watermelon
{
    private static readonly LinearPrice Lookback = new(Gas.Of(146_200), Gas.Of(75));

    public static readonly PriceList Prices = Nv18Hygge.Prices with
    {
        ScanField = Gas.Of(35),
        ScanLink = Gas.Of(400),
        LinkTracked = Gas.Of(300),
        LinkChecked = Gas.Of(300),
        Randomness = Lookback,
        TipsetCidLast = Gas.Zero,
        TipsetCid = Lookback,
        BlsPairing = Gas.Of(8_299_302),
        BlsHashingPerByte = Gas.Of(7),
        EventValidate = new(Gas.Of(2_000), Gas.Of(1_400)),
        Utf8 = new(Gas.Of(500), Gas.Of(16)),
    };
}
