namespace Filecoin.Rpc.Tests.Methods;

public sealed class ImpersonationMethodsTests
{
    private const string Contract = "0x4444444444444444444444444444444444444444";
    private const string Target = "0x5555555555555555555555555555555555555555";
    private const string Fil = "0xde0b6b3a7640000";

    /// <summary>Keeps its caller in slot 0.</summary>
    private const string KeepsCaller = "0x335f5500";

    private readonly RpcNetwork network = new();

    public ImpersonationMethodsTests()
    {
        _ = network.Call("hardhat_setCode", Contract, KeepsCaller);
        _ = network.Call("hardhat_setCode", Target, KeepsCaller);
        _ = network.Call("hardhat_setBalance", Contract, Fil);
    }

    [Fact]
    public void A_contract_that_is_impersonated_sends_and_stays_a_contract()
    {
        _ = network.Call("hardhat_impersonateAccount", Contract);

        JsonElement receipt = Send();

        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        Assert.Equal(Contract, receipt.GetProperty("from").GetString());
        Assert.EndsWith(
            Contract[2..],
            network.Call("eth_getStorageAt", Target, "0x0", "latest").GetString());
        Assert.Equal(
            KeepsCaller, network.Call("eth_getCode", Contract, "latest").GetString());
    }

    [Fact]
    public void Its_nonce_counts_what_it_sent_and_may_be_given()
    {
        _ = network.Call("anvil_impersonateAccount", Contract);
        foreach (string block in (string[])["latest", "pending"])
        {
            string nonce = network.Call("eth_getTransactionCount", Contract, block).GetString()!;
            Assert.Equal("0x1", Send(nonce).GetProperty("status").GetString());
            _ = network.Call("anvil_rollback");
        }

        _ = Send();
        Assert.Equal(
            "0x2", network.Call("eth_getTransactionCount", Contract, "latest").GetString());
        Assert.Contains("nonce too low", Refused("0x0"));
    }

    [Fact]
    public void What_it_sent_can_be_traced_after_it_is_no_longer_impersonated()
    {
        _ = network.Call("hardhat_impersonateAccount", Contract);
        string hash = Send().GetProperty("transactionHash").GetString()!;
        _ = network.Call("hardhat_stopImpersonatingAccount", Contract);

        JsonElement frame = network.Call(
            "debug_traceTransaction", hash, new { tracer = "callTracer" });

        Assert.Equal(Contract, frame.GetProperty("from").GetString());
    }

    [Fact]
    public void Nobody_sends_for_a_contract_that_is_not_impersonated()
    {
        Assert.Contains("unknown account", Refused());
        _ = network.Call("hardhat_impersonateAccount", Contract);
        _ = network.Call("hardhat_stopImpersonatingAccount", Contract);

        Assert.Contains("unknown account", Refused());
        Assert.Equal(0, network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void All_senders_are_taken_at_their_word_until_that_is_taken_back()
    {
        _ = network.Call("anvil_autoImpersonateAccount", true);
        Assert.Equal("0x1", Send().GetProperty("status").GetString());

        _ = network.Call("hardhat_autoImpersonateAccount", false);
        Assert.Contains("unknown account", Refused());
    }

    [Fact]
    public void Whoever_is_impersonated_is_among_the_accounts()
    {
        _ = network.Call("hardhat_impersonateAccount", Contract);
        string?[] accounts =
            [.. network.Call("eth_accounts").EnumerateArray().Select(one => one.GetString())];

        Assert.Equal(Contract, accounts[^1]);
        Assert.Equal(network.Keys.Length + 1, accounts.Length);
    }

    private static object Transaction(string? nonce) =>
        new { from = Contract, to = Target, value = "0x1", nonce };

    private JsonElement Send(string? nonce = null) => network.Call(
        "eth_getTransactionReceipt",
        network.Call("eth_sendTransaction", Transaction(nonce)).GetString());

    private string Refused(string? nonce = null) =>
        network.Fail("eth_sendTransaction", Transaction(nonce))
            .GetProperty("message").GetString()!;
}
