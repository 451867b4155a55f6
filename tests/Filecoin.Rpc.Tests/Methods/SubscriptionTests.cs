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

    [Fact]
    public void Transactions_that_wait_are_told_whole_to_who_asks_for_that()
    {
        using RpcConnection connection = new(Network.Node);
        string whole = Subscribe(connection, "newPendingTransactions", true);
        string hashes = Subscribe(connection, "newPendingTransactions");
        _ = Network.Call("anvil_setAutomine", false);
        string hash = contracts.Send(ContractNetwork.Inner, "0x1234");

        Dictionary<string, JsonElement> told = Told(connection);

        Assert.Equal(hash, told[hashes].GetString());
        Assert.Equal(hash, told[whole].GetProperty("hash").GetString());
        Assert.Equal("0x1234", told[whole].GetProperty("input").GetString());
        Assert.Equal(contracts.Sender, told[whole].GetProperty("from").GetString());
        Assert.Equal(JsonValueKind.Null, told[whole].GetProperty("blockHash").ValueKind);
    }

    [Theory]
    [InlineData("logs", "true", "not true or false")]
    [InlineData("newPendingTransactions", "\"all\"", "or true for whole transactions")]
    public void Options_that_a_kind_does_not_have_are_refused(
        string kind, string options, string words)
    {
        using RpcConnection connection = new(Network.Node);

        JsonElement error = Ask(connection, [kind, JsonDocument.Parse(options).RootElement])
            .GetProperty("error");

        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Contains(words, error.GetProperty("message").GetString());
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

    private static JsonElement[] Told(RpcConnection connection, string subscription) =>
        [.. All(connection).Where(told => told.Id == subscription).Select(told => told.Result)];

    private static Dictionary<string, JsonElement> Told(RpcConnection connection) =>
        All(connection).ToDictionary(told => told.Id, told => told.Result);

    private static IEnumerable<(string Id, JsonElement Result)> All(RpcConnection connection)
    {
        while (connection.Notices.TryRead(out Func<IEnumerable<byte[]>>? notices))
        {
            foreach (byte[] notice in notices())
            {
                JsonElement told = JsonDocument.Parse(notice).RootElement.GetProperty("params");
                yield return (
                    told.GetProperty("subscription").GetString()!, told.GetProperty("result"));
            }
        }
    }
}
