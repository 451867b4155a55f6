namespace Filecoin.Rpc.Tests.Methods;

/// <summary>A person understands why something failed.</summary>
public sealed class FailureTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Inner = ContractNetwork.Inner;

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Theory]
    [InlineData("eth_call")]
    [InlineData("eth_estimateGas")]
    [InlineData("eth_sendTransaction")]
    public void A_revert_comes_with_code_3_its_data_its_reason_and_who_called_whom(string method)
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Requires("not yours"));

        JsonElement error = Network.Fail(method, new { from = contracts.Sender, to = Outer });

        Assert.Equal(RpcError.RevertedCode, error.GetProperty("code").GetInt32());
        Assert.StartsWith("0x08c379a0", error.GetProperty("data").GetString());
        string text = error.GetProperty("message").GetString()!;
        Assert.Contains("revert reason=[Error(not yours)]", text);
        Assert.Contains($"{Outer} without selector > {Inner} 0x{Programs.Selector}: 33", text);
        Assert.Equal(0, Network.Node.Chain.Head.Epoch.Value);
    }

    [Theory]
    [InlineData("12345678", "custom error 0x12345678")]
    [InlineData("", "reverted without a reason")]
    [InlineData(
        "4e487b710000000000000000000000000000000000000000000000000000000000000011",
        "panic 0x11, ArithmeticOverflow()")]
    public void What_a_contract_reverts_with_is_put_into_words(string data, string words)
    {
        contracts.Put(Outer, Programs.Reverts(data));

        Assert.Contains(words, contracts.Error("eth_call", new { to = Outer }, "latest"));
    }

    [Fact]
    public void An_actor_s_exit_code_comes_with_its_name_and_its_own_words()
    {
        // The reward actor, which takes no call of a contract's kind.
        const string reward = "0xff00000000000000000000000000000000000002";

        string error = contracts.Error("eth_call", new { to = reward, data = "0x01" }, "latest");

        Assert.Contains("22 USR_UNHANDLED_MESSAGE", error);
        Assert.Contains("t02 method 3844450837: 22 USR_UNHANDLED_MESSAGE, invalid method", error);
    }

    [Fact]
    public void Funds_that_are_not_there_come_with_the_sums()
    {
        object call = new { from = contracts.Sender, to = Inner, value = "0x6c6b935b8bbd400000" };

        JsonElement error = Network.Fail("eth_estimateGas", call);

        Assert.Equal(RpcError.RejectedCode, error.GetProperty("code").GetInt32());
        Assert.Contains(
            $"{contracts.Sender} has 100 FIL, needs 2000 FIL (value 2000 FIL",
            error.GetProperty("message").GetString());
        Assert.DoesNotContain("revert", error.GetProperty("message").GetString());
    }

    [Fact]
    public void A_transaction_that_cannot_be_paid_is_refused_with_the_sums()
    {
        string error = contracts.Error("eth_sendTransaction", new
        {
            from = contracts.Sender,
            to = Inner,
            value = "0x56bc75e2d63100000",
            gas = "0x989680",
            maxFeePerGas = "0x3b9aca00",
        });

        Assert.Contains(
            "insufficient funds for gas * price + value: "
                + $"{contracts.Sender} has 100 FIL, needs 100.01 FIL"
                + " (value 100 FIL, gas up to 0.01 FIL)",
            error);
        Assert.Equal(0, Network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void A_limit_too_low_to_begin_with_comes_with_the_figure_needed()
    {
        string error = contracts.Error("eth_sendTransaction", new
        {
            from = contracts.Sender,
            to = Inner,
            value = "0x1",
            gas = "0x5208",
        });

        Assert.StartsWith("intrinsic gas too low: gas limit 21000 below", error);
        Assert.Contains("it needs about", error);
    }

    [Fact]
    public void A_transaction_that_ran_out_of_gas_says_what_it_would_have_needed()
    {
        contracts.Put(Outer, Programs.Counter);
        string hash = contracts.Send(Outer, gas: "0x16e360");

        JsonElement frame = contracts.Debug(hash, new { tracer = "callTracer" });

        Assert.StartsWith(
            "out of gas: the limit was 1500000, it needs about",
            frame.GetProperty("error").GetString());
        Assert.Equal(
            "0x0",
            Network.Call("eth_getTransactionReceipt", hash).GetProperty("status").GetString());
    }
}
