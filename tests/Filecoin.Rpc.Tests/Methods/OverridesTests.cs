namespace Filecoin.Rpc.Tests.Methods;

public sealed class OverridesTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Inner = ContractNetwork.Inner;

    private static readonly string Slot = "0x" + Programs.Word(7);

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void Code_is_there_for_the_call_alone()
    {
        Assert.Equal("0xabcd", Call(Outer, new { code = "0x" + Programs.Returns("abcd") }));

        Assert.Equal("0x", Network.Call("eth_getCode", Outer, "latest").GetString());
        Assert.Equal("0x", Network.Call("eth_call", new { to = Outer }, "latest").GetString());
    }

    [Fact]
    public void A_balance_is_what_the_contract_sees()
    {
        contracts.Put(Outer, Programs.CallerBalance);

        string? seen = Network.Call(
            "eth_call", new { from = Inner, to = Outer }, "latest", Of(Inner, new
            {
                balance = "0x1234",
            })).GetString();

        Assert.Equal("0x" + Programs.Word(0x1234), seen);
        Assert.Equal("0x0", Network.Call("eth_getBalance", Inner, "latest").GetString());
    }

    [Fact]
    public void Some_slots_are_changed_or_all_are_replaced()
    {
        contracts.Put(Outer, Programs.SlotSeven);
        _ = Network.Call("hardhat_setStorageAt", Outer, "0x7", "0x5");

        Assert.Equal("0x" + Programs.Word(5), Call(Outer, new { stateDiff = Slots("0x1") }));
        Assert.Equal("0x" + Programs.Word(9), Call(Outer, new { stateDiff = Slots(Slot) }));
        Assert.Equal("0x" + Programs.Word(0), Call(Outer, new { state = Slots("0x1") }));
        Assert.Equal("0x" + Programs.Word(9), Call(Outer, new { state = Slots(Slot) }));
        Assert.Equal("0x" + Programs.Word(5), Call(Outer, new { }));
    }

    [Fact]
    public void What_cannot_be_overridden_is_refused()
    {
        Assert.Contains("not both", Error(Outer, new
        {
            code = "0x00",
            state = Slots("0x1"),
            stateDiff = Slots("0x1"),
        }));
        Assert.Contains(
            "is no contract", Error(contracts.Sender, new { state = Slots("0x1") }));
        Assert.Contains("movePrecompileToAddress", Error(
            Inner, new { movePrecompileToAddress = Outer }));
        Assert.Contains(
            "override of 0x12: 1 bytes, not 20", Error("0x12", new { balance = "0x1" }));
    }

    [Fact]
    public void A_block_s_number_is_what_the_contract_sees()
    {
        contracts.Put(Outer, Programs.Number);

        Assert.Equal("0x" + Programs.Word(77), Network.Call(
            "eth_call", new { to = Outer }, "latest", null, new { number = "0x4d" }).GetString());
        Assert.Contains("gasLimit", contracts.Error(
            "eth_call", new { to = Outer }, "latest", null, new { gasLimit = "0x1" }));
    }

    [Fact]
    public void An_estimate_and_a_trace_see_what_is_overridden()
    {
        object code = Of(Outer, new { code = "0x" + Programs.Requires("no") });

        Assert.Contains("Error(no)", contracts.Error(
            "eth_estimateGas", new { from = contracts.Sender, to = Outer }, "latest", code));
        JsonElement frame = Network.Call(
            "debug_traceCall", new { to = Outer }, "latest",
            new { tracer = "callTracer", stateOverrides = code });
        Assert.Equal("execution reverted", frame.GetProperty("error").GetString());
    }

    private static Dictionary<string, string> Slots(string key) => new() { [key] = "0x9" };

    private static Dictionary<string, object> Of(string address, object account) =>
        new() { [address] = account };

    private string? Call(string address, object account) => Network.Call(
        "eth_call", new { to = address }, "latest", Of(address, account)).GetString();

    private string Error(string address, object account) => contracts.Error(
        "eth_call", new { to = Outer }, "latest", Of(address, account));
}
