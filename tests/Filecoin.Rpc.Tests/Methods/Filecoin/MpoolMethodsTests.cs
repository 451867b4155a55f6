using Filecoin.Ipld;

namespace Filecoin.Rpc.Tests.Methods;

public sealed class MpoolMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void Messages_that_wait_are_listed_chosen_and_cleared()
    {
        network.Node.Producer.Mode = ProductionMode.Manual;
        JsonElement first = Push();
        JsonElement second = Push();

        Assert.Equal(
            $"[{first},{second}]", $"{network.Call("Filecoin.MpoolPending", (object?)null)}");
        Assert.Equal(
            $"[{first},{second}]", $"{network.Call("Filecoin.MpoolSelect", null, 1.0)}");
        Assert.Equal(
            2, network.Call("Filecoin.MpoolGetNonce", network.OwnAddress).GetInt32());
        Assert.Equal($"{first.GetProperty("Message")}", $"{network.Call(
            "Filecoin.ChainGetMessage", first.GetProperty("CID"))}");

        _ = network.Call("Filecoin.MpoolClear", true);
        Assert.Equal("[]", $"{network.Call("Filecoin.MpoolPending")}");
    }

    [Fact]
    public void A_signed_message_is_taken_once()
    {
        network.Node.Producer.Mode = ProductionMode.Manual;
        JsonElement completed = network.Call(
            "Filecoin.GasEstimateMessageGas", network.MessageTo("t0100", "1"));
        JsonElement signed =
            network.Call("Filecoin.WalletSignMessage", network.OwnAddress, completed);

        Assert.Equal(
            $"{signed.GetProperty("CID")}", $"{network.Call("Filecoin.MpoolPush", signed)}");
        Assert.Equal(1, network.Node.Chain.Pool.Count);
        _ = network.Fail("Filecoin.MpoolPushUntrusted", signed);
        Assert.Equal(1, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void A_message_that_has_a_nonce_is_not_given_another()
    {
        object message = new
        {
            To = "t0100",
            From = network.OwnAddress,
            Value = "1",
            Nonce = 3,
        };

        Assert.Equal(
            "MpoolPushMessage expects message nonce to be 0, was 3",
            network.Fail("Filecoin.MpoolPushMessage", message).GetProperty("message").GetString());
        Assert.Equal(0, network.Node.Chain.Head.Epoch.Value);
    }

    [Fact]
    public void Checks_of_a_message_say_what_is_wrong_with_it()
    {
        string tooMuch = $"{TokenAmount.FromFil(500).ToBigInteger()}";

        JsonElement checks = network.Call("Filecoin.MpoolCheckMessages", (object)new[]
        {
            new { Message = network.MessageTo("t0100", tooMuch), ValidNonce = false },
        })[0];

        JsonElement balance = checks.EnumerateArray()
            .Single(check => check.GetProperty("Code").GetInt32() == 12);
        Assert.False(balance.GetProperty("OK").GetBoolean());
        Assert.Contains("insufficient balance", balance.GetProperty("Err").GetString());
        Assert.True(checks[3].GetProperty("OK").GetBoolean());
    }

    [Fact]
    public void Messages_that_wait_are_checked_each_after_those_before_it()
    {
        Assert.Equal(JsonValueKind.Null, Check().ValueKind);
        network.Node.Producer.Mode = ProductionMode.Manual;
        _ = Push();
        JsonElement second = Push();

        JsonElement checks = Check();
        Assert.Equal(2, checks.GetArrayLength());
        Assert.Equal($"{second.GetProperty("Message").GetProperty("CID")}",
            $"{checks[1][0].GetProperty("Cid")}");
        Assert.All(
            checks.EnumerateArray().SelectMany(one => one.EnumerateArray()),
            check => Assert.True(check.GetProperty("OK").GetBoolean(), $"{check}"));

        JsonElement Check() =>
            network.Call("Filecoin.MpoolCheckPendingMessages", network.OwnAddress);
    }

    [Fact]
    public void A_message_that_waits_behind_a_missing_nonce_is_not_in_turn()
    {
        network.Node.Producer.Mode = ProductionMode.Manual;
        JsonElement first = Push();
        _ = Push();
        _ = network.Node.Chain.Pool.Drop(
            Cid.Parse(first.GetProperty("CID").GetProperty("/").GetString()!));

        JsonElement check = network.Call(
            "Filecoin.MpoolCheckPendingMessages", network.OwnAddress)[0].EnumerateArray()
            .Single(check => !check.GetProperty("OK").GetBoolean());

        Assert.Equal("message nonce 1, expected 0", check.GetProperty("Err").GetString());
    }

    [Fact]
    public void A_batch_is_signed_with_nonces_in_a_row()
    {
        JsonElement sent = network.Call("Filecoin.MpoolBatchPushMessage", (object)new[]
        {
            network.MessageTo("t0100", "1"), network.MessageTo("t0101", "2"),
        });

        Assert.Equal([0, 1], sent.EnumerateArray().Select(
            one => one.GetProperty("Message").GetProperty("Nonce").GetInt32()));
        Assert.Equal(2, network.Node.Chain.Head.Epoch.Value);
    }

    private JsonElement Push() =>
        network.Call("Filecoin.MpoolPushMessage", network.MessageTo("t0100", "1"));
}
