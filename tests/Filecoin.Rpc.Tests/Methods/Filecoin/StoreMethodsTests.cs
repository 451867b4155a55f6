namespace Filecoin.Rpc.Tests.Methods;

public sealed class StoreMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void A_path_leads_from_the_state_to_an_actors_record_and_its_state()
    {
        string id = network.Call("Filecoin.StateLookupID", network.OwnAddress).GetString()!;
        string root = $"/ipfs/{network.Node.Chain.StateRoot}";

        JsonElement state = Node(root);
        JsonElement record = Node($"{root}/1/@Ha:{id}");
        JsonElement account = Node($"{root}/1/@Ha:{id}/1");

        Assert.Equal(5, state.GetProperty("Obj")[0].GetInt32());
        JsonElement known = network.Call("Filecoin.StateGetActor", network.OwnAddress);
        Assert.Equal($"{known.GetProperty("Code")}", $"{record.GetProperty("Obj")[0]}");
        Assert.Equal($"{known.GetProperty("Head")}", $"{account.GetProperty("Cid")}");
        Assert.Equal(
            network.Own.Address.ToBytes(), account.GetProperty("Obj")[0].GetBytesFromBase64());
        Assert.Equal(
            network.OwnAddress,
            Node($"{root}/1/@Ha:{id}/@state").GetProperty("Obj").GetProperty("Address")
                .GetString());
    }

    [Fact]
    public void A_key_that_a_map_or_an_array_lacks_is_not_found()
    {
        string market = network.Call("Filecoin.StateGetActor", "t05")
            .GetProperty("Head").GetProperty("/").GetString()!;

        Assert.Equal("resolve amt: not found", Error($"{market}/0/@A:7"));
        Assert.Equal("resolve hamt: not found", Error($"{market}/2/@Hi:-7"));
        Assert.Equal("resolve hamt: not found", Error($"{market}/2/@Hu:7"));
    }

    [Theory]
    [InlineData("/ipfs/nothing", "parsing path")]
    [InlineData("/ipfs/ROOT/0", "a path ends at one")]
    [InlineData("/ipfs/ROOT/9", "no link named \"9\"")]
    [InlineData("/ipfs/ROOT/1/@X:1", "no lookup: @X:1")]
    [InlineData("/ipfs/ROOT/1/@Ha:me", "@Ha:me: no address")]
    [InlineData("/ipfs/ROOT/1/@state", "no actor's record")]
    public void A_path_that_leads_nowhere_says_at_which_step(string path, string expected) =>
        Assert.Contains(
            expected,
            Error(path.Replace(
                "ROOT", $"{network.Node.Chain.StateRoot}", StringComparison.Ordinal)));

    [Fact]
    public void The_index_has_the_messages_and_events_of_an_epoch()
    {
        ContractNetwork contracts = new();
        contracts.Put(ContractNetwork.Outer, Programs.Logs);
        _ = contracts.Send(ContractNetwork.Outer);
        JsonElement head = contracts.Network.Call("Filecoin.ChainHead");

        JsonElement found = contracts.Network.Call(
            "Filecoin.ChainValidateIndex", head.GetProperty("Height"), false);

        Assert.Equal($"{head.GetProperty("Cids")}", $"{found.GetProperty("TipSetKey")}");
        Assert.Equal(1, found.GetProperty("IndexedMessagesCount").GetInt32());
        Assert.Equal(1, found.GetProperty("IndexedEventsCount").GetInt32());
        Assert.Equal(1, found.GetProperty("IndexedEventEntriesCount").GetInt32());
        Assert.False(found.GetProperty("IsNullRound").GetBoolean());
    }

    [Fact]
    public void An_epoch_without_a_tipset_is_said_to_be_one()
    {
        network.Node.Producer.Mine(nullRounds: 3);

        JsonElement found = network.Call("Filecoin.ChainValidateIndex", 2, false);
        Assert.Equal("[]", $"{found.GetProperty("TipSetKey")}");
        Assert.Equal(2, found.GetProperty("Height").GetInt32());
        Assert.Equal(0, found.GetProperty("IndexedMessagesCount").GetInt32());
        Assert.True(found.GetProperty("IsNullRound").GetBoolean());
        Assert.Contains(
            "cannot validate index at epoch 5",
            network.Fail("Filecoin.ChainValidateIndex", 5, true)
                .GetProperty("message").GetString());
    }

    private JsonElement Node(string path) => network.Call("Filecoin.ChainGetNode", path);

    private string Error(string path) =>
        network.Fail("Filecoin.ChainGetNode", path).GetProperty("message").GetString()!;
}
