namespace Filecoin.Rpc.Tests.Methods;

public sealed class TraceMethodsTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Inner = ContractNetwork.Inner;

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void A_call_in_a_call_is_shown_behind_it_with_its_place()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Returns("abcd"));
        string hash = contracts.Send(Outer);

        JsonElement[] traces = contracts.Traces();

        Assert.Equal(2, traces.Length);
        Assert.Equal("[]", traces[0].GetProperty("traceAddress").ToString());
        Assert.Equal("[0]", traces[1].GetProperty("traceAddress").ToString());
        Assert.Equal(1, traces[0].GetProperty("subtraces").GetInt32());
        Assert.All(traces, trace => Assert.Equal(
            hash, trace.GetProperty("transactionHash").GetString()));
        Assert.All(traces, trace => Assert.Equal(
            1, trace.GetProperty("transactionPosition").GetInt32()));
        JsonElement inner = traces[1].GetProperty("action");
        Assert.Equal(
            ("call", Outer, Inner, "0x" + Programs.Selector),
            (Text(inner, "callType"), Text(inner, "from"), Text(inner, "to"),
                Text(inner, "input")));
        Assert.Equal("0xabcd", Text(traces[0].GetProperty("result"), "output"));
    }

    [Fact]
    public void Gas_of_a_call_is_its_own_and_all_of_it_is_the_transaction_s()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);
        string hash = contracts.Send(Outer);

        long shown = contracts.Traces().Sum(
            trace => Number(trace.GetProperty("result"), "gasUsed"));

        long used = Number(Network.Call("eth_getTransactionReceipt", hash), "gasUsed");
        Assert.InRange(shown, used / 2, used);
        Assert.Equal(
            used, contracts.Debug(hash).GetProperty("gas").GetInt64());
    }

    [Fact]
    public void A_revert_that_is_passed_on_shows_at_both_calls()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Requires("not yours"));
        _ = contracts.Send(Outer);

        JsonElement[] traces = contracts.Traces();

        Assert.All(traces, trace => Assert.Equal("Reverted", Text(trace, "error")));
        Assert.All(traces, trace => Assert.StartsWith(
            "0x08c379a0", Text(trace.GetProperty("result"), "output")));
    }

    [Theory]
    [InlineData("staticcall")]
    [InlineData("delegatecall")]
    public void The_kind_of_a_call_is_shown(string kind)
    {
        contracts.PutBoth(
            kind == "staticcall" ? Programs.StaticCall(Inner) : Programs.DelegateCall(Inner),
            Programs.Returns("01"));
        _ = contracts.Send(Outer);

        JsonElement[] traces = contracts.Traces();

        Assert.Equal(2, traces.Length);
        JsonElement action = traces[1].GetProperty("action");
        Assert.Equal(
            (kind, Outer, Inner, "0x" + Programs.Selector),
            (Text(action, "callType"), Text(action, "from"), Text(action, "to"),
                Text(action, "input")));
    }

    [Fact]
    public void A_creation_shows_what_was_made_and_not_who_makes_contracts()
    {
        string code = "0x" + Programs.Making(Programs.Counter);
        string hash = contracts.Send(null, code);

        JsonElement trace = Assert.Single(contracts.Traces());

        Assert.Equal("create", Text(trace, "type"));
        Assert.Equal(code, Text(trace.GetProperty("action"), "init"));
        Assert.Equal("0xfe", Text(trace.GetProperty("result"), "code"));
        Assert.Equal(
            Text(Network.Call("eth_getTransactionReceipt", hash), "contractAddress"),
            Text(trace.GetProperty("result"), "address"));
    }

    [Fact]
    public void A_creation_that_reverts_shows_the_reason_and_no_address()
    {
        _ = contracts.Send(null, "0x" + Programs.Reverts("beef"));

        JsonElement trace = Assert.Single(contracts.Traces());

        Assert.Equal("Reverted", Text(trace, "error"));
        Assert.Equal("0xbeef", Text(trace.GetProperty("result"), "code"));
        Assert.False(trace.GetProperty("result").TryGetProperty("address", out _));
    }

    [Fact]
    public void A_transaction_s_traces_are_those_of_its_block_that_are_its_own()
    {
        contracts.Put(Outer, Programs.Counter);
        _ = Network.Call("evm_setAutomine", false);
        string first = contracts.Send(Outer);
        _ = Network.Call("eth_sendTransaction", new
        {
            from = RpcNetwork.Ethereum(Network.Keys[1]),
            to = Outer,
            gas = "0x3b9aca00",
        });
        Assert.Equal(
            "no trace for pending transactions", contracts.Error("trace_transaction", first));

        _ = Network.Call("evm_mine");

        Assert.Equal(2, contracts.Traces().Length);
        JsonElement only = Assert.Single(
            Network.Call("trace_transaction", first).EnumerateArray().ToArray());
        Assert.Equal(first, Text(only, "transactionHash"));
    }

    [Fact]
    public void A_filter_takes_who_calls_and_who_is_called_and_counts()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);
        _ = contracts.Send(Outer);
        _ = Network.Call("hardhat_mine", "0x2");
        _ = contracts.Send(Outer);

        Assert.Equal(4, Filter(new { fromBlock = "0x0" }));
        Assert.Equal(2, Filter(new { fromBlock = "0x0", toAddress = Inner }));
        Assert.Equal(2, Filter(new { fromBlock = "0x0", fromAddress = new[] { Outer } }));
        Assert.Equal(1, Filter(new { fromBlock = "0x0", after = "0x3" }));
        Assert.Equal(3, Filter(new { fromBlock = "0x0", count = "0x3" }));
        Assert.Equal(0, Filter(new { fromBlock = "0x0", count = "0x0" }));
    }

    [Fact]
    public void A_filter_asks_for_no_more_than_is_given()
    {
        _ = Network.Call("hardhat_mine", "0xb41");

        Assert.Contains("maximum supported is 500", contracts.Error(
            "trace_filter", new { count = "0x1f5" }));
        JsonElement error = Network.Fail("trace_filter", new { fromBlock = "0x0" });
        Assert.Equal(RpcError.LimitCode, error.GetProperty("code").GetInt32());
        Assert.Contains("not supported", contracts.Error(
            "trace_filter", new { fromBlock = "earliest" }));
    }

    [Fact]
    public void A_replay_shows_what_each_transaction_returned()
    {
        contracts.Put(Outer, Programs.Returns("1234"));
        string hash = contracts.Send(Outer);

        JsonElement replay =
            Network.Call("trace_replayBlockTransactions", "latest", new[] { "trace" })[0];

        Assert.Equal(
            ("0x1234", hash), (Text(replay, "output"), Text(replay, "transactionHash")));
        Assert.Equal(JsonValueKind.Null, replay.GetProperty("stateDiff").ValueKind);
        Assert.Equal("only 'trace' is supported", contracts.Error(
            "trace_replayBlockTransactions", "latest", new[] { "stateDiff" }));
    }

    [Fact]
    public void A_call_is_traced_and_leaves_nothing_behind()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);

        JsonElement replay = Network.Call(
            "trace_call", new { to = Outer }, new[] { "trace" }, "latest");

        Assert.Equal(2, replay.GetProperty("trace").GetArrayLength());
        Assert.Equal(
            Hex.OfBytes(new byte[32]),
            Network.Call("eth_getStorageAt", Inner, "0x0", "latest").GetString());
    }

    private int Filter(object filter) => Network.Call("trace_filter", filter).GetArrayLength();

    private static string? Text(JsonElement item, string name) =>
        item.GetProperty(name).GetString();

    private static long Number(JsonElement item, string name) =>
        Convert.ToInt64(Text(item, name), 16);
}
