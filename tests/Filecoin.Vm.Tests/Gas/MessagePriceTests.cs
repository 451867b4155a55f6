namespace Filecoin.Vm.Tests;

/// <summary>Messages, calls and actors: gas-schedule 3 to 5, 7 and 12.</summary>
public sealed class MessagePriceTests
{
    [Theory]
    [InlineData(17, 17, 0, 85_663)]
    [InlineData(17, 17, 81, 190_963)]
    [InlineData(17, 17, 91, 203_963)]
    [InlineData(18, 28, 0, 560_663)]
    [InlineData(18, 28, 90, 677_663)]
    [InlineData(18, 28, 95, 684_163)]
    public void A_message_pays_for_its_place_and_its_senders_update(
        int first, int last, int sizeBytes, long gas) =>
        ChargeAssert.Costs(
            first, last, "OnChainMessage", gas * 1_000, prices => prices.OnChainMessage(sizeBytes));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1_300)]
    [InlineData(1_000, 1_300_000)]
    public void A_return_value_pays_for_its_bytes_on_the_chain(int sizeBytes, long gas) =>
        ChargeAssert.Costs(
            17,
            28,
            "OnChainReturnValue",
            gas * 1_000,
            prices => prices.OnChainReturnValue(sizeBytes));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 300)]
    [InlineData(7, 2_100)]
    public void A_return_value_to_an_actor_pays_for_its_links(int links, long gas) =>
        ChargeAssert.Costs(
            21, 28, "OnReturnValue", gas * 1_000, prices => prices.OnReturnValue(links));

    [Theory]
    [InlineData(true, false, 216_405)]
    [InlineData(false, false, 29_233)]
    [InlineData(false, true, 23_856)]
    [InlineData(true, true, 51_356)]
    public void Version_17_charges_a_call_in_one(bool movesValue, bool callsMethod, long gas) =>
        ChargeAssert.Costs(
            17,
            17,
            "OnMethodInvocation",
            gas * 1_000,
            prices => prices.OnMethodInvocation(movesValue, callsMethod));

    [Theory]
    [InlineData(18, 20, 0, 75_000)]
    [InlineData(18, 20, 5, 75_000)]
    [InlineData(21, 28, 0, 75_000)]
    [InlineData(21, 28, 5, 76_500)]
    public void A_call_pays_for_the_links_of_its_parameters_since_version_21(
        int first, int last, int links, long gas) =>
        ChargeAssert.Costs(
            first,
            last,
            "OnMethodInvocation",
            gas * 1_000,
            prices => prices.OnMethodInvocation(links));

    [Fact]
    public void Moving_value_costs_the_same_since_version_18() =>
        ChargeAssert.Costs(
            18, 28, "OnValueTransfer", 6_000_000, prices => prices.OnValueTransfer());

    [Theory]
    [InlineData(17, 17, 0, 0)]
    [InlineData(18, 28, 500_000, 475_000)]
    public void Actors_are_looked_up_and_written_at_a_price(
        int first, int last, long lookup, long update)
    {
        ChargeAssert.Costs(
            first, last, "OnActorLookup", lookup * 1_000, prices => prices.OnActorLookup());
        ChargeAssert.Costs(
            first, last, "OnActorUpdate", update * 1_000, prices => prices.OnActorUpdate());
    }

    [Theory]
    [InlineData(17, 17, true, 1_207_254)]
    [InlineData(17, 17, false, 1_207_254)]
    [InlineData(18, 28, true, 2_700_000)]
    [InlineData(18, 28, false, 650_000)]
    public void A_new_actor_costs_more_with_an_address_since_version_18(
        int first, int last, bool assignsAddress, long gas) =>
        ChargeAssert.Costs(
            first,
            last,
            "OnCreateActor",
            gas * 1_000,
            prices => prices.OnCreateActor(assignsAddress));

    [Theory]
    [InlineData(17, 17, -98_800)]
    [InlineData(18, 28, 0)]
    public void Only_version_17_gives_gas_back_for_a_deleted_actor(
        int first, int last, long gas) =>
        ChargeAssert.Costs(
            first, last, "OnDeleteActor", gas * 1_000, prices => prices.OnDeleteActor());

    [Fact]
    public void Every_syscall_costs_the_same() =>
        ChargeAssert.Costs(17, 28, "OnSyscall", 14_000_000, prices => prices.OnSyscall());

    [Fact]
    public void What_is_free_has_a_name_and_no_price() =>
        Assert.Equal(new("OnSelfBalance", Gas.Zero, Gas.Zero), PriceList.Free("OnSelfBalance"));

    [Fact]
    public void A_send_of_value_in_version_17_adds_up_to_the_chains_figure()
    {
        PriceList prices = PriceList.For(NetworkVersion.V17);
        Gas withValue = prices.OnChainMessage(91).Total
            + prices.OnMethodInvocation(movesValue: true, callsMethod: false).Total;
        Gas withoutValue = prices.OnChainMessage(81).Total
            + prices.OnMethodInvocation(movesValue: false, callsMethod: false).Total;
        Assert.Equal(Gas.Of(420_368), withValue);
        Assert.Equal(Gas.Of(220_196), withoutValue);
    }

    [Theory]
    [InlineData(18, 95, 1_165_163)]
    [InlineData(21, 90, 1_158_663)]
    [InlineData(28, 90, 1_158_663)]
    public void A_send_of_value_since_version_18_adds_up(int version, int sizeBytes, long gas)
    {
        PriceList prices = PriceList.For((NetworkVersion)version);
        Gas total = prices.OnChainMessage(sizeBytes).Total
            + prices.OnValueTransfer().Total
            + prices.OnActorUpdate().Total;
        Assert.Equal(Gas.Of(gas), total);
    }
}
