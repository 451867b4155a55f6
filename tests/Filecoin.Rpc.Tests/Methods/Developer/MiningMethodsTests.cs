namespace Filecoin.Rpc.Tests.Methods;

public sealed class MiningMethodsTests
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
    public void Epochs_are_skipped_to_one_block_whose_time_is_as_much_later()
    {
        long epoch = network.Call("fvm_skipEpochs", "0x3e8").GetInt64();

        Assert.Equal(1_000, epoch);
        Assert.Equal(epoch, network.Node.Chain.Head.Epoch.Value);
        Assert.True(network.Node.Chain.TryGetTipset(
            new(999), NullRound.Before, out Tipset? before));
        Assert.Equal(0, before.Epoch.Value);
        Assert.InRange(
            network.Node.Chain.Head.Timestamp - RpcNetwork.StartTime,
            999 * 30UL, 1_000 * 30UL);
    }

    [Theory]
    [InlineData("0x0", "no block comes 0 epochs")]
    [InlineData("0xf4241", "more than 1000000")]
    public void So_many_epochs_are_not_skipped(string count, string problem) => Assert.Contains(
        problem, network.Fail("fvm_skipEpochs", count).GetProperty("message").GetString());

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

    [Theory]
    [InlineData("anvil_setAutomine", "null")]
    [InlineData("evm_setAutomine", "null")]
    [InlineData("hardhat_setLoggingEnabled", "true")]
    [InlineData("anvil_setLoggingEnabled", "null")]
    public void A_change_is_answered_as_the_clients_of_its_name_expect(
        string method, string answer) =>
        Assert.Equal(answer, network.Call(method, true).GetRawText());

    [Fact]
    public void Blocks_that_were_made_are_shown_with_their_transactions()
    {
        _ = network.Call("anvil_setAutomine", false);
        string hash = Pay();

        JsonElement blocks = network.Call("evm_mine_detailed", new { blocks = 2 });

        Assert.Equal(2, blocks.GetArrayLength());
        Assert.Equal("0x1", blocks[0].GetProperty("number").GetString());
        Assert.Equal(
            hash,
            blocks[0].GetProperty("transactions")[0].GetProperty("hash").GetString());
        Assert.Equal(0, blocks[1].GetProperty("transactions").GetArrayLength());
    }

    [Fact]
    public void An_interval_is_shown_until_it_is_taken_back()
    {
        Assert.Equal("null", network.Call("anvil_getIntervalMining").GetRawText());
        _ = network.Call("evm_setIntervalMining", 7);
        Assert.Equal(7, network.Call("anvil_getIntervalMining").GetInt32());

        network.Time += 7;
        Assert.True(network.Node.Producer.Tick());
        Assert.False(network.Node.Producer.Tick());
        _ = network.Call("anvil_setIntervalMining", 0);
        Assert.False(network.Call("anvil_getAutomine").GetBoolean());
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(1_000, 1)]
    [InlineData(2_700, 2)]
    public void An_interval_of_fractions_of_a_second_is_not_shown_as_none(
        int milliseconds, int shown)
    {
        network.Node.Producer.Interval = TimeSpan.FromMilliseconds(milliseconds);
        network.Node.Producer.Mode = ProductionMode.Interval;

        Assert.Equal(shown, network.Call("anvil_getIntervalMining").GetInt32());
    }

    [Fact]
    public void A_block_takes_no_more_gas_than_was_set()
    {
        _ = network.Call("anvil_setAutomine", false);
        _ = Pay(gas: "0x5f5e100");
        _ = Pay(gas: "0x5f5e100");
        _ = network.Call("evm_setBlockGasLimit", "0x5f5e100");

        _ = network.Call("evm_mine");

        Assert.Equal(
            "0x1",
            network.Call("eth_getBlockTransactionCountByNumber", "latest").GetString());
        Assert.Contains(
            "a block has 1 to",
            network.Fail("evm_setBlockGasLimit", "0xffffffffffffffff")
                .GetProperty("message").GetString());
    }

    [Fact]
    public void More_gas_than_was_set_for_a_block_is_refused_and_what_waits_already_stays()
    {
        _ = network.Call("anvil_setAutomine", false);
        _ = Pay(gas: "0x5f5e100");
        _ = network.Call("evm_setBlockGasLimit", "0x5f5e0ff");

        Assert.Equal(
            "gas limit 100000000 is above 99999999, the block gas limit that was set",
            network.Fail("eth_sendTransaction", Payment("0x5f5e100"))
                .GetProperty("message").GetString());
        _ = Pay(gas: "0x5f5e0ff");
        Assert.Equal(2, network.Node.Chain.Pool.Count);
        _ = network.Call("evm_setBlockGasLimit", "0x5f5e100");
        _ = network.Call("anvil_setAutomine", true);
        _ = Pay(gas: "0x5f5e100");

        Assert.Equal(0, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void A_minimum_price_is_refused_since_there_is_a_base_fee() => Assert.Contains(
        "base fee",
        network.Fail("hardhat_setMinGasPrice", "0x1").GetProperty("message").GetString());

    [Fact]
    public void Rewards_go_to_the_address_that_was_set_which_need_not_be_known()
    {
        _ = network.Call("hardhat_setCoinbase", Stranger);
        _ = network.Call("evm_mine");

        Assert.Equal(Stranger, network.Call("eth_coinbase").GetString());

        Assert.Equal(
            network.Node.Producer.Miner, network.Node.Chain.Head.Blocks[0].Miner);
        Assert.True(network.Node.StateAfter(network.Node.Chain.Head).TryGet(
            new EthereumAddress(Convert.FromHexString(Stranger[2..])).ToAddress(), out _, out _));
    }

    private string Pay(string? gas = null) =>
        network.Call("eth_sendTransaction", Payment(gas)).GetString()!;

    private object Payment(string? gas) => new
    {
        from = RpcNetwork.Ethereum(network.Keys[0]),
        to = Stranger,
        value = "0x1",
        gas,
    };
}
