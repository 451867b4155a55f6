using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class ExecutionMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void A_message_of_the_chain_runs_again_as_it_ran()
    {
        JsonElement found = network.Push("t0100", "5");

        JsonElement replayed =
            network.Call("Filecoin.StateReplay", null, found.GetProperty("Message"));

        Assert.Equal($"{found.GetProperty("Receipt")}", $"{replayed.GetProperty("MsgRct")}");
        JsonElement trace = replayed.GetProperty("ExecutionTrace");
        Assert.Equal("5", trace.GetProperty("Msg").GetProperty("Value").GetString());
        Assert.Equal("t0100", trace.GetProperty("Msg").GetProperty("To").GetString());
        Assert.True(trace.GetProperty("GasCharges").GetArrayLength() > 0);
        Assert.NotEqual(
            "0", replayed.GetProperty("GasCost").GetProperty("TotalCost").GetString());
    }

    [Fact]
    public void A_call_leaves_nothing_behind_and_shows_calls_within_it()
    {
        JsonElement called = network.Call(
            "Filecoin.StateCall", network.MessageTo("t01", "0", 2, Exec()));

        Assert.Equal(0, called.GetProperty("MsgRct").GetProperty("ExitCode").GetInt32());
        JsonElement inner = called.GetProperty("ExecutionTrace").GetProperty("Subcalls")[0];
        Assert.Equal(1, inner.GetProperty("Msg").GetProperty("Method").GetInt32());
        Assert.Equal(0, network.Node.Chain.Head.Epoch.Value);
        Assert.Equal(
            0, network.Call("Filecoin.StateGetActor", network.OwnAddress)
                .GetProperty("Nonce").GetInt32());
    }

    [Fact]
    public void What_a_message_returned_is_decoded()
    {
        JsonElement found = network.Push("t01", "0", 2, Exec());

        JsonElement returned = found.GetProperty("ReturnDec");
        Assert.Matches("^t01\\d{3}$", returned.GetProperty("IDAddress").GetString());
        Assert.Matches("^t2", returned.GetProperty("RobustAddress").GetString());
    }

    [Fact]
    public void The_state_of_a_tipset_is_computed_again()
    {
        JsonElement found = network.Push("t0100", "5");

        JsonElement computed = network.Call(
            "Filecoin.StateCompute", 1, null, found.GetProperty("TipSet"));

        Assert.Equal(
            $"{network.Node.Chain.StateRoot}",
            computed.GetProperty("Root").GetProperty("/").GetString());
        Assert.Equal(
            $"{found.GetProperty("Message")}",
            $"{computed.GetProperty("Trace")[0].GetProperty("MsgCid")}");
    }

    [Fact]
    public void Messages_run_on_a_state_that_stays_as_it_is()
    {
        string before = $"{network.Node.Chain.StateRoot}";

        JsonElement computed = network.Call(
            "Filecoin.StateCompute", 5, new[] { network.MessageTo("t0100", "5") }, null);

        Assert.Equal(1, computed.GetProperty("Trace").GetArrayLength());
        Assert.NotEqual(before, computed.GetProperty("Root").GetProperty("/").GetString());
        Assert.Equal(before, $"{network.Node.Chain.StateRoot}");
    }

    [Fact]
    public void Messages_are_listed_by_who_sent_and_who_got_them()
    {
        string id = network.Call("Filecoin.StateLookupID", network.OwnAddress).GetString()!;
        string first = $"{network.Push("t0100", "5").GetProperty("Message")}";
        string second = $"{network.Push("t0101", "5").GetProperty("Message")}";

        Assert.Equal([second, first], List(new { From = id }, 0));
        Assert.Equal([second], List(new { To = "t0101", From = network.OwnAddress }, 0));
        Assert.Equal([second], List(new { From = id }, 2));
        Assert.Contains(
            "at least To or From",
            network.Fail("Filecoin.StateListMessages", new { }, null, 0)
                .GetProperty("message").GetString());
    }

    [Fact]
    public void A_message_that_is_not_there_is_not_found()
    {
        Dictionary<string, string> nothing = new()
        {
            ["/"] = Cid.Of(Codec.DagCbor, "nothing"u8).ToString(),
        };

        Assert.Equal(
            JsonValueKind.Null,
            network.Call("Filecoin.StateSearchMsg", null, nothing).ValueKind);
        Assert.Contains(
            "didn't find msg",
            network.Fail("Filecoin.StateReplay", null, nothing).GetProperty("message").GetString());
    }

    [Fact]
    public void The_gas_of_a_sender_who_is_nobody_is_not_estimated()
    {
        string stranger = $"{new AddressView(WalletKey.Make(SignatureType.Bls).Address)}";
        object message = new { To = "t0100", From = stranger, Value = "0", GasFeeCap = "0" };

        Assert.Contains(
            "actor not found",
            network.Fail("Filecoin.GasEstimateGasLimit", message)
                .GetProperty("message").GetString());
    }

    private IEnumerable<string> List(object match, long height) =>
        network.Call("Filecoin.StateListMessages", match, null, height)
            .EnumerateArray().Select(cid => $"{cid}");

    /// <summary>Parameters that make a wallet of one signer.</summary>
    private string Exec() => network.Call(
        "Filecoin.MsigCreate", 1, new[] { network.OwnAddress }, 0, "0", network.OwnAddress, "0")
        .GetProperty("Message").GetProperty("Params").GetString()!;
}
