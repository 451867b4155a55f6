using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class ChainMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void A_block_has_its_messages_and_the_next_one_what_they_led_to()
    {
        JsonElement found = network.Push("t0100", "5");
        JsonElement cids = found.GetProperty("TipSet");
        network.Node.Producer.Mine();
        JsonElement next = network.Call("Filecoin.ChainHead").GetProperty("Cids")[0];

        JsonElement messages = network.Call("Filecoin.ChainGetBlockMessages", cids[0]);
        JsonElement parents = network.Call("Filecoin.ChainGetParentMessages", next);
        JsonElement receipts = network.Call("Filecoin.ChainGetParentReceipts", next);

        Assert.Equal(0, messages.GetProperty("BlsMessages").GetArrayLength());
        Assert.Equal(1, messages.GetProperty("SecpkMessages").GetArrayLength());
        Assert.Equal($"{found.GetProperty("Message")}", $"{messages.GetProperty("Cids")[0]}");
        Assert.Equal($"{found.GetProperty("Message")}", $"{parents[0].GetProperty("Cid")}");
        Assert.Equal($"{found.GetProperty("Receipt")}", $"{receipts[0]}");
        Assert.Equal(
            $"{parents}", $"{network.Call("Filecoin.ChainGetMessagesInTipset", cids)}");
    }

    [Fact]
    public void The_first_block_has_no_parents_that_ran_anything()
    {
        JsonElement first = network.Call("Filecoin.ChainGetGenesis").GetProperty("Cids")[0];

        Assert.Equal(0, network.Call("Filecoin.ChainGetParentMessages", first).GetArrayLength());
        Assert.Equal(0, network.Call("Filecoin.ChainGetParentReceipts", first).GetArrayLength());
    }

    [Fact]
    public void A_block_is_shown_with_all_that_its_header_has()
    {
        network.Node.Producer.Mine();
        JsonElement head = network.Call("Filecoin.ChainHead");

        JsonElement block = network.Call("Filecoin.ChainGetBlock", head.GetProperty("Cids")[0]);

        Assert.Equal($"{head.GetProperty("Blocks")[0]}", $"{block}");
        string[] names = [.. block.EnumerateObject().Select(member => member.Name)];
        Assert.Equal(
            [
                "Miner", "Ticket", "ElectionProof", "BeaconEntries", "WinPoStProof", "Parents",
                "ParentWeight", "Height", "ParentStateRoot", "ParentMessageReceipts", "Messages",
                "BLSAggregate", "Timestamp", "BlockSig", "ForkSignaling", "ParentBaseFee",
            ],
            names);
        Assert.Equal(JsonValueKind.String, block.GetProperty("ParentWeight").ValueKind);
    }

    [Fact]
    public void A_path_goes_back_to_where_chains_part_and_forward_from_there()
    {
        network.Node.Producer.Mine();
        JsonElement fork = network.Call("Filecoin.ChainHead").GetProperty("Cids");
        JsonElement[] left = MineFrom(fork);
        JsonElement[] right = MineFrom(fork);

        JsonElement path = network.Call("Filecoin.ChainGetPath", left[^1], right[^1]);

        Assert.Equal(
            ["revert", "revert", "apply", "apply"],
            path.EnumerateArray().Select(step => step.GetProperty("Type").GetString()));
        Assert.Equal($"{left[1]}", $"{path[0].GetProperty("Val").GetProperty("Cids")}");
        Assert.Equal($"{right[1]}", $"{path[3].GetProperty("Val").GetProperty("Cids")}");
    }

    [Fact]
    public void A_chain_is_heavier_with_each_block()
    {
        string before = network.Call("Filecoin.ChainTipSetWeight", (object?)null).GetString()!;
        network.Node.Producer.Mine();

        Assert.True(long.Parse(before) < long.Parse(
            network.Call("Filecoin.ChainTipSetWeight", (object?)null).GetString()!));
    }

    [Fact]
    public void An_epoch_without_tipset_has_one_before_and_one_after()
    {
        network.Node.Producer.Mine(nullRounds: 2);

        Assert.Equal(0, HeightOf(network.Call("Filecoin.ChainGetTipSetByHeight", 2, null)));
        Assert.Equal(3, HeightOf(network.Call("Filecoin.ChainGetTipSetAfterHeight", 2, null)));
        Assert.Contains(
            "greater than start point",
            network.Fail("Filecoin.ChainGetTipSetByHeight", 4, null)
                .GetProperty("message").GetString());
    }

    [Fact]
    public void The_size_of_something_is_less_by_what_is_left_out()
    {
        JsonElement root =
            network.Call("Filecoin.ChainHead").GetProperty("Blocks")[0]
                .GetProperty("ParentStateRoot");

        JsonElement whole = network.Call("Filecoin.ChainStatObj", root);
        JsonElement nothing = network.Call("Filecoin.ChainStatObj", root, root);

        Assert.True(whole.GetProperty("Size").GetInt64() > 1_000);
        Assert.True(whole.GetProperty("Links").GetInt64() > 10);
        Assert.Equal("""{"Size":0,"Links":0}""", nothing.ToString());
    }

    [Fact]
    public void Only_the_owner_may_set_the_head()
    {
        JsonElement first = network.Call("Filecoin.ChainHead").GetProperty("Cids");
        network.Node.Producer.Mine();
        string request = JsonSerializer.Serialize(new
        {
            jsonrpc = "2.0",
            id = 1,
            method = "Filecoin.ChainSetHead",
            @params = new[] { first },
        });

        Assert.Contains(
            "missing permission", network.Answer(request, Permission.Sign),
            StringComparison.Ordinal);
        Assert.Equal(1, network.Node.Chain.Head.Epoch.Value);

        Assert.Contains("null", network.Answer(request), StringComparison.Ordinal);
        Assert.Equal(0, network.Node.Chain.Head.Epoch.Value);
    }

    [Fact]
    public void Something_that_is_no_block_is_refused()
    {
        JsonElement root =
            network.Call("Filecoin.ChainHead").GetProperty("Blocks")[0]
                .GetProperty("ParentStateRoot");

        Assert.Contains("is no block's header", Error("Filecoin.ChainGetBlock", root));
        Assert.Contains("is no message", Error("Filecoin.ChainGetMessage", root));
        Assert.Contains("block not found", Error(
            "Filecoin.ChainReadObj", new Dictionary<string, string>
            {
                ["/"] = Cid.Of(Codec.Raw, "nothing"u8).ToString(),
            }));
    }

    private JsonElement[] MineFrom(JsonElement fork)
    {
        _ = network.Call("Filecoin.ChainSetHead", fork);
        network.Time += 50;
        network.Node.Producer.Mine();
        JsonElement first = network.Call("Filecoin.ChainHead").GetProperty("Cids");
        network.Node.Producer.Mine();
        return [first, network.Call("Filecoin.ChainHead").GetProperty("Cids")];
    }

    private string Error(string method, object parameter) =>
        network.Fail(method, parameter).GetProperty("message").GetString()!;

    private static long HeightOf(JsonElement tipset) => tipset.GetProperty("Height").GetInt64();
}
