namespace Filecoin.Rpc.Tests.Methods;

public sealed class ActorMethodsTests
{
    private static readonly string Stranger =
        $"{new AddressView(WalletKey.Make(SignatureType.Secp256k1).Address)}";

    private readonly RpcNetwork network = new();

    [Fact]
    public void States_of_singletons_have_lotus_names()
    {
        Assert.Equal(
            ["AddressMap", "NextID", "NetworkName"], NamesOf("t01"));
        Assert.Equal(
            [
                "CumsumBaseline", "CumsumRealized", "EffectiveNetworkTime",
                "EffectiveBaselinePower", "ThisEpochReward", "ThisEpochRewardSmoothed",
                "ThisEpochBaselinePower", "Epoch", "TotalStoragePowerReward", "SimpleTotal",
                "BaselineTotal",
            ],
            NamesOf("t02"));
        Assert.Equal(["Entries"], NamesOf("t03"));
        Assert.Equal(["BuiltinActors"], NamesOf("t00"));
        Assert.Equal(["Address"], NamesOf(network.OwnAddress));
    }

    [Fact]
    public void An_account_of_ethereum_has_no_state()
    {
        JsonElement state = Read($"{new AddressView(network.Keys[0].Address)}");

        Assert.Equal(JsonValueKind.Null, state.GetProperty("State").ValueKind);
        Assert.Equal(
            $"{TokenAmount.FromFil(100).ToBigInteger()}", state.GetProperty("Balance").GetString());
    }

    [Fact]
    public void An_address_that_is_nobodys_is_an_error_that_clients_know()
    {
        JsonElement error = network.Fail("Filecoin.StateGetActor", Stranger, null);

        Assert.Equal(RpcError.ActorNotFoundCode, error.GetProperty("code").GetInt32());
        Assert.Equal(
            $"resolution lookup failed ({Stranger}): resolve address {Stranger}: actor not found",
            error.GetProperty("message").GetString());
        Assert.Equal(
            $"resolve address {Stranger}: actor not found",
            network.Fail("Filecoin.StateLookupID", Stranger).GetProperty("message").GetString());
        Assert.Contains(
            "actor not found",
            network.Fail("Filecoin.MpoolGetNonce", Stranger).GetProperty("message").GetString());
        Assert.Equal("0", network.Call("Filecoin.WalletBalance", Stranger).GetString());
    }

    [Fact]
    public void An_id_leads_to_the_address_that_it_was_given_to()
    {
        string own = network.Call("Filecoin.StateLookupID", network.OwnAddress).GetString()!;
        string contract = $"{new AddressView(network.Keys[1].Address)}";
        string other = network.Call("Filecoin.StateLookupID", contract).GetString()!;

        Assert.Matches("^t0\\d+$", own);
        Assert.Equal(network.OwnAddress, Robust(own));
        Assert.Equal(contract, Robust(other));
        Assert.Equal(
            network.OwnAddress, network.Call("Filecoin.StateAccountKey", own).GetString());
        Assert.Contains(
            own, network.Call("Filecoin.StateListActors").EnumerateArray()
                .Select(actor => actor.GetString()));
    }

    [Fact]
    public void Parameters_are_encoded_and_decoded()
    {
        JsonElement code = network.Call("Filecoin.StateActorCodeCIDs", 28).GetProperty("init");
        object given = new
        {
            CodeCID = code,
            ConstructorParams = "AQI=",
        };

        string encoded = network.Call("Filecoin.StateEncodeParams", code, 2, given).GetString()!;
        JsonElement decoded = network.Call("Filecoin.StateDecodeParams", "t01", 2, encoded);

        Assert.Equal(JsonSerializer.Serialize(given), decoded.ToString());
        Assert.Equal("{}", network.Call("Filecoin.StateDecodeParams", "t01", 0, null).ToString());
        Assert.Contains(
            "unknown method 99",
            network.Fail("Filecoin.StateDecodeParams", "t01", 99, encoded)
                .GetProperty("message").GetString());
    }

    [Fact]
    public void Code_is_that_of_the_networks_version_alone()
    {
        JsonElement codes = network.Call("Filecoin.StateActorCodeCIDs", 28);

        Assert.Equal(
            16, codes.EnumerateObject().Select(code => code.Name).Distinct().Count());
        Assert.Equal(
            network.Call("Filecoin.StateGetActor", "t01").GetProperty("Code").ToString(),
            codes.GetProperty("init").ToString());
        Assert.Contains(
            "network version 20",
            network.Fail("Filecoin.StateActorCodeCIDs", 20).GetProperty("message").GetString());
    }

    [Fact]
    public void Actors_that_a_message_changed_are_told_apart()
    {
        JsonElement before = Root();
        _ = network.Push("t0100", "5");
        network.Node.Producer.Mine();

        JsonElement changed = network.Call("Filecoin.StateChangedActors", before, Root());

        Assert.True(changed.TryGetProperty("t0100", out JsonElement actor));
        Assert.Equal(
            $"{TokenAmount.FromFil(100).ToBigInteger() + 5}",
            actor.GetProperty("Balance").GetString());
        Assert.False(changed.TryGetProperty("t0101", out _));
    }

    [Fact]
    public void What_circulates_is_less_by_what_is_burnt()
    {
        JsonElement supply =
            network.Call("Filecoin.StateVMCirculatingSupplyInternal", (object?)null);

        Assert.Equal(
            ["FilVested", "FilMined", "FilBurnt", "FilLocked", "FilCirculating",
                "FilReserveDisbursed"],
            supply.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            network.Call("Filecoin.StateCirculatingSupply").GetString(),
            supply.GetProperty("FilCirculating").GetString());
    }

    [Fact]
    public void What_is_fixed_for_the_network_is_shown()
    {
        JsonElement fixedFor = network.Call("Filecoin.StateGetNetworkParams");

        Assert.Equal("devnet", fixedFor.GetProperty("NetworkName").GetString());
        Assert.Equal(31_415_926, fixedFor.GetProperty("Eip155ChainID").GetInt64());
        Assert.Equal(30, fixedFor.GetProperty("BlockDelaySecs").GetInt64());
        Assert.Equal(
            RpcNetwork.StartTime, fixedFor.GetProperty("GenesisTimestamp").GetUInt64());
        Assert.Equal(
            -1,
            fixedFor.GetProperty("ForkUpgradeParams").GetProperty("UpgradeTeepHeight").GetInt64());
    }

    private IEnumerable<string> NamesOf(string address) =>
        Read(address).GetProperty("State").EnumerateObject().Select(member => member.Name);

    private JsonElement Read(string address) => network.Call("Filecoin.StateReadState", address);

    private string Robust(string address) =>
        network.Call("Filecoin.StateLookupRobustAddress", address).GetString()!;

    private JsonElement Root()
    {
        network.Node.Producer.Mine();
        return network.Call("Filecoin.ChainHead").GetProperty("Blocks")[0]
            .GetProperty("ParentStateRoot");
    }
}
