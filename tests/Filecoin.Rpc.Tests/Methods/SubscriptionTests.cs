using System.Text;

namespace Filecoin.Rpc.Tests.Methods;

/// <summary>What subscriptions and filters tell when the chain goes another way.</summary>
public sealed class SubscriptionTests
{
    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void Logs_that_the_chain_has_no_longer_are_told_as_removed_before_the_new_ones()
    {
        using RpcConnection connection = new(Network.Node);
        contracts.Put(ContractNetwork.Outer, Programs.Logs);
        string snapshot = Network.Call("evm_snapshot").GetString()!;
        string subscription = Subscribe(
            connection, "logs", new { address = ContractNetwork.Outer });
        string first = contracts.Send(ContractNetwork.Outer);
        string second = contracts.Send(ContractNetwork.Outer, "0x01");
        _ = Network.Call("evm_revert", snapshot);
        string third = contracts.Send(ContractNetwork.Outer, "0x02");

        JsonElement[] told = Told(connection, subscription);

        Assert.Equal(
            [
                (first, false), (second, false), (second, true), (first, true), (third, false),
            ],
            told.Select(Named));
        Assert.Equal(
            told[0].GetProperty("blockHash").GetString(),
            told[3].GetProperty("blockHash").GetString());
    }

    [Fact]
    public void A_filter_gives_removed_logs_before_those_of_the_new_chain()
    {
        contracts.Put(ContractNetwork.Outer, Programs.Logs);
        string snapshot = Network.Call("evm_snapshot").GetString()!;
        string first = contracts.Send(ContractNetwork.Outer);
        string filter = Network.Call(
            "eth_newFilter", new { address = ContractNetwork.Outer }).GetString()!;
        string others = Network.Call(
            "eth_newFilter", new { address = ContractNetwork.Inner }).GetString()!;
        _ = Network.Call("evm_revert", snapshot);
        string second = contracts.Send(ContractNetwork.Outer, "0x01");

        Assert.Equal(
            [(first, true), (second, false)],
            Network.Call("eth_getFilterChanges", filter).EnumerateArray().Select(Named));
        Assert.Equal(0, Network.Call("eth_getFilterChanges", filter).GetArrayLength());
        Assert.Equal(0, Network.Call("eth_getFilterChanges", others).GetArrayLength());
        Assert.Equal(
            [(second, false)],
            Network.Call("eth_getFilterLogs", filter).EnumerateArray().Select(Named));
    }

    [Fact]
    public void New_heads_go_on_with_those_of_the_new_chain()
    {
        using RpcConnection connection = new(Network.Node);
        string snapshot = Network.Call("evm_snapshot").GetString()!;
        string subscription = Subscribe(connection, "newHeads");
        _ = Network.Call("evm_mine");
        _ = Network.Call("evm_mine");
        _ = Network.Call("evm_revert", snapshot);
        _ = Network.Call("evm_mine");

        Assert.Equal(
            ["0x1", "0x2", "0x1"],
            Told(connection, subscription).Select(head => head.GetProperty("number").GetString()));
    }

    private static (string, bool) Named(JsonElement log) => (
        log.GetProperty("transactionHash").GetString()!, log.GetProperty("removed").GetBoolean());

    private string Subscribe(RpcConnection connection, params object[] parameters)
    {
        JsonElement answer = Ask(connection, parameters);
        return answer.TryGetProperty("result", out JsonElement subscription)
            ? subscription.GetString()!
            : throw new InvalidOperationException($"{answer}");
    }

    private JsonElement Ask(RpcConnection connection, object[] parameters)
    {
        using AnswerBuffer answer = Network.Server.Answer(
            JsonSerializer.SerializeToUtf8Bytes(
                new { jsonrpc = "2.0", id = 1, method = "eth_subscribe", @params = parameters }),
            new(Network.Node, connection));
        return JsonDocument.Parse(answer.ToArray()).RootElement;
    }

    private static JsonElement[] Told(RpcConnection connection, string subscription)
    {
        List<JsonElement> told = [];
        while (connection.Notices.TryRead(out Func<IEnumerable<byte[]>>? notices))
        {
            foreach (byte[] notice in notices())
            {
                JsonElement parameters = JsonDocument.Parse(Encoding.UTF8.GetString(notice))
                    .RootElement.GetProperty("params");
                if (parameters.GetProperty("subscription").GetString() == subscription)
                {
                    told.Add(parameters.GetProperty("result"));
                }
            }
        }

        return [.. told];
    }
}
