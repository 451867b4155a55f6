namespace Filecoin.Rpc.Tests.Methods;

public sealed class TimeMethodsTests
{
    private readonly RpcNetwork network = new();

    private ulong HeadTime => network.Node.Chain.Head.Timestamp;

    [Fact]
    public void The_clock_is_set_ahead_and_back_again_but_not_before_the_head()
    {
        Assert.Equal(500, network.Call("evm_setTime", RpcNetwork.StartTime + 500).GetInt64());
        Assert.Equal(0, network.Call("anvil_setTime", RpcNetwork.StartTime + 100).GetInt64());
        _ = network.Call("evm_mine");

        Assert.Equal(RpcNetwork.StartTime + 100, HeadTime);
        Assert.Contains(
            "is not after",
            network.Fail("evm_setTime", RpcNetwork.StartTime).GetProperty("message").GetString());
    }

    [Fact]
    public void What_the_clock_is_ahead_adds_up()
    {
        Assert.Equal(10, network.Call("anvil_increaseTime", "0xa").GetInt64());
        Assert.Equal(15, network.Call("evm_increaseTime", 5).GetInt64());
    }

    [Fact]
    public void Blocks_are_as_far_apart_as_was_set_until_that_is_taken_back()
    {
        _ = network.Call("anvil_setBlockTimestampInterval", 12);
        _ = network.Call("anvil_mine", 2);
        Assert.Equal(RpcNetwork.StartTime + 24, HeadTime);

        Assert.True(network.Call("anvil_removeBlockTimestampInterval").GetBoolean());
        Assert.False(network.Call("anvil_removeBlockTimestampInterval").GetBoolean());
        _ = network.Call("evm_mine");
        Assert.Equal(RpcNetwork.StartTime + 25, HeadTime);
    }

    [Theory]
    [InlineData("evm_increaseTime")]
    [InlineData("evm_setTime")]
    [InlineData("evm_setNextBlockTimestamp")]
    [InlineData("anvil_setBlockTimestampInterval")]
    [InlineData("evm_setIntervalMining")]
    public void A_time_that_no_calendar_has_is_refused(string method)
    {
        Assert.DoesNotContain(
            "defect",
            network.Fail(method, ulong.MaxValue).GetProperty("message").GetString(),
            StringComparison.Ordinal);
        _ = network.Call("evm_mine");

        Assert.Equal(RpcNetwork.StartTime + 1, HeadTime);
    }

    [Fact]
    public void The_first_blocks_time_is_known() => Assert.Equal(
        RpcNetwork.StartTime, network.Call("anvil_getGenesisTime").GetUInt64());
}
