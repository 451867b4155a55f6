using System.Text.Json.Nodes;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class MessageSearchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly RpcNetwork network = new();

    [Fact]
    public void With_a_block_for_each_message_any_confidence_is_there()
    {
        JsonElement message = Send();

        JsonElement found = network.Call("Filecoin.StateWaitMsg", message, 5, -1, true);

        Assert.Equal(1, found.GetProperty("Height").GetInt32());
        Assert.Equal(1, network.Node.Chain.Head.Epoch.Value);
    }

    [Fact]
    public async Task With_blocks_by_time_the_confidence_is_waited_for()
    {
        network.Node.Producer.Mode = ProductionMode.Interval;
        JsonElement message = Send();
        network.Node.Producer.Mine();
        Task<JsonElement> waiting = Task.Run(() =>
            network.Call("Filecoin.StateWaitMsg", message, 2, -1, true));

        network.Node.Producer.Mine();
        await Task.Delay(Glance, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        network.Node.Producer.Mine();
        JsonElement found = await waiting.WaitAsync(
            Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, found.GetProperty("Height").GetInt32());
    }

    [Fact]
    public void A_message_is_looked_for_as_far_back_as_the_limit_says()
    {
        JsonElement message = Send();
        network.Node.Producer.Mine();
        network.Node.Producer.Mine();

        Assert.Equal(JsonValueKind.Null, Search(message, 1).ValueKind);
        Assert.Equal(1, Search(message, 2).GetProperty("Height").GetInt32());
        Assert.Equal(1, Search(message, -1).GetProperty("Height").GetInt32());
    }

    [Fact]
    public void A_message_is_on_the_chain_that_ends_with_the_tipset_that_was_named()
    {
        JsonElement before = network.Call("Filecoin.ChainHead").GetProperty("Cids");
        JsonElement message = Send();
        JsonElement after = network.Call("Filecoin.ChainHead").GetProperty("Cids");
        network.Node.Producer.Mine();

        Assert.Equal(JsonValueKind.Null, network.Call(
            "Filecoin.StateSearchMsg", before, message, -1, true).ValueKind);
        Assert.Equal($"{after}", $"{network.Call(
            "Filecoin.StateSearchMsg", after, message, -1, true).GetProperty("TipSet")}");
    }

    [Fact]
    public void What_took_a_messages_place_is_found_for_it_and_named()
    {
        network.Node.Producer.Mode = ProductionMode.Manual;
        (JsonElement first, JsonElement second) = (Push("5", "100000"), Push("5", "200000"));
        network.Node.Producer.Mine();
        network.Node.Producer.Mine();

        Assert.Equal($"{second}", $"{Search(first, -1).GetProperty("Message")}");
        Assert.Equal(1, Search(first, -1).GetProperty("Height").GetInt32());
        Assert.Equal($"{second}", $"{network.Call(
            "Filecoin.StateWaitMsg", first, 0, -1, true).GetProperty("Message")}");
        Assert.Equal($"{second}", $"{Search(second, -1).GetProperty("Message")}");
    }

    [Fact]
    public void What_took_a_messages_place_is_an_error_where_it_is_not_as_good()
    {
        network.Node.Producer.Mode = ProductionMode.Manual;
        JsonElement first = Push("5", "100000");
        _ = Push("5", "200000");
        network.Node.Producer.Mine();

        Assert.Contains("equal nonce", Error("Filecoin.StateSearchMsg", null, first, -1, false));
        Assert.Contains("equal nonce", Error("Filecoin.StateWaitMsg", first, 0, -1, false));
    }

    [Fact]
    public void Another_call_with_a_messages_nonce_is_no_replacement()
    {
        network.Node.Producer.Mode = ProductionMode.Manual;
        JsonElement first = Push("5", "100000");
        _ = Push("6", "200000");
        network.Node.Producer.Mine();

        Assert.Contains(
            "NOT a valid replacement", Error("Filecoin.StateSearchMsg", null, first, -1, true));
    }

    private JsonElement Send() => network.Call(
        "Filecoin.MpoolPushMessage", network.MessageTo("t0100", "1")).GetProperty("CID");

    private JsonElement Search(JsonElement message, long limit) =>
        network.Call("Filecoin.StateSearchMsg", null, message, limit, true);

    private string Error(string method, params object?[] parameters) =>
        network.Fail(method, parameters).GetProperty("message").GetString()!;

    /// <summary>A message of the nonce 0.</summary>
    private JsonElement Push(string value, string premium)
    {
        JsonObject message = JsonSerializer.SerializeToNode(network.Call(
            "Filecoin.GasEstimateMessageGas", network.MessageTo("t0100", value)))!.AsObject();
        message["GasPremium"] = premium;
        message["GasFeeCap"] = "10000000000";
        return network.Call("Filecoin.MpoolPush", network.Call(
            "Filecoin.WalletSignMessage", network.OwnAddress, message));
    }
}
