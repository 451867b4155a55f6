namespace Filecoin.Vm.Tests;

/// <summary>Blocks, links and events: gas-schedule 6 and 11; prices in milligas.</summary>
public sealed class BlockPriceTests
{
    [Theory]
    [InlineData(17, 17, 135_617_000)]
    [InlineData(18, 20, 187_440_000)]
    [InlineData(21, 28, 187_740_000)]
    public void Opening_a_block_costs_before_its_size_is_known(
        int first, int last, long milligas) =>
        ChargeAssert.Costs(
            first, last, "OnBlockOpenBase", milligas, prices => prices.OnBlockOpenBase());

    [Theory]
    [InlineData(17, 17, 0, 0, 0)]
    [InlineData(17, 17, 1, 0, 10_500)]
    [InlineData(17, 17, 1_000, 9, 10_500_000)]
    [InlineData(18, 20, 1, 0, 10_000)]
    [InlineData(18, 20, 1_000, 9, 10_000_000)]
    [InlineData(21, 28, 0, 0, 0)]
    [InlineData(21, 28, 10, 0, 100_000)]
    // Memory kept is what counts, until links cost more.
    [InlineData(21, 28, 1_000, 25, 10_000_000)]
    [InlineData(21, 28, 1_000, 26, 10_200_000)]
    [InlineData(21, 28, 200, 3, 2_000_000)]
    [InlineData(21, 28, 41, 1, 410_000)]
    [InlineData(21, 28, 39, 1, 393_600)]
    public void A_block_pays_for_memory_or_for_its_links(
        int first, int last, int sizeBytes, int links, long milligas)
    {
        ChargeAssert.CostsTotal(
            first, last, milligas, prices => prices.OnBlockOpen(sizeBytes, links));
        ChargeAssert.Costs(
            first, last,
            "OnBlockCreate",
            milligas,
            prices => prices.OnBlockCreate(sizeBytes, links));
    }

    [Fact]
    public void Opening_a_block_has_the_references_name_since_version_21() =>
        ChargeAssert.Costs(21, 28, "OnBlockOpen", 100_000, prices => prices.OnBlockOpen(10, 0));

    [Theory]
    [InlineData(17, 17, 1, 500)]
    [InlineData(17, 17, 1_000, 500_000)]
    [InlineData(18, 28, 1, 400)]
    [InlineData(18, 28, 1_000, 400_000)]
    public void Reading_a_block_pays_for_the_bytes_copied(
        int first, int last, int sizeBytes, long milligas) =>
        ChargeAssert.Costs(
            first, last, "OnBlockRead", milligas, prices => prices.OnBlockRead(sizeBytes));

    [Theory]
    [InlineData(17, 17, 0, 353_640_000)]
    [InlineData(17, 17, 1_000, 1_654_640_000)]
    [InlineData(18, 20, 0, 506_000_000)]
    [InlineData(18, 20, 1, 509_352_400)]
    [InlineData(18, 20, 1_000, 3_858_400_000)]
    [InlineData(21, 28, 0, 506_300_000)]
    [InlineData(21, 28, 1_000, 3_858_700_000)]
    public void Linking_a_block_pays_for_storing_it(
        int first, int last, int sizeBytes, long milligas) =>
        ChargeAssert.Costs(
            first, last, "OnBlockLink", milligas, prices => prices.OnBlockLink(sizeBytes));

    [Fact]
    public void The_own_root_costs_a_link_since_version_21()
    {
        ChargeAssert.Costs(21, 28, "OnActorGetRoot", 300_000, prices => prices.OnGetRoot());
        ChargeAssert.Costs(21, 28, "OnActorSetRoot", 300_000, prices => prices.OnSetRoot());
        ChargeAssert.CostsTotal(17, 20, 0, prices => prices.OnGetRoot());
        ChargeAssert.CostsTotal(17, 20, 0, prices => prices.OnSetRoot());
    }

    [Theory]
    [InlineData(17, 20, 0, 0)]
    [InlineData(21, 28, 35_000, 400_000)]
    public void Scanning_costs_by_item_and_by_link(int first, int last, long item, long link)
    {
        ChargeAssert.CostsTotal(
            first, last, item, prices => PriceList.OnScanIpldLinks(prices.ScanField));
        ChargeAssert.CostsTotal(
            first, last, link, prices => PriceList.OnScanIpldLinks(prices.ScanLink));
    }

    [Fact]
    public void A_scan_has_the_references_name() =>
        Assert.Equal("OnScanIpldLinks", PriceList.OnScanIpldLinks(Gas.Zero).Name);

    [Fact]
    public void Opening_a_block_of_three_links_adds_up()
    {
        PriceList prices = PriceList.For(NetworkVersion.V21);
        Gas total = prices.OnSyscall().Total
            + prices.OnBlockOpenBase().Total
            + PriceList.OnScanIpldLinks((prices.ScanField * 10) + (prices.ScanLink * 3)).Total
            + prices.OnBlockOpen(200, 3).Total;
        Assert.Equal(Gas.Of(205_290), total);
    }

    [Theory]
    [InlineData(0, 1_750_000, 182_400)]
    [InlineData(1, 1_777_400, 197_600)]
    [InlineData(1_000, 29_150_000, 15_382_400)]
    public void An_event_pays_by_bytes_up_to_version_20(
        int sizeBytes, long validate, long accept)
    {
        ChargeAssert.Costs(
            18, 20,
            "OnActorEventValidate",
            validate,
            prices => prices.OnActorEventValidate(sizeBytes));
        ChargeAssert.Costs(
            18, 20, "OnActorEventAccept", accept, prices => prices.OnActorEventAccept(sizeBytes));
    }

    [Theory]
    [InlineData(0, 0, 0, 2_706_400)]
    [InlineData(1, 0, 0, 4_261_200)]
    [InlineData(0, 1, 0, 2_739_600)]
    [InlineData(0, 0, 1, 2_723_600)]
    [InlineData(255, 8_160, 8_192, 810_994_800)]
    public void An_event_pays_by_entries_keys_and_values_since_version_21(
        uint entries, uint keyBytes, uint valueBytes, long milligas) =>
        ChargeAssert.Costs(
            21,
            28,
            "OnActorEvent",
            milligas,
            prices => prices.OnActorEvent(entries, keyBytes, valueBytes));

    [Fact]
    public void An_event_of_the_largest_numbers_has_a_price()
    {
        GasCharge charge = PriceList.For(NetworkVersion.V28)
            .OnActorEvent(uint.MaxValue, uint.MaxValue, uint.MaxValue);
        Int128 size = 12 + ((Int128)11 * uint.MaxValue);
        Int128 milligas =
            2_500_000 + ((Int128)1_416_000 * uint.MaxValue) + (size * 17_200);
        Assert.Equal(milligas, charge.Total.Milligas);
    }
}
