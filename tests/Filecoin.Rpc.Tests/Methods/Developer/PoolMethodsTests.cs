namespace Filecoin.Rpc.Tests.Methods;

public sealed class PoolMethodsTests
{
    private const string Stranger = "0x2222222222222222222222222222222222222222";

    private readonly RpcNetwork network = new();

    public PoolMethodsTests() => network.Call("evm_setAutomine", false);

    private string First => RpcNetwork.Ethereum(network.Keys[0]);

    private string Second => RpcNetwork.Ethereum(network.Keys[1]);

    [Fact]
    public void What_can_run_is_told_from_what_waits_for_another()
    {
        string ready = Pay(First);
        string queued = Pay(First, "0x5");

        JsonElement content = network.Call("txpool_content");

        Assert.Equal("""{"pending":"0x1","queued":"0x1"}""",
            network.Call("txpool_status").GetRawText());
        Assert.Equal(ready, content.GetProperty("pending").GetProperty(First)
            .GetProperty("0").GetProperty("hash").GetString());
        Assert.Equal(queued, content.GetProperty("queued").GetProperty(First)
            .GetProperty("5").GetProperty("hash").GetString());
        Assert.Contains(
            "1 wei + ",
            network.Call("txpool_inspect").GetProperty("pending").GetProperty(First)
                .GetProperty("0").GetString());
    }

    [Fact]
    public void What_waits_of_one_sender_is_shown_alone()
    {
        _ = Pay(First);
        string hash = Pay(Second);

        JsonElement content = network.Call("txpool_contentFrom", Second);

        Assert.Equal(hash, content.GetProperty("pending").GetProperty("0")
            .GetProperty("hash").GetString());
        Assert.Equal(
            """{"pending":{},"queued":{}}""",
            network.Call("txpool_contentFrom", Stranger).GetRawText());
    }

    [Theory]
    [InlineData("anvil_dropTransaction")]
    [InlineData("hardhat_dropTransaction")]
    public void A_transaction_is_dropped_once(string method)
    {
        string hash = Pay(First);
        bool isHash = method.StartsWith("anvil", StringComparison.Ordinal);

        Assert.Equal(isHash ? $"\"{hash}\"" : "true", network.Call(method, hash).GetRawText());
        Assert.Equal(isHash ? "null" : "false", network.Call(method, hash).GetRawText());
        Assert.Equal(0, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void All_of_a_sender_and_then_all_is_dropped()
    {
        _ = (Pay(First), Pay(First), Pay(Second));

        _ = network.Call("anvil_removePoolTransactions", First);
        Assert.Equal(1, network.Node.Chain.Pool.Count);
        _ = network.Call("anvil_dropAllTransactions");
        Assert.Equal(0, network.Node.Chain.Pool.Count);
        _ = network.Call("evm_mine");
        Assert.Equal("0x0", network.Call("eth_getBalance", Stranger, "latest").GetString());
    }

    private string Pay(string from, string? nonce = null) => network.Call(
        "eth_sendTransaction", new { from, to = Stranger, value = "0x1", nonce }).GetString()!;
}
