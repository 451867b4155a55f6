namespace Filecoin.Rpc.Tests.Methods;

public sealed class DebugMethodsTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Inner = ContractNetwork.Inner;

    private static readonly object Calls = new { tracer = "callTracer" };

    private static readonly object CallsWithLogs = new
    {
        tracer = "callTracer",
        tracerConfig = new { withLog = true },
    };

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void Opcodes_are_shown_in_order_with_stack_and_slots()
    {
        contracts.Put(Outer, Programs.Counter);

        JsonElement trace = contracts.Debug(contracts.Send(Outer));

        JsonElement[] steps = Steps(trace);
        Assert.Equal(
            [
                "PUSH1", "SLOAD", "PUSH1", "ADD", "PUSH1", "SSTORE", "PUSH1", "SLOAD", "POP",
                "JUMPDEST", "STOP",
            ],
            steps.Select(step => step.GetProperty("op").GetString()));
        Assert.Equal("[\"0x1\",\"0x0\"]", steps[5].GetProperty("stack").ToString());
        Assert.Equal(
            $$"""{"{{Programs.Word(0)}}":"{{Programs.Word(1)}}"}""",
            steps[5].GetProperty("storage").ToString());
        Assert.Equal(
            $$"""{"{{Programs.Word(0)}}":"{{Programs.Word(0)}}"}""",
            steps[1].GetProperty("storage").ToString());
        Assert.False(steps[0].TryGetProperty("storage", out _));
        Assert.False(trace.GetProperty("failed").GetBoolean());
    }

    [Fact]
    public void Gas_of_a_step_is_what_the_next_one_has_less()
    {
        contracts.Put(Outer, Programs.Counter);

        JsonElement[] steps = Steps(contracts.Debug(contracts.Send(Outer)));

        for (int i = 0; i + 1 < steps.Length; i++)
        {
            Assert.Equal(
                steps[i + 1].GetProperty("gas").GetInt64(),
                steps[i].GetProperty("gas").GetInt64()
                    - steps[i].GetProperty("gasCost").GetInt64());
        }
    }

    [Fact]
    public void Opcodes_of_a_call_in_a_call_are_one_deeper_and_their_gas_is_the_call_s()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);

        JsonElement[] steps = Steps(contracts.Debug(contracts.Send(Outer)));

        int call = Array.FindIndex(
            steps, step => step.GetProperty("op").GetString() == "CALL");
        JsonElement[] inner = [.. steps.Where(step => step.GetProperty("depth").GetInt32() == 2)];
        Assert.Equal(11, inner.Length);
        Assert.Equal(2, steps[call + 1].GetProperty("depth").GetInt32());
        Assert.True(
            steps[call].GetProperty("gasCost").GetInt64()
            > inner.Sum(step => step.GetProperty("gasCost").GetInt64()));
    }

    [Fact]
    public void Options_leave_out_stack_and_slots_and_bring_memory_and_returned_data()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Returns("abcd"));
        string hash = contracts.Send(Outer);

        JsonElement[] steps = Steps(contracts.Debug(hash, new
        {
            disableStack = true,
            disableStorage = true,
            enableMemory = true,
            enableReturnData = true,
        }));

        Assert.All(steps, step => Assert.False(step.TryGetProperty("stack", out _)));
        JsonElement last = steps[^1];
        Assert.Equal("RETURN", last.GetProperty("op").GetString());
        Assert.StartsWith("abcd", last.GetProperty("memory")[0].GetString());
        Assert.Equal("0xabcd", last.GetProperty("returnData").GetString());
        Assert.Equal(3, Steps(contracts.Debug(hash, new { limit = 3 })).Length);
    }

    [Fact]
    public void Where_gas_ends_the_last_opcode_says_so()
    {
        contracts.Put(Outer, Programs.Endless);

        JsonElement trace = contracts.Debug(
            contracts.Send(Outer, gas: "0x1312d00"), new { disableStack = true });

        Assert.True(trace.GetProperty("failed").GetBoolean());
        Assert.Equal("out of gas", Steps(trace)[^1].GetProperty("error").GetString());
    }

    [Fact]
    public void Looking_on_changes_nothing_of_what_happens()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);
        string hash = contracts.Send(Outer);

        JsonElement receipt = Network.Call("eth_getTransactionReceipt", hash);
        JsonElement trace = contracts.Debug(hash);

        Assert.Equal(
            receipt.GetProperty("gasUsed").GetString(),
            Hex.Of((ulong)trace.GetProperty("gas").GetInt64()));
    }

    [Fact]
    public void The_outermost_call_has_the_gas_of_the_transaction()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);
        string hash = contracts.Send(Outer);

        JsonElement call = contracts.Debug(hash, Calls);

        Assert.Equal(
            Network.Call("eth_getTransactionByHash", hash).GetProperty("gas").GetString(),
            call.GetProperty("gas").GetString());
        Assert.Equal(
            Network.Call("eth_getTransactionReceipt", hash).GetProperty("gasUsed").GetString(),
            call.GetProperty("gasUsed").GetString());
    }

    [Fact]
    public void The_tracer_of_calls_shows_them_one_in_the_other_with_the_reason()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Requires("not yours"));

        JsonElement frame = contracts.Debug(contracts.Send(Outer), Calls);

        JsonElement inner = frame.GetProperty("calls")[0];
        Assert.Equal("execution reverted", inner.GetProperty("error").GetString());
        Assert.Equal("Error(not yours)", inner.GetProperty("revertReason").GetString());
        Assert.Equal(Inner, inner.GetProperty("to").GetString());
        Assert.Equal("Error(not yours)", frame.GetProperty("revertReason").GetString());
    }

    [Fact]
    public void The_tracer_of_calls_shows_each_call_with_its_logs_where_that_is_wanted()
    {
        contracts.PutBoth(Programs.LogsAround(Inner), Programs.Logs);
        string hash = contracts.Send(Outer);

        JsonElement frame = contracts.Debug(hash, CallsWithLogs);

        JsonElement inner = frame.GetProperty("calls")[0];
        Assert.Equal(["0x0 at 0x0", "0x2 at 0x1"], LogsOf(frame));
        Assert.Equal(["0x1 at 0x0"], LogsOf(inner));
        Assert.Equal(
            "0x" + Programs.Word(1),
            inner.GetProperty("logs")[0].GetProperty("topics")[0].GetString());
        Assert.Equal(Inner, inner.GetProperty("logs")[0].GetProperty("address").GetString());
        Assert.Equal(
            ["0x0", "0x1", "0x2"],
            Network.Call("eth_getTransactionReceipt", hash).GetProperty("logs").EnumerateArray()
                .Select(log => log.GetProperty("logIndex").GetString()));
        Assert.False(contracts.Debug(hash, Calls).TryGetProperty("logs", out _));
    }

    [Fact]
    public void The_tracer_of_calls_shows_no_logs_of_calls_that_failed()
    {
        contracts.PutBoth(Programs.LogsAround(Inner), Programs.LogsAndReverts);

        JsonElement frame = contracts.Debug(contracts.Send(Outer), CallsWithLogs);

        Assert.Equal(["0x0 at 0x0", "0x1 at 0x1"], LogsOf(frame));
        Assert.False(frame.GetProperty("calls")[0].TryGetProperty("logs", out _));
    }

    [Fact]
    public void The_top_call_alone_is_shown_where_that_is_wanted()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);

        JsonElement frame = contracts.Debug(
            contracts.Send(Outer),
            new { tracer = "callTracer", tracerConfig = new { onlyTopCall = true } });

        Assert.False(frame.TryGetProperty("calls", out _));
    }

    [Fact]
    public void A_block_is_traced_by_number_and_by_hash()
    {
        contracts.Put(Outer, Programs.Counter);
        string hash = contracts.Send(Outer);
        string? block = Network.Call("eth_getBlockByNumber", "latest", false)
            .GetProperty("hash").GetString();

        JsonElement byNumber = Network.Call("debug_traceBlockByNumber", "latest", Calls);
        JsonElement byHash = Network.Call("debug_traceBlockByHash", block, Calls);

        Assert.Equal(hash, byNumber[0].GetProperty("txHash").GetString());
        Assert.Equal(Outer, byNumber[0].GetProperty("result").GetProperty("to").GetString());
        Assert.Equal(byNumber.ToString(), byHash.ToString());
    }

    [Fact]
    public void A_call_shows_its_opcodes() => Assert.Equal(
        "STOP",
        Steps(Network.Call("debug_traceCall", new { data = "0x00" }, "latest"))[^1]
            .GetProperty("op").GetString());

    private static IEnumerable<string> LogsOf(JsonElement frame) =>
        frame.GetProperty("logs").EnumerateArray().Select(log =>
            $"{log.GetProperty("index").GetString()} at {log.GetProperty("position").GetString()}");

    private static JsonElement[] Steps(JsonElement trace) =>
        [.. trace.GetProperty("structLogs").EnumerateArray()];
}
