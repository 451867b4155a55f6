namespace Filecoin.Actors.Miner.Tests;

/// <summary>builtin-actors actors/miner/tests/types_test.rs at v18.0.0.</summary>
public sealed class SectorOnChainInfoTests
{
    private const string Old =
        "8f0109d82a49000182e20392200100800203420004420005490053444835ec580000f6f609f6f601";

    private const string Updated =
        "900108d82a49000182e20392200100800203420004420005490053444835ec580000f6f609f6"
        + "d82a49000181e2039220010101490098a7d9b8314c0000";

    [Theory]
    [InlineData("900020d82a450001000000800000404040f6f600f6f60040")]
    [InlineData(
        "900108d82a49000182e20392200100800203420004420005490053444835ec580000f6f609f6f600"
        + "490098a7d9b8314c0000")]
    [InlineData(Updated)]
    public void A_sector_is_written_as_it_was_read(string encoded) =>
        Assert.Equal(encoded, Convert.ToHexStringLower(Cbor.Encode(Read(encoded))));

    [Fact]
    public void One_without_a_fee_is_read_and_written_with_none() => Assert.Equal(
        "90" + Old[2..] + "40", Convert.ToHexStringLower(Cbor.Encode(Read(Old))));

    [Fact]
    public void Its_fields_are_in_order()
    {
        SectorOnChainInfo sector = Read(Updated);
        Assert.Equal((1ul, 8L), (sector.SectorNumber, sector.SealProof));
        Assert.Equal((2L, 3L, 9L), (sector.Activation, sector.Expiration, sector.PowerBaseEpoch));
        Assert.Equal(4, sector.DealWeight.Value);
        Assert.Equal(5, sector.VerifiedDealWeight.Value);
        Assert.Equal(TokenAmount.FromFil(6), sector.InitialPledge);
        Assert.Equal(TokenAmount.FromFil(11), sector.DailyFee);
        Assert.Equal(SectorOnChainInfo.SimpleQualityFlag, sector.Flags);
        Assert.NotNull(sector.SectorKeyCid);
    }

    [Theory]
    [InlineData("8e0109d82a49000182e20392200100800203420004420005490053444835ec580000f6f609f6f6")]
    [InlineData("91" + "00")]
    public void Fewer_or_more_fields_are_refused(string encoded) => Assert.False(
        Cbor.TryDecode<SectorOnChainInfo>(Convert.FromHexString(encoded), out _, out _));

    private static SectorOnChainInfo Read(string encoded)
    {
        bool isRead = Cbor.TryDecode<SectorOnChainInfo>(
            Convert.FromHexString(encoded), out SectorOnChainInfo? sector, out CborError error);
        Assert.True(isRead, $"{error}");
        return sector!;
    }
}
