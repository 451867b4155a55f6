using System.Text.Json.Nodes;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class PaychMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void A_channel_is_made_with_the_funds_that_it_is_to_have()
    {
        JsonElement made = Call("PaychFund", Own, Other, "100");
        Assert.Equal("<empty>", made.GetProperty("Channel").GetString());

        string channel =
            Call("PaychGetWaitReady", made.GetProperty("WaitSentinel")).GetString()!;

        Assert.StartsWith("t2", channel);
        Assert.Equal($"""["{channel}"]""", $"{Call("PaychList")}");
        Assert.Equal(
            $$"""{"ControlAddr":"{{Own}}","Direction":2}""", $"{Call("PaychStatus", channel)}");
        Assert.Equal("100", network.Call("Filecoin.WalletBalance", channel).GetString());
        string funds = $$"""
            {"Channel":"{{channel}}","From":"{{Own}}","To":"{{Other}}","ConfirmedAmt":"100",
            "PendingAmt":"0","NonReservedAmt":"100","PendingAvailableAmt":"0",
            "PendingWaitSentinel":null,"QueuedAmt":"0","VoucherReedeemedAmt":"0"}
            """.ReplaceLineEndings("");
        Assert.Equal(funds, $"{Call("PaychAvailableFunds", channel)}");
        Assert.Equal(funds, $"{Call("PaychAvailableFundsByFromTo", Own, Other)}");
    }

    [Fact]
    public void What_is_reserved_comes_from_the_channel_where_that_has_enough()
    {
        string channel = Fund("100");

        JsonElement reserved = Get("70", isOffChain: true);

        Assert.Equal(
            $$"""{"Channel":"{{channel}}","WaitSentinel":null}""", $"{reserved}");
        Assert.Equal("30", FundsOf(channel, "NonReservedAmt"));
        Assert.Equal("100", FundsOf(channel, "ConfirmedAmt"));
    }

    [Fact]
    public void What_is_reserved_comes_by_a_message_where_the_channel_has_too_little()
    {
        string channel = Fund("100");

        JsonElement brought = Get("101", isOffChain: false);

        Assert.Equal(
            channel,
            Call("PaychGetWaitReady", brought.GetProperty("WaitSentinel")).GetString());
        Assert.Equal("201", network.Call("Filecoin.WalletBalance", channel).GetString());
        Assert.Equal("201", FundsOf(channel, "ConfirmedAmt"));
        Assert.Equal("100", FundsOf(channel, "NonReservedAmt"));
    }

    [Fact]
    public void What_would_take_a_message_is_refused_where_none_is_allowed()
    {
        Assert.Contains(
            "doesn't exist",
            Fail("PaychGet", Own, Other, "1", new { OffChain = true }));
        string channel = Fund("100");

        Assert.Contains(
            $"not enough funds available in the payment channel {channel}",
            Fail("PaychGet", Own, Other, "101", new { OffChain = true }));

        Assert.Equal("100", FundsOf(channel, "ConfirmedAmt"));
    }

    [Fact]
    public async Task Funds_wait_for_those_that_are_on_their_way()
    {
        network.Call("evm_setAutomine", false);
        JsonElement made = Call("PaychFund", Own, Other, "100");
        Task<JsonElement> second = Task.Run(() => Call("PaychFund", Own, Other, "20"));
        while (Between("QueuedAmt") != "20")
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal("100", Between("PendingAmt"));
        Assert.Equal("0", Between("ConfirmedAmt"));
        network.Call("evm_mine");
        JsonElement filled = await second;
        Assert.Equal("20", Between("PendingAmt"));
        Assert.Equal("0", Between("QueuedAmt"));
        network.Call("evm_mine");

        Assert.Equal("120", Between("ConfirmedAmt"));
        Assert.NotEqual($"{made}", $"{filled}");
        Assert.Equal(
            filled.GetProperty("Channel").GetString(),
            Call("PaychGetWaitReady", made.GetProperty("WaitSentinel")).GetString());
    }

    [Fact]
    public void A_channel_whose_making_fails_is_none()
    {
        network.Call("evm_setAutomine", false);
        JsonElement made = Call("PaychFund", Own, Other, "1000000000000000000");
        string id = network.Call("Filecoin.StateLookupID", Own).GetString()!;
        network.Call(
            "anvil_setBalance",
            $"0xff{ulong.Parse(id[2..], null):x38}",
            "0x2386f26fc10000");
        network.Call("evm_mine");

        Assert.Contains(
            "payment channel creation failed (exit code 6)",
            Fail("PaychGetWaitReady", made.GetProperty("WaitSentinel")));

        Assert.Equal("[]", $"{Call("PaychList")}");
        Assert.Equal("0", Between("PendingAmt"));
        Assert.Equal(JsonValueKind.Null, Call("PaychAvailableFundsByFromTo", Own, Other)
            .GetProperty("PendingWaitSentinel").ValueKind);
    }

    [Fact]
    public void A_channel_whose_message_gives_way_to_another_is_none()
    {
        network.Call("evm_setAutomine", false);
        JsonElement made = Call("PaychFund", Own, Other, "100");
        JsonObject other = JsonSerializer.SerializeToNode(network.Call(
            "Filecoin.GasEstimateMessageGas", network.MessageTo(Other, "1")))!.AsObject();
        other["GasPremium"] = "1000000";
        other["GasFeeCap"] = "10000000000";
        network.Call("Filecoin.MpoolPush", network.Call(
            "Filecoin.WalletSignMessage", Own, other));
        Assert.Equal("100", Between("PendingAmt"));

        network.Call("evm_mine");

        Assert.Equal("0", Between("PendingAmt"));
        Assert.Contains(
            "NOT a valid replacement",
            Fail("PaychGetWaitReady", made.GetProperty("WaitSentinel")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_channel_that_the_chain_went_back_behind_is_made_again(bool wasSeen)
    {
        JsonElement snapshot = network.Call("evm_snapshot");
        string first = Fund("100");
        if (wasSeen)
        {
            _ = Get("100", isOffChain: true);
        }

        network.Call("evm_revert", snapshot);
        Assert.Equal("0", Between("ConfirmedAmt"));

        string second = Fund("5");

        Assert.Equal(first, second);
        Assert.Equal($"""["{second}"]""", $"{Call("PaychList")}");
        Assert.Equal("5", FundsOf(second, "ConfirmedAmt"));
        Assert.Equal("5", Between("NonReservedAmt"));
    }

    [Fact]
    public void Funds_whose_message_the_pool_forgot_are_not_waited_for()
    {
        network.Call("evm_setAutomine", false);
        _ = Call("PaychFund", Own, Other, "100");
        network.Call("Filecoin.MpoolClear", true);

        Assert.Equal("0", Between("PendingAmt"));
        network.Call("evm_setAutomine", true);

        Assert.Equal("5", FundsOf(Fund("5"), "ConfirmedAmt"));
    }

    [Fact]
    public void A_channel_that_ends_is_collected_and_another_takes_its_place()
    {
        string channel = Fund("100");

        network.Call("Filecoin.StateWaitMsg", Call("PaychSettle", channel));
        Assert.Equal("0", Between("ConfirmedAmt"));
        network.Node.Producer.Mine(nullRounds: 1_440);
        network.Call("Filecoin.StateWaitMsg", Call("PaychCollect", channel));

        Assert.Equal("0", network.Call("Filecoin.WalletBalance", channel).GetString());
        Assert.NotEqual(channel, Fund("5"));
        Assert.Equal(2, Call("PaychList").GetArrayLength());
    }

    [Fact]
    public void Channels_that_nobody_told_the_node_of_are_refused()
    {
        Assert.Contains("channel not tracked", Fail("PaychStatus", "t0100"));
        Assert.Contains(
            "no payment channel was funded by message",
            Fail("PaychGetWaitReady", network.Call("Filecoin.ChainHead")
                .GetProperty("Cids")[0]));
        Assert.Contains("below nothing", Fail("PaychFund", Own, Other, "-1"));
    }

    private string Own => network.OwnAddress;

    private string Other => $"{new AddressView(network.MinerOwner.Address)}";

    private string Fund(string amount) => Call(
        "PaychGetWaitReady",
        Call("PaychFund", Own, Other, amount).GetProperty("WaitSentinel")).GetString()!;

    private JsonElement Get(string amount, bool isOffChain) =>
        Call("PaychGet", Own, Other, amount, new { OffChain = isOffChain });

    private string FundsOf(string channel, string part) =>
        Call("PaychAvailableFunds", channel).GetProperty(part).GetString()!;

    private string Between(string part) =>
        Call("PaychAvailableFundsByFromTo", Own, Other).GetProperty(part).GetString()!;

    private JsonElement Call(string method, params object?[] parameters) =>
        network.Call($"Filecoin.{method}", parameters);

    private string Fail(string method, params object?[] parameters) =>
        network.Fail($"Filecoin.{method}", parameters).GetProperty("message").GetString()!;
}
