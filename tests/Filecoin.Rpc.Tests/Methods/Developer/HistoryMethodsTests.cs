namespace Filecoin.Rpc.Tests.Methods;

public sealed class HistoryMethodsTests
{
    private const string Stranger = "0x2222222222222222222222222222222222222222";

    private readonly RpcNetwork network = new();

    private string Owned => network.Call("eth_getBalance", Stranger, "latest").GetString()!;

    private string Height => network.Call("eth_blockNumber").GetString()!;

    [Fact]
    public void A_reset_brings_back_the_first_block_its_state_and_its_time()
    {
        _ = network.Call("hardhat_setBalance", Stranger, "0x5");
        string snapshot = network.Call("evm_snapshot").GetString()!;
        _ = network.Call("evm_increaseTime", 1_000);
        _ = network.Call("anvil_setAutomine", false);
        _ = Pay("0x7");
        _ = network.Call("evm_mine");
        _ = Pay("0x7");

        Assert.True(network.Call("hardhat_reset").GetBoolean());

        Assert.Equal("0x0", Height);
        Assert.Equal("0x0", Owned);
        Assert.Equal(0, network.Node.Chain.Pool.Count);
        Assert.Equal(RpcNetwork.StartTime, network.Node.Producer.Now);
        Assert.False(network.Call("evm_revert", snapshot).GetBoolean());
    }

    [Fact]
    public void A_reset_to_a_fork_is_refused_and_nothing_changes()
    {
        _ = network.Call("evm_mine");

        Assert.Contains(
            "fork",
            network.Fail("anvil_reset", new { forking = new { jsonRpcUrl = "http://x" } })
                .GetProperty("message").GetString());
        Assert.Equal("0x1", Height);
    }

    [Fact]
    public void A_rollback_takes_blocks_and_their_transactions_away()
    {
        string kept = Pay("0x1");
        string gone = Pay("0x2");
        _ = network.Call("anvil_rollback");

        Assert.Equal("0x1", Height);
        Assert.Equal("0x1", Owned);
        Assert.NotEqual("null", Receipt(kept));
        Assert.Equal("null", Receipt(gone));
        Assert.Equal(0, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void A_rollback_beyond_the_first_block_is_refused()
    {
        _ = network.Call("anvil_mine", 3);

        Assert.Contains(
            "4 blocks back from 3",
            network.Fail("anvil_rollback", 4).GetProperty("message").GetString());
        Assert.Equal("0x3", Height);
    }

    [Fact]
    public void A_reorganization_makes_other_blocks_of_the_transactions_it_is_given()
    {
        _ = network.Call("anvil_mine", 4);
        string before = HashOf("0x3");
        object transaction = new
        {
            from = RpcNetwork.Ethereum(network.Keys[0]),
            to = Stranger,
            value = "0x9",
        };

        _ = network.Call("anvil_reorg", 2, new object[] { new object[] { transaction, 1 } });

        Assert.Equal("0x4", Height);
        Assert.NotEqual(before, HashOf("0x3"));
        Assert.Equal("0x9", Owned);
        Assert.Equal(
            "0x1", network.Call("eth_getBlockTransactionCountByNumber", "0x4").GetString());
    }

    [Fact]
    public void A_reorganization_that_fails_leaves_everything_as_it_was()
    {
        _ = Pay("0x3");
        string before = HashOf("0x1");

        _ = network.Fail("anvil_reorg", 1, new object[] { new object[] { "0x02", 0 } });

        Assert.Equal(before, HashOf("0x1"));
        Assert.Equal("0x3", Owned);
        Assert.True(network.Call("anvil_getAutomine").GetBoolean());
    }

    [Fact]
    public void Snapshots_are_listed_with_their_blocks()
    {
        _ = network.Call("evm_mine");
        string snapshot = network.Call("anvil_snapshot").GetString()!;

        JsonElement kept = network.Call("anvil_metadata").GetProperty("snapshots")
            .GetProperty(snapshot);

        Assert.Equal(1, kept[0].GetInt32());
        Assert.Equal(HashOf("0x1"), kept[1].GetString());
    }

    private string HashOf(string number) => network.Call("eth_getBlockByNumber", number, false)
        .GetProperty("hash").GetString()!;

    private string Receipt(string hash) =>
        network.Call("eth_getTransactionReceipt", hash).GetRawText();

    private string Pay(string value) => network.Call("eth_sendTransaction", new
    {
        from = RpcNetwork.Ethereum(network.Keys[0]),
        to = Stranger,
        value,
    }).GetString()!;
}
