namespace Filecoin.Rpc.Tests.Methods;

public sealed class DeveloperMethodsTests
{
    private const string Stranger = "0x2222222222222222222222222222222222222222";

    private readonly RpcNetwork network = new();

    [Fact]
    public void A_snapshot_brings_back_head_and_balances_and_is_used_up()
    {
        string snapshot = network.Call("evm_snapshot").GetString()!;
        _ = network.Call("hardhat_setBalance", Stranger, "0x5");
        _ = network.Call("hardhat_mine", "0x3");

        Assert.True(network.Call("evm_revert", snapshot).GetBoolean());

        Assert.Equal("0x0", network.Call("eth_blockNumber").GetString());
        Assert.Equal("0x0", network.Call("eth_getBalance", Stranger, "latest").GetString());
        Assert.False(network.Call("evm_revert", snapshot).GetBoolean());
    }

    [Fact]
    public void Time_that_is_put_ahead_shows_in_the_next_block()
    {
        _ = network.Call("evm_increaseTime", 100);
        _ = network.Call("evm_mine");

        Assert.Equal(RpcNetwork.StartTime + 100, network.Node.Chain.Head.Timestamp);
    }

    [Fact]
    public void The_next_block_gets_the_time_that_was_set_and_none_before_the_last()
    {
        _ = network.Call("evm_setNextBlockTimestamp", RpcNetwork.StartTime + 50);
        _ = network.Call("evm_mine");
        Assert.Equal(RpcNetwork.StartTime + 50, network.Node.Chain.Head.Timestamp);

        Assert.Contains(
            "is not after",
            network.Fail("evm_setNextBlockTimestamp", RpcNetwork.StartTime)
                .GetProperty("message").GetString());
    }

    [Fact]
    public void Blocks_are_made_so_many_and_so_far_apart()
    {
        _ = network.Call("hardhat_mine", "0x3", "0x3c");

        Assert.Equal(3, network.Node.Chain.Head.Epoch.Value);
        Assert.True(network.Node.Chain.TryGetTipset(
            new(2), NullRound.Refused, out Tipset? second));
        Assert.Equal(second.Timestamp + 60, network.Node.Chain.Head.Timestamp);
    }

    [Fact]
    public void Without_automine_a_transaction_waits_for_a_block()
    {
        _ = network.Call("evm_setAutomine", false);
        string hash = network.Call("eth_sendTransaction", new
        {
            from = RpcNetwork.Ethereum(network.Keys[0]),
            to = Stranger,
            value = "0x7",
        }).GetString()!;

        Assert.Equal(
            JsonValueKind.Null, network.Call("eth_getTransactionReceipt", hash).ValueKind);
        Assert.Equal(
            JsonValueKind.Null,
            network.Call("eth_getTransactionByHash", hash).GetProperty("blockHash").ValueKind);
        Assert.Equal("0x1", network.Call("txpool_status").GetProperty("pending").GetString());

        _ = network.Call("evm_mine");
        Assert.Equal("0x7", network.Call("eth_getBalance", Stranger, "latest").GetString());
    }

    [Fact]
    public void Nonce_code_and_slots_are_what_was_set()
    {
        _ = network.Call("hardhat_setNonce", RpcNetwork.Ethereum(network.Keys[1]), "0x9");
        _ = network.Call("hardhat_setCode", Stranger, "0x6001600055");
        _ = network.Call("hardhat_setStorageAt", Stranger, "0x3", "0xabcd");

        Assert.Equal(
            "0x9",
            network.Call(
                "eth_getTransactionCount", RpcNetwork.Ethereum(network.Keys[1]), "latest")
                .GetString());
        Assert.Equal(
            "0x6001600055", network.Call("eth_getCode", Stranger, "latest").GetString());
        Assert.EndsWith(
            "abcd", network.Call("eth_getStorageAt", Stranger, "0x3", "latest").GetString());
        _ = network.Call("hardhat_setStorageAt", Stranger, "0x3", "0x0");
        Assert.Equal(
            Hex.OfBytes(new byte[32]),
            network.Call("eth_getStorageAt", Stranger, "0x3", "latest").GetString());
    }

    [Fact]
    public void Slots_of_what_is_no_contract_are_not_set() => Assert.Contains(
        "is no contract",
        network.Fail(
            "hardhat_setStorageAt", RpcNetwork.Ethereum(network.Keys[0]), "0x0", "0x1")
            .GetProperty("message").GetString());
}
