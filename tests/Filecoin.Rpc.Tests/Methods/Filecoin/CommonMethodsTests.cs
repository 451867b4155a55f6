using System.Text;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class CommonMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void A_node_on_its_own_has_a_name_and_no_peers()
    {
        string id = network.Call("Filecoin.ID").GetString()!;

        Assert.StartsWith("12D3KooW", id, StringComparison.Ordinal);
        Assert.Equal(
            $$"""{"ID":"{{id}}","Addrs":[]}""", $"{network.Call("Filecoin.NetAddrsListen")}");
        Assert.Equal("2023-11-14T22:13:20Z", network.Call("Filecoin.StartTime").GetString());
        Assert.Equal(
            0, network.Call("Filecoin.NodeStatus", false).GetProperty("SyncStatus")
                .GetProperty("Behind").GetInt32());
    }

    [Fact]
    public void A_channel_tells_the_head_first_and_then_each_step_once_its_number_is_known()
    {
        using RpcConnection connection = new(network.Node);
        string answer = Ask(connection, 9, "Filecoin.ChainNotify");
        network.Node.Producer.Mine();

        Assert.Contains("\"result\":1", answer, StringComparison.Ordinal);
        Assert.Empty(Notices(connection));
        connection.AnswerSent();
        network.Node.Producer.Mine();

        string[] told = Notices(connection);
        Assert.Equal(3, told.Length);
        Assert.All(told, notice => Assert.StartsWith(
            """{"jsonrpc":"2.0","method":"xrpc.ch.val","params":[1,[{"Type":""", notice,
            StringComparison.Ordinal));
        Assert.Contains("\"current\"", told[0], StringComparison.Ordinal);
        Assert.Contains("\"apply\"", told[2], StringComparison.Ordinal);
        Assert.Contains("\"Height\":2}", told[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_ends_when_the_request_that_opened_it_is_cancelled()
    {
        using RpcConnection connection = new(network.Node);
        _ = Ask(connection, 9, "Filecoin.MpoolSub");
        connection.AnswerSent();

        _ = Ask(connection, null, "xrpc.cancel", 9);
        _ = network.Push("t0100", "1");

        Assert.Equal(
            ["""{"jsonrpc":"2.0","method":"xrpc.ch.close","params":[1]}"""], Notices(connection));
    }

    [Fact]
    public void A_channel_needs_a_connection() => Assert.Contains(
        "WebSocket",
        network.Fail("Filecoin.ChainNotify").GetProperty("message").GetString());

    [Fact]
    public void Events_are_found_by_who_made_them_and_what_is_in_them()
    {
        string own = network.OwnAddress;
        _ = network.Push("t01", "0", 2, network.Call(
            "Filecoin.MsigCreate", 1, new[] { own }, 0, "0", own, "0")
            .GetProperty("Message").GetProperty("Params").GetString());

        Assert.Equal("[]", $"{network.Call("Filecoin.GetActorEventsRaw", new
        {
            addresses = new[] { "t01" },
            fromHeight = 0,
            fields = new Dictionary<string, object[]> { ["nothing"] = [] },
        })}");
        Assert.Contains(
            "cannot specify both",
            network.Fail("Filecoin.GetActorEventsRaw", new
            {
                fromHeight = 0,
                tipsetKey = network.Call("Filecoin.ChainHead").GetProperty("Cids"),
            }).GetProperty("message").GetString());
    }

    private string Ask(RpcConnection connection, int? id, string method, params object[] more)
    {
        using AnswerBuffer answer = network.Server.Answer(
            JsonSerializer.SerializeToUtf8Bytes(id is null
                ? (object)new { jsonrpc = "2.0", method, @params = more }
                : new { jsonrpc = "2.0", id, method, @params = more }),
            new(network.Node, connection));
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static string[] Notices(RpcConnection connection)
    {
        List<string> told = [];
        while (connection.Notices.TryRead(out Func<IEnumerable<byte[]>>? notices))
        {
            told.AddRange(notices().Select(Encoding.UTF8.GetString));
        }

        return [.. told];
    }
}
