namespace Filecoin.Rpc.Tests.Methods;

public sealed class MsigAnswerMethodsTests
{
    private readonly RpcNetwork network = new();
    private readonly string wallet;

    public MsigAnswerMethodsTests() => wallet = Push(
        "MsigCreate", 2, new[] { Own, Other }, 0, "100", Own, "0")
        .GetProperty("ReturnDec").GetProperty("RobustAddress").GetString()!;

    [Fact]
    public void A_proposal_told_whole_is_approved()
    {
        _ = Push("MsigPropose", wallet, "t0100", "7", Own, 0, null);

        JsonElement approved = Push(
            "MsigApproveTxnHash", wallet, 0, Own, "t0100", "7", Other, 0, null);

        Assert.True(IsApplied(approved));
        Assert.Equal("93", network.Call("Filecoin.MsigGetAvailableBalance", wallet).GetString());
    }

    [Fact]
    public void A_proposal_that_is_another_than_was_told_is_not_approved()
    {
        _ = Push("MsigPropose", wallet, "t0100", "7", Own, 0, null);

        string refused = Refused(
            "MsigApproveTxnHash", wallet, 0, Own, "t0100", "8", Other, 0, null);

        Assert.Contains("hash", refused, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, network.Call("Filecoin.MsigGetPending", wallet).GetArrayLength());
    }

    [Fact]
    public void A_proposal_told_whole_is_taken_back()
    {
        _ = Push("MsigPropose", wallet, "t0100", "7", Own, 0, "AQID");

        _ = Push("MsigCancelTxnHash", wallet, 0, "t0100", "7", Own, 0, "AQID");

        Assert.Equal("[]", $"{network.Call("Filecoin.MsigGetPending", wallet)}");
    }

    [Fact]
    public void A_signer_is_proposed_and_approved()
    {
        string added = Address("t0100");
        _ = Push("MsigAddPropose", wallet, Own, added, false);

        Assert.True(IsApplied(Push("MsigAddApprove", wallet, Other, 0, Own, added, false)));

        Assert.Equal(3, Signers().Length);
    }

    [Fact]
    public void A_signer_is_proposed_and_taken_back()
    {
        string added = Address("t0100");
        _ = Push("MsigAddPropose", wallet, Own, added, true);

        _ = Push("MsigAddCancel", wallet, Own, 0, added, true);

        Assert.Equal("[]", $"{network.Call("Filecoin.MsigGetPending", wallet)}");
        Assert.Equal(2, Signers().Length);
    }

    [Fact]
    public void A_signer_is_swapped_for_another_or_not()
    {
        string added = Address("t0100");
        _ = Push("MsigSwapPropose", wallet, Own, Own, added);
        _ = Push("MsigSwapPropose", wallet, Own, Other, added);

        _ = Push("MsigSwapCancel", wallet, Own, 1, Other, added);
        Assert.True(IsApplied(Push("MsigSwapApprove", wallet, Other, 0, Own, Own, added)));

        Assert.DoesNotContain(Address(Own), Signers());
        Assert.Contains(added, Signers());
    }

    private string Own => network.OwnAddress;

    private string Other => $"{new AddressView(network.MinerOwner.Address)}";

    private string Address(string any) =>
        network.Call("Filecoin.StateLookupID", any).GetString()!;

    private string[] Signers() => [.. network.Call("Filecoin.StateReadState", wallet)
        .GetProperty("State").GetProperty("Signers").EnumerateArray()
        .Select(signer => signer.GetString()!)];

    private static bool IsApplied(JsonElement answered) =>
        answered.GetProperty("ReturnDec").GetProperty("Applied").GetBoolean();

    private JsonElement Push(string method, params object?[] parameters)
    {
        JsonElement sent = network.Call("Filecoin.MpoolPushMessage", Made(method, parameters));
        return network.Call("Filecoin.StateSearchMsg", null, sent.GetProperty("CID"));
    }

    private string Refused(string method, params object?[] parameters) => network.Fail(
        "Filecoin.MpoolPushMessage", Made(method, parameters))
        .GetProperty("message").GetString()!;

    private JsonElement Made(string method, object?[] parameters)
    {
        JsonElement made = network.Call($"Filecoin.{method}", parameters);
        Assert.False(made.GetProperty("ValidNonce").GetBoolean());
        return made.GetProperty("Message");
    }
}
