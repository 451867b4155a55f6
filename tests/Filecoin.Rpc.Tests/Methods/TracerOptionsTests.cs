namespace Filecoin.Rpc.Tests.Methods;

/// <summary>What callers tell geth's tracers, and those that show little.</summary>
public sealed class TracerOptionsTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Poor = "0x9999999999999999999999999999999999999999";

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void Functions_are_counted_with_the_length_of_their_arguments()
    {
        contracts.PutBoth(Programs.Call(ContractNetwork.Inner), Programs.Returns("01"));
        string hash = contracts.Send(Outer, $"0x{Programs.Selector}0102");
        object tracer = new { tracer = "4byteTracer" };

        JsonElement counts = Network.Call("debug_traceTransaction", hash, tracer);

        Assert.Equal(
            [($"0x{Programs.Selector}-0", 1), ($"0x{Programs.Selector}-2", 1)],
            counts.EnumerateObject().Select(count => (count.Name, count.Value.GetInt32())));
        Assert.Equal("{}", $"{Network.Call(
            "debug_traceCall", new { to = Poor, data = "0x123456" }, "latest", tracer)}");
        Assert.Equal(
            $"{counts}",
            $"{Network.Call("debug_traceBlockByNumber", "latest", tracer)[0]
                .GetProperty("result")}");
    }

    [Fact]
    public void Nothing_is_shown_by_who_shows_nothing()
    {
        contracts.Put(Outer, Programs.Counter);
        string hash = contracts.Send(Outer);
        object tracer = new { tracer = "noopTracer" };

        Assert.Equal("{}", $"{Network.Call("debug_traceTransaction", hash, tracer)}");
        Assert.Equal("{}", $"{Network.Call("debug_traceCall", new { to = Outer }, null, tracer)}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("callTracer")]
    [InlineData("prestateTracer")]
    [InlineData("4byteTracer")]
    public void A_call_that_has_too_little_is_told_the_sums_as_without_a_tracer(string? tracer)
    {
        object call = new { from = Poor, to = Outer, value = "0xde0b6b3a7640000" };

        string error = contracts.Error("debug_traceCall", call, "latest", new { tracer });

        Assert.Contains($"{Poor} has 0 FIL, needs 1 FIL", error, StringComparison.Ordinal);
        Assert.Equal(contracts.Error("eth_call", call, "latest"), error);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("callTracer")]
    [InlineData("prestateTracer")]
    public void A_trace_ends_when_its_time_is_over(string? tracer)
    {
        contracts.Put(Outer, Programs.Counter);
        string hash = contracts.Send(Outer);

        Assert.Equal("execution timeout", contracts.Error(
            "debug_traceTransaction", hash, new { tracer, timeout = "1ns" }));
        Assert.Equal("execution timeout", contracts.Error(
            "debug_traceCall", new { to = Outer }, "latest", new { tracer, timeout = "-1s" }));
        Assert.NotEqual(
            JsonValueKind.Null,
            Network.Call("debug_traceTransaction", hash, new { tracer, timeout = "1h" })
                .ValueKind);
    }

    [Fact]
    public void A_loop_ends_when_its_time_is_over()
    {
        contracts.Put(Outer, Programs.Laborious);

        Assert.Equal("execution timeout", contracts.Error(
            "debug_traceCall", new { to = Outer }, "latest",
            new { tracer = "callTracer", timeout = "5ms" }));
    }

    [Theory]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData(".5s", 500)]
    [InlineData("+300ms", 300)]
    [InlineData("2000us", 2)]
    [InlineData("3000µs", 3)]
    [InlineData("4000000ns", 4)]
    [InlineData("-2s", -2_000)]
    [InlineData("0", 0)]
    public void Times_are_read_as_go_writes_them(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), GoDuration.Parse(text));

    [Theory]
    [InlineData("5", "missing unit in duration \"5\"")]
    [InlineData("", "invalid duration")]
    [InlineData("s", "invalid duration")]
    [InlineData("5x", "invalid duration")]
    [InlineData("1.2.3s", "invalid duration")]
    [InlineData("--1s", "invalid duration")]
    [InlineData("999999999999999999h", "invalid duration")]
    public void What_is_no_time_is_refused_in_words_of_go(string text, string words) =>
        Assert.Contains(words, Assert.Throws<RpcException>(() => GoDuration.Parse(text)).Message);
}
