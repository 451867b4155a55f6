using Filecoin.Actors.Init;
using Filecoin.Actors.PaymentChannel;
using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class PaychVoucherTests : IDisposable
{
    private readonly MemoryOrderedStore store = new();
    private RpcNetwork network;

    public PaychVoucherTests() => network = new(store: store);

    public void Dispose() => store.Dispose();

    [Fact]
    public void Vouchers_of_a_lane_count_up()
    {
        string channel = Fund("100");
        ulong lane = Call("PaychAllocateLane", channel).GetUInt64();

        JsonElement first = Create(channel, "30", lane);
        JsonElement second = Create(channel, "40", lane);

        Assert.Equal(0UL, lane);
        Assert.Equal(1UL, Call("PaychAllocateLane", channel).GetUInt64());
        Assert.Equal(1, first.GetProperty("Nonce").GetInt32());
        Assert.Equal(2, second.GetProperty("Nonce").GetInt32());
        Assert.Equal("40", second.GetProperty("Amount").GetString());
        Assert.Equal($"[{first},{second}]", $"{Call("PaychVoucherList", channel)}");
        Assert.Equal("40", Call("PaychAvailableFunds", channel)
            .GetProperty("VoucherReedeemedAmt").GetString());
    }

    [Fact]
    public void A_voucher_that_the_channel_cannot_pay_is_not_made()
    {
        string channel = Fund("100");
        _ = Create(channel, "60", 0);

        JsonElement answered = Call("PaychVoucherCreate", channel, "50", 1);

        Assert.Equal("""{"Voucher":null,"Shortfall":"10"}""", $"{answered}");
        Assert.Equal(1, Call("PaychVoucherList", channel).GetArrayLength());
    }

    [Fact]
    public void A_voucher_that_pays_no_more_than_the_last_is_refused()
    {
        string channel = Fund("100");
        _ = Create(channel, "60", 0);

        Assert.Contains(
            "voucher amount is lower than amount for voucher with lower nonce",
            Fail("PaychVoucherCreate", channel, "60", 0));
    }

    [Fact]
    public void Channels_vouchers_and_nonces_are_there_after_a_restart()
    {
        string channel = Fund("100");
        JsonElement voucher = Create(channel, "30", 4);
        string funds = $"{Call("PaychAvailableFunds", channel)}";

        network = new(store: store);

        Assert.Equal(funds, $"{Call("PaychAvailableFunds", channel)}");
        Assert.Equal($"[{voucher}]", $"{Call("PaychVoucherList", channel)}");
        Assert.Equal(2, Create(channel, "31", 4).GetProperty("Nonce").GetInt32());
        Assert.Equal(5UL, Call("PaychAllocateLane", channel).GetUInt64());
    }

    [Fact]
    public void Funds_on_their_way_at_a_restart_arrive_after_it()
    {
        network.Call("evm_setAutomine", false);
        JsonElement made = Call("PaychFund", Own, Other, "100");

        network = new(store: store);
        network.Call("evm_mine");

        string channel =
            Call("PaychGetWaitReady", made.GetProperty("WaitSentinel")).GetString()!;
        Assert.Equal("100", Call("PaychAvailableFunds", channel)
            .GetProperty("ConfirmedAmt").GetString());
    }

    [Fact]
    public void A_voucher_of_another_is_taken_and_paid()
    {
        Address channel = MakeByMessage();
        VoucherView voucher = Signed(channel, amount: 30, nonce: 1);
        Assert.Equal(JsonValueKind.Null, Check(voucher).ValueKind);
        Assert.Equal("[]", $"{Call("PaychList")}");

        Assert.Equal("30", Add(voucher, "30").GetString());
        Assert.Equal("0", Add(voucher, "30").GetString());

        Assert.Equal(
            $$"""{"ControlAddr":"{{Other}}","Direction":1}""",
            $"{Call("PaychStatus", voucher.ChannelAddr)}");
        Assert.True(IsSpendable(voucher));
        network.Call("Filecoin.StateWaitMsg", Submit(voucher));
        Assert.False(IsSpendable(voucher));
        Assert.Equal("30", network.Call("Filecoin.StateReadState", voucher.ChannelAddr)
            .GetProperty("State").GetProperty("ToSend").GetString());
        Assert.Contains(
            "already been submitted",
            Fail("PaychVoucherSubmit", voucher.ChannelAddr, Json(voucher), null, null));
    }

    [Fact]
    public void A_voucher_that_is_sent_takes_the_place_of_those_before_it_in_its_lane()
    {
        Address channel = MakeByMessage();
        VoucherView first = Signed(channel, amount: 30, nonce: 1);
        _ = Add(first, "0");
        VoucherView second = Signed(channel, amount: 40, nonce: 2);

        network.Call("Filecoin.StateWaitMsg", Submit(second));

        Assert.Contains(
            "already been submitted",
            Fail("PaychVoucherSubmit", first.ChannelAddr, Json(first), null, null));
        Assert.Equal(
            ["30", "40"],
            Call("PaychVoucherList", first.ChannelAddr).EnumerateArray()
                .Select(voucher => voucher.GetProperty("Amount").GetString()));
    }

    [Fact]
    public void A_channel_told_of_by_its_id_is_known_by_the_address_that_stays()
    {
        VoucherView voucher = Signed(MakeByMessage(), amount: 30, nonce: 1);
        string id =
            network.Call("Filecoin.StateLookupID", voucher.ChannelAddr).GetString()!;

        Assert.Equal("30", Call("PaychVoucherAdd", id, Json(voucher), null, "0").GetString());

        Assert.Equal($"""["{voucher.ChannelAddr}"]""", $"{Call("PaychList")}");
    }

    [Fact]
    public void A_channel_in_which_no_key_of_the_node_is_paid_is_refused()
    {
        VoucherView voucher = Signed(MakeByMessage(), amount: 30, nonce: 1);
        network.Call("Filecoin.WalletDelete", Other);

        Assert.Contains($"the node has no key of {Other}", Refused(voucher));
    }

    [Fact]
    public void A_voucher_that_is_not_valid_is_refused_and_says_why()
    {
        Address channel = MakeByMessage();
        VoucherView voucher = Signed(channel, amount: 30, nonce: 2);
        _ = Add(voucher, "0");

        Assert.Contains("nonce too low", Refused(Signed(channel, 31, nonce: 2)));
        Assert.Contains("lower than amount", Refused(Signed(channel, 30, nonce: 3)));
        Assert.Contains("shortfall: 1", Refused(Signed(channel, 101, nonce: 3)));
        Assert.Contains("not signed", Refused(
            Signed(channel, 40, nonce: 3) with { Amount = new(TokenAmount.FromAtto(41)) }));
        Assert.Contains("not signed", Refused(voucher with { Signature = null }));
        Assert.Contains("Min Time Locked", Refused(voucher with { TimeLockMin = 1 }));
        Assert.Contains("Max Time Locked", Refused(voucher with { TimeLockMax = 1 }));
        Assert.Contains("Hash Locked", Refused(voucher with { SecretHash = [1] }));
        Assert.Contains("Message Locked", Refused(
            voucher with { Extra = new(voucher.ChannelAddr, 1, null) }));
        Assert.Contains("merges lanes", Refused(voucher with { Merges = [new(1, 1)] }));
        Assert.Contains("above", Refused(voucher with { Lane = ulong.MaxValue }));
        Assert.Contains("another channel", Fail(
            "PaychVoucherCheckValid",
            voucher.ChannelAddr,
            Json(voucher with { ChannelAddr = new(network.Own.Address) })));
        Assert.Contains("less than 11", Fail(
            "PaychVoucherAdd",
            voucher.ChannelAddr,
            Json(Signed(channel, 40, nonce: 3)),
            null,
            "11"));
        Assert.Equal(1, Call("PaychVoucherList", voucher.ChannelAddr).GetArrayLength());
    }

    private string Own => network.OwnAddress;

    private string Other => $"{new AddressView(network.MinerOwner.Address)}";

    private string Fund(string amount) => Call(
        "PaychGetWaitReady",
        Call("PaychFund", Own, Other, amount).GetProperty("WaitSentinel")).GetString()!;

    private JsonElement Create(string channel, string amount, ulong lane)
    {
        JsonElement made = Call("PaychVoucherCreate", channel, amount, lane);
        Assert.Equal("0", made.GetProperty("Shortfall").GetString());
        return made.GetProperty("Voucher");
    }

    /// <summary>Makes a channel that the node is not told of.</summary>
    private Address MakeByMessage()
    {
        Cid code = network.Call("Filecoin.StateActorCodeCIDs", 28)
            .GetProperty("paymentchannel").GetProperty("/").GetString() is string text
                ? Cid.Parse(text)
                : throw new InvalidOperationException("no code of payment channels");
        Actors.PaymentChannel.ConstructorParams parties =
            new(network.Own.Address, network.MinerOwner.Address);
        JsonElement made = network.Push("t01", "100", 2, Convert.ToBase64String(
            Cbor.Encode(new ExecParams(code, Cbor.Encode(parties)))));
        return Address.Parse(
            made.GetProperty("ReturnDec").GetProperty("RobustAddress").GetString()!);
    }

    private VoucherView Signed(Address channel, long amount, ulong nonce)
    {
        SignedVoucher voucher = new(
            channel, default, default, default, null, 0, nonce,
            TokenAmount.FromAtto(amount), default, [], null);
        Signature signature = network.Own.Sign(voucher.ToSigningBytes());
        return new(
            new(channel), 0, 0, null, null, 0, nonce, new(voucher.Amount), 0, null,
            SignatureView.Of(signature));
    }

    private JsonElement Check(VoucherView voucher) =>
        Call("PaychVoucherCheckValid", voucher.ChannelAddr, Json(voucher));

    private JsonElement Add(VoucherView voucher, string least) =>
        Call("PaychVoucherAdd", voucher.ChannelAddr, Json(voucher), null, least);

    private bool IsSpendable(VoucherView voucher) => Call(
        "PaychVoucherCheckSpendable", voucher.ChannelAddr, Json(voucher), null, null)
        .GetBoolean();

    private JsonElement Submit(VoucherView voucher) =>
        Call("PaychVoucherSubmit", voucher.ChannelAddr, Json(voucher), null, null);

    private string Refused(VoucherView voucher) =>
        Fail("PaychVoucherCheckValid", voucher.ChannelAddr, Json(voucher));

    private static JsonElement Json(VoucherView voucher) =>
        JsonDocument.Parse(RpcJson.TextOf(voucher)).RootElement;

    private JsonElement Call(string method, params object?[] parameters) =>
        network.Call($"Filecoin.{method}", parameters);

    private string Fail(string method, params object?[] parameters) =>
        network.Fail($"Filecoin.{method}", parameters).GetProperty("message").GetString()!;
}
