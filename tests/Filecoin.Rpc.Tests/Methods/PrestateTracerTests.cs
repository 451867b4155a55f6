namespace Filecoin.Rpc.Tests.Methods;

public sealed class PrestateTracerTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Inner = ContractNetwork.Inner;
    private const string Stranger = "0x7777777777777777777777777777777777777777";

    private static readonly string Slot = $"0x{Programs.Word(0)}";

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void Accounts_are_shown_as_they_were_before_the_transaction()
    {
        contracts.Put(Outer, Programs.Counter);
        string balance = Balance(contracts.Sender);

        JsonElement before = contracts.Debug(contracts.Send(Outer), Options());

        Assert.Equal(
            new[] { Outer, contracts.Sender }.Order(StringComparer.Ordinal),
            before.EnumerateObject().Select(account => account.Name));
        Assert.Equal($$"""{"balance":"{{balance}}"}""", $"{before.GetProperty(contracts.Sender)}");
        string storage = $$"""{"{{Slot}}":"{{Slot}}"}""";
        Assert.Equal(
            $$"""{"balance":"0x0","code":"0x{{Programs.Counter}}","storage":{{storage}}""" + "}",
            WithoutNonce(before.GetProperty(Outer)));
    }

    [Fact]
    public void What_changed_is_shown_before_and_after()
    {
        contracts.Put(Outer, Programs.Counter);
        _ = contracts.Send(Outer);
        string balance = Balance(contracts.Sender);

        JsonElement changes = contracts.Debug(contracts.Send(Outer), Options(diffMode: true));

        JsonElement pre = changes.GetProperty("pre");
        JsonElement post = changes.GetProperty("post");
        Assert.Equal(
            $$"""{"balance":"{{balance}}","nonce":1}""",
            $"{pre.GetProperty(contracts.Sender)}");
        Assert.Equal(
            $$"""{"balance":"{{Balance(contracts.Sender)}}","nonce":2}""",
            $"{post.GetProperty(contracts.Sender)}");
        Assert.Equal(Word(1), SlotOf(pre));
        Assert.Equal(
            $$$"""{"storage":{"{{{Slot}}}":"{{{Word(2)}}}"}}""", $"{post.GetProperty(Outer)}");
    }

    [Fact]
    public void A_slot_that_was_zero_is_not_among_what_changed_before()
    {
        contracts.Put(Outer, Programs.Counter);

        JsonElement changes = contracts.Debug(contracts.Send(Outer), Options(diffMode: true));

        Assert.False(
            changes.GetProperty("pre").GetProperty(Outer).TryGetProperty("storage", out _));
        Assert.Equal(Word(1), SlotOf(changes.GetProperty("post")));
    }

    [Fact]
    public void Each_transaction_of_a_block_begins_with_what_those_before_it_left()
    {
        contracts.Put(Outer, Programs.Counter);
        Network.Node.Producer.Mode = ProductionMode.Manual;
        _ = contracts.Send(Outer);
        string second = contracts.Send(Outer);
        Network.Node.Producer.Mine();

        JsonElement before = contracts.Debug(second, Options());
        JsonElement all = Network.Call("debug_traceBlockByNumber", "latest", Options());

        Assert.Equal(Word(1), SlotOf(before));
        Assert.Equal(1, before.GetProperty(contracts.Sender).GetProperty("nonce").GetInt32());
        Assert.Equal(
            [Word(0), Word(1)],
            all.EnumerateArray().Select(one => SlotOf(one.GetProperty("result"))));
    }

    [Fact]
    public void A_contract_that_calls_others_touches_them_with_their_slots()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);

        JsonElement before = contracts.Debug(contracts.Send(Outer), Options());
        JsonElement changes = contracts.Debug(contracts.Send(Outer), Options(diffMode: true));

        Assert.Equal(
            Word(0),
            before.GetProperty(Inner).GetProperty("storage").GetProperty(Slot).GetString());
        Assert.False(changes.GetProperty("post").TryGetProperty(Outer, out _));
        Assert.True(changes.GetProperty("post").TryGetProperty(Inner, out _));
    }

    [Fact]
    public void A_contract_that_is_made_is_only_there_afterwards()
    {
        string hash = contracts.Send(null, $"0x{Programs.Returns("00")}");
        string made = Network.Call("eth_getTransactionReceipt", hash)
            .GetProperty("contractAddress").GetString()!;

        JsonElement changes = contracts.Debug(hash, Options(diffMode: true));

        Assert.False(contracts.Debug(hash, Options()).TryGetProperty(made, out _));
        Assert.False(changes.GetProperty("pre").TryGetProperty(made, out _));
        Assert.Equal(
            "0x00",
            changes.GetProperty("post").GetProperty(made).GetProperty("code").GetString());
    }

    [Fact]
    public void Options_leave_out_code_and_slots_and_bring_in_those_who_have_nothing()
    {
        contracts.Put(Outer, Programs.Counter);
        string hash = contracts.Send(Outer);

        JsonElement bare = contracts.Debug(hash, new
        {
            tracer = "prestateTracer",
            tracerConfig = new { disableCode = true, disableStorage = true },
        });
        JsonElement whole = contracts.Debug(contracts.Send(Stranger), new
        {
            tracer = "prestateTracer",
            tracerConfig = new { includeEmpty = true },
        });

        Assert.Equal("""{"balance":"0x0"}""", WithoutNonce(bare.GetProperty(Outer)));
        Assert.Equal("""{"balance":"0x0"}""", $"{whole.GetProperty(Stranger)}");
    }

    [Fact]
    public void A_call_is_traced_on_the_state_that_it_is_told_of()
    {
        contracts.Put(Outer, Programs.Counter);
        Dictionary<string, string> slots = new() { [Slot] = Word(6) };
        Dictionary<string, object> overrides = new() { [Outer] = new { stateDiff = slots } };
        JsonElement changes = Network.Call(
            "debug_traceCall",
            new { from = contracts.Sender, to = Outer },
            "latest",
            new
            {
                tracer = "prestateTracer",
                tracerConfig = new { diffMode = true },
                stateOverrides = overrides,
            });

        Assert.Equal(Word(6), SlotOf(changes.GetProperty("pre")));
        Assert.Equal(Word(7), SlotOf(changes.GetProperty("post")));
        Assert.Equal(
            Slot, Network.Call("eth_getStorageAt", Outer, "0x0", "latest").GetString());
    }

    [Fact]
    public void A_tracer_that_is_not_there_is_refused_with_those_that_are() => Assert.Contains(
        "prestateTracer, 4byteTracer and noopTracer are",
        contracts.Error(
            "debug_traceTransaction", contracts.Send(Stranger), new { tracer = "muxTracer" }));

    private static object Options(bool diffMode = false) => new
    {
        tracer = "prestateTracer",
        tracerConfig = new { diffMode },
    };

    private string Balance(string address) =>
        Network.Call("eth_getBalance", address, "latest").GetString()!;

    private static string Word(int number) => $"0x{Programs.Word(number)}";

    private static string? SlotOf(JsonElement accounts) => accounts.GetProperty(Outer)
        .GetProperty("storage").GetProperty(Slot).GetString();

    /// <summary>How code that was put in place is counted is not what is looked at here.</summary>
    private static string WithoutNonce(JsonElement account)
    {
        System.Text.Json.Nodes.JsonObject copy =
            System.Text.Json.Nodes.JsonNode.Parse($"{account}")!.AsObject();
        _ = copy.Remove("nonce");
        return copy.ToJsonString();
    }
}
