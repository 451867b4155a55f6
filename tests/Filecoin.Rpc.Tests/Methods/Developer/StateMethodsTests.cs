namespace Filecoin.Rpc.Tests.Methods;

public sealed class StateMethodsTests
{
    private const string Stranger = "0x2222222222222222222222222222222222222222";
    private const string Token = "0x3333333333333333333333333333333333333333";

    /// <summary>Says what a mapping at slot 0 has for its first argument.</summary>
    private const string TokenCode = "0x602060045f3760405f20545f5260205ff3";

    private readonly RpcNetwork network = new();

    private string First => RpcNetwork.Ethereum(network.Keys[0]);

    [Fact]
    public void Nonce_code_and_slots_are_what_was_set()
    {
        _ = network.Call("hardhat_setNonce", RpcNetwork.Ethereum(network.Keys[1]), "0x9");
        _ = network.Call("hardhat_setCode", Stranger, "0x6001600055");
        _ = network.Call("hardhat_setStorageAt", Stranger, "0x3", "0xabcd");

        Assert.Equal(
            "0x9",
            network.Call(
                "eth_getTransactionCount", RpcNetwork.Ethereum(network.Keys[1]), "latest")
                .GetString());
        Assert.Equal(
            "0x6001600055", network.Call("eth_getCode", Stranger, "latest").GetString());
        Assert.EndsWith(
            "abcd", network.Call("eth_getStorageAt", Stranger, "0x3", "latest").GetString());
        _ = network.Call("hardhat_setStorageAt", Stranger, "0x3", "0x0");
        Assert.Equal(
            Hex.OfBytes(new byte[32]),
            network.Call("eth_getStorageAt", Stranger, "0x3", "latest").GetString());
    }

    [Fact]
    public void Slots_of_an_account_are_not_set() => Assert.Equal(
        $"{First} is no contract but an account or an actor of another kind, which has no slots",
        network.Fail("hardhat_setStorageAt", First, "0x0", "0x1")
            .GetProperty("message").GetString());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Slots_are_kept_where_no_code_is_and_are_those_of_code_that_comes(bool isFunded)
    {
        if (isFunded)
        {
            _ = network.Call("hardhat_setBalance", Stranger, "0x5");
        }

        _ = network.Call("anvil_setStorageAt", Stranger, "0x7", "0xabcd");

        Assert.EndsWith(
            "abcd", network.Call("eth_getStorageAt", Stranger, "0x7", "latest").GetString());
        Assert.Equal("0x", network.Call("eth_getCode", Stranger, "latest").GetString());
        Assert.Equal("0x", network.Call("eth_call", new { to = Stranger }).GetString());
        string hash = network.Call(
            "eth_sendTransaction", new { from = First, to = Stranger, value = "0x1" }).GetString()!;
        Assert.Equal(
            "0x1",
            network.Call("eth_getTransactionReceipt", hash).GetProperty("status").GetString());
        Assert.Equal(
            isFunded ? "0x6" : "0x1",
            network.Call("eth_getBalance", Stranger, "latest").GetString());
        _ = network.Call("hardhat_setCode", Stranger, $"0x{Programs.SlotSeven}");
        Assert.EndsWith("abcd", network.Call("eth_call", new { to = Stranger }).GetString());
    }

    [Fact]
    public void A_balance_is_added_to()
    {
        _ = network.Call("tenderly_setBalance", Stranger, "0x5");
        _ = network.Call("anvil_addBalance", Stranger, "0x6");

        Assert.Equal("0xb", network.Call("eth_getBalance", Stranger, "latest").GetString());
    }

    [Fact]
    public void A_balance_of_all_bits_can_be_spent()
    {
        _ = network.Call("hardhat_setBalance", First, "0x" + new string('f', 64));
        _ = network.Call("eth_sendTransaction", new { from = First, to = Stranger, value = "0x1" });

        Assert.Equal("0x1", network.Call("eth_getBalance", Stranger, "latest").GetString());
    }

    [Theory]
    [InlineData("0x7b")]
    [InlineData("0x0")]
    public void A_balance_of_a_token_is_dealt(string balance)
    {
        _ = network.Call("hardhat_setCode", Token, TokenCode);
        _ = network.Call("anvil_dealERC20", First, Token, "0x5");

        Assert.Equal("null", network.Call("anvil_setERC20Balance", First, Token, balance)
            .GetRawText());

        string said = network.Call(
            "eth_call", new { to = Token, data = "0x70a08231" + Word(First) }, "latest")
            .GetString()!;
        Assert.EndsWith(balance[2..].PadLeft(8, '0'), said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_allowance_of_a_token_is_given()
    {
        // keccak(spender . keccak(owner . 1))
        _ = network.Call(
            "hardhat_setCode",
            Token,
            "0x602060045f37600160205260405f20602052602060245f3760405f20545f5260205ff3");

        _ = network.Call("anvil_setERC20Allowance", First, Stranger, Token, "0x1234");

        Assert.EndsWith("1234", network.Call(
            "eth_call",
            new { to = Token, data = "0xdd62ed3e" + Word(First) + Word(Stranger) },
            "latest").GetString());
    }

    [Fact]
    public void A_contract_that_keeps_no_balances_is_told_so()
    {
        _ = network.Call("hardhat_setCode", Token, "0x60055f5260205ff3");

        Assert.Contains(
            "no slot",
            network.Fail("anvil_dealERC20", First, Token, "0x5")
                .GetProperty("message").GetString());
    }

    private static string Word(string address) => address[2..].PadLeft(64, '0');
}
