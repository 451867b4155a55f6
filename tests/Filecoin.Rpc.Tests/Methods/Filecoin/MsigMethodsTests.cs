namespace Filecoin.Rpc.Tests.Methods;

public sealed class MsigMethodsTests
{
    private readonly RpcNetwork network = new();

    [Fact]
    public void A_proposal_waits_until_a_second_signer_approves()
    {
        string wallet = Create(2, 0);
        _ = Push("MsigPropose", wallet, "t0100", "7", network.OwnAddress, 0, null);

        JsonElement pending = network.Call("Filecoin.MsigGetPending", wallet)[0];
        Assert.Equal(0, pending.GetProperty("ID").GetInt64());
        Assert.Equal("7", pending.GetProperty("Value").GetString());
        Assert.Equal(1, pending.GetProperty("Approved").GetArrayLength());

        JsonElement approved = Push("MsigApprove", wallet, 0, Other);
        Assert.True(approved.GetProperty("ReturnDec").GetProperty("Applied").GetBoolean());
        Assert.Equal("[]", $"{network.Call("Filecoin.MsigGetPending", wallet)}");
        Assert.Equal("93", network.Call("Filecoin.MsigGetAvailableBalance", wallet).GetString());
    }

    [Fact]
    public void A_proposal_is_taken_back_by_who_made_it()
    {
        string wallet = Create(2, 0);
        _ = Push("MsigAddPropose", wallet, network.OwnAddress, "t0100", true);

        JsonElement gone = Push("MsigCancel", wallet, 0, network.OwnAddress);

        Assert.Equal(0, gone.GetProperty("Receipt").GetProperty("ExitCode").GetInt32());
        Assert.Equal("[]", $"{network.Call("Filecoin.MsigGetPending", wallet)}");
    }

    [Fact]
    public void What_is_locked_becomes_free_with_time()
    {
        string wallet = Create(1, 1_000);
        JsonElement start = network.Call("Filecoin.ChainHead").GetProperty("Cids");
        network.Node.Producer.Mine(nullRounds: 499);

        JsonElement vested = network.Call("Filecoin.MsigGetVested", wallet, start, null);

        Assert.Equal(
            """{"InitialBalance":"100","StartEpoch":0,"UnlockDuration":1000}""",
            $"{network.Call("Filecoin.MsigGetVestingSchedule", wallet)}");
        Assert.Equal("50", vested.GetString());
        Assert.Equal("50", network.Call("Filecoin.MsigGetAvailableBalance", wallet).GetString());
        Assert.Contains(
            "is no multisig",
            network.Fail("Filecoin.MsigGetPending", network.OwnAddress)
                .GetProperty("message").GetString());
    }

    private string Other => $"{new AddressView(network.MinerOwner.Address)}";

    private string Create(int threshold, long duration) => Push(
        "MsigCreate", threshold, new[] { network.OwnAddress, Other }, duration, "100",
        network.OwnAddress, "0").GetProperty("ReturnDec").GetProperty("RobustAddress").GetString()!;

    private JsonElement Push(string method, params object?[] parameters)
    {
        JsonElement made = network.Call($"Filecoin.{method}", parameters);
        Assert.False(made.GetProperty("ValidNonce").GetBoolean());
        JsonElement sent =
            network.Call("Filecoin.MpoolPushMessage", made.GetProperty("Message"));
        return network.Call("Filecoin.StateSearchMsg", null, sent.GetProperty("CID"));
    }
}
