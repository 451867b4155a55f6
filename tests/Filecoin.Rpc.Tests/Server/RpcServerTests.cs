namespace Filecoin.Rpc.Tests.Server;

public sealed class RpcServerTests
{
    private readonly RpcNetwork network = new(new() { BatchMax = 3, BodyBytesMax = 4_096 });

    [Theory]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("true")]
    public void A_call_whose_id_nobody_could_find_again_is_not_run(string id)
    {
        RpcNetwork network = new();

        string answer = network.Answer($$"""{"id":{{id}},"method":"evm_mine"}""");

        Assert.Contains("-32600", answer, StringComparison.Ordinal);
        Assert.Equal(0, network.Node.Chain.Head.Epoch.Value);
    }

    [Fact]
    public void What_must_not_be_null_is_named()
    {
        RpcNetwork network = new();

        Assert.Equal(
            "eth_call: request is null",
            network.Fail("eth_call", [null]).GetProperty("message").GetString());
        Assert.Equal(
            "Filecoin.MpoolBatchPush: one of messages is null",
            network.Fail("Filecoin.MpoolBatchPush", [new object?[] { null }])
                .GetProperty("message").GetString());
        Assert.Equal(
            "parameter 2, isFull: a value of another kind is expected",
            network.Fail("eth_getBlockByNumber", "latest", "x")
                .GetProperty("message").GetString());
    }

    [Fact]
    public void A_call_is_answered_under_its_id() => Assert.Equal(
        """{"jsonrpc":"2.0","id":"a","result":"0x1df5e76"}""",
        network.Answer("""{"jsonrpc":"2.0","id":"a","method":"eth_chainId"}"""));

    [Theory]
    [InlineData("", RpcError.ParseErrorCode)]
    [InlineData("{", RpcError.ParseErrorCode)]
    [InlineData("\u0001", RpcError.ParseErrorCode)]
    [InlineData("[]", RpcError.InvalidRequestCode)]
    [InlineData("1", RpcError.InvalidRequestCode)]
    [InlineData("""{"id":1}""", RpcError.InvalidRequestCode)]
    [InlineData("""{"id":1,"method":7}""", RpcError.InvalidRequestCode)]
    [InlineData("""{"id":1,"method":"\ud800"}""", RpcError.InvalidRequestCode)]
    [InlineData("""{"id":1,"method":"eth_none"}""", RpcError.MethodNotFoundCode)]
    [InlineData(
        """{"id":1,"method":"eth_getBalance","params":[]}""", RpcError.InvalidParametersCode)]
    [InlineData(
        """{"id":1,"method":"eth_getBalance","params":{}}""", RpcError.InvalidParametersCode)]
    [InlineData(
        """{"id":1,"method":"eth_getBalance","params":["0x12"]}""", RpcError.InvalidParametersCode)]
    [InlineData(
        """{"id":1,"method":"eth_getBalance","params":[null]}""", RpcError.InvalidParametersCode)]
    [InlineData(
        """{"id":1,"method":"eth_chainId","params":[1]}""", RpcError.InvalidParametersCode)]
    public void What_is_no_call_of_a_method_has_its_code(string request, int code) =>
        Assert.Equal(code, CodeOf(network.Answer(request)));

    [Fact]
    public void Nesting_beyond_the_limit_is_refused() => Assert.Equal(
        RpcError.ParseErrorCode,
        CodeOf(network.Answer(new string('[', 100) + new string(']', 100))));

    [Fact]
    public void A_body_beyond_the_limit_is_refused() => Assert.Equal(
        RpcError.InvalidRequestCode, CodeOf(network.Answer(new string(' ', 5_000))));

    [Fact]
    public void A_batch_beyond_the_limit_is_refused() => Assert.Equal(
        RpcError.InvalidRequestCode, CodeOf(network.Answer("[1,2,3,4]")));

    [Fact]
    public void A_small_answer_is_given_though_others_take_all_there_is_for_answers()
    {
        RpcNetwork full = new(new() { SendingBytesMax = 0 });

        JsonElement block = full.Call("eth_getBlockByNumber", "latest", true);

        Assert.True(block.GetRawText().Length > 1_024);
    }

    [Fact]
    public void A_batch_ends_where_answers_have_taken_all_there_is_for_them()
    {
        RpcNetwork full = new(new() { SendingBytesMax = 0 });
        const string Large = "0x6666666666666666666666666666666666666666";
        _ = full.Call("hardhat_setCode", Large, "0x6110005ff3");
        string call = $$"""{"id":1,"method":"eth_call","params":[{"to":"{{Large}}"},"latest"]}""";

        string calls = string.Join(',', Enumerable.Repeat(call, 20));
        string answer = full.Answer($$"""[{{calls}},{"id":3,"method":"eth_chainId"}]""");

        JsonElement batch = JsonDocument.Parse(answer).RootElement;
        Assert.True(batch[0].TryGetProperty("result", out _));
        Assert.Equal(RpcError.LimitCode, CodeOf(batch[19].GetRawText()));
        Assert.Equal(RpcError.LimitCode, CodeOf(batch[20].GetRawText()));
    }

    [Fact]
    public void A_batch_is_answered_call_by_call_and_notices_are_not()
    {
        string answer = network.Answer("""
            [{"id":1,"method":"net_listening"},{"method":"net_listening"},{"id":3,"method":"x"}]
            """);

        JsonElement batch = JsonDocument.Parse(answer).RootElement;
        Assert.Equal(2, batch.GetArrayLength());
        Assert.True(batch[0].GetProperty("result").GetBoolean());
        Assert.Equal(
            RpcError.MethodNotFoundCode,
            batch[1].GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("""{"method":"net_listening"}""")]
    [InlineData("""[{"method":"net_listening"}]""")]
    public void Notices_have_no_answer(string request) =>
        Assert.Equal("", network.Answer(request));

    [Fact]
    public void Whoever_may_only_read_does_not_change_the_chain()
    {
        string answer = network.Answer("""{"id":1,"method":"evm_mine"}""", Permission.Read);

        Assert.Contains("missing permission", answer, StringComparison.Ordinal);
        Assert.Equal(0, network.Node.Chain.Head.Epoch.Value);
    }

    private static int CodeOf(string answer) => JsonDocument.Parse(answer).RootElement
        .GetProperty("error").GetProperty("code").GetInt32();
}
