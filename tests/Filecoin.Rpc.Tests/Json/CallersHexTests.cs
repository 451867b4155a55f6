namespace Filecoin.Rpc.Tests.Json;

/// <summary>Numbers and bytes as callers write them.</summary>
public sealed class CallersHexTests
{
    private const string Somebody = "0x1111111111111111111111111111111111111111";
    private const string Word =
        "0x0000000000000000000000000000000000000000000000000000000000000001";

    private readonly RpcNetwork network = new();

    [Theory]
    [InlineData("web3_sha3", "[\"0x123\"]", "1, data: hex string of odd length")]
    [InlineData("web3_sha3", "[\"1234\"]", "1, data: hex string without 0x prefix")]
    [InlineData("web3_sha3", "[\"0x0x12\"]", "1, data: invalid hex string")]
    [InlineData("web3_sha3", "[\"0x12zz\"]", "1, data: invalid hex string")]
    [InlineData("eth_sendRawTransaction", "[\"02f8\"]", "1, transaction: hex string without 0x")]
    [InlineData(
        "eth_getBalance", "[\"1111111111111111111111111111111111111111\",\"latest\"]",
        "1, address: hex string without 0x prefix")]
    [InlineData("eth_getBalance", "[\"0x11\",\"latest\"]", "1, address: 1 bytes, not 20")]
    [InlineData(
        "eth_getBalance", $"[\"{Somebody}\",\"0x01\"]", "2, block: hex number with lead")]
    [InlineData(
        "eth_getBalance", $"[\"{Somebody}\",\"1\"]", "2, block: a block is a tag, 0x and")]
    [InlineData(
        "eth_call", $"[{{\"to\":\"{Somebody}\",\"value\":\"0x01\"}}]",
        "1, request: hex number with leading zero digits at $.value")]
    [InlineData(
        "eth_call", $"[{{\"to\":\"{Somebody}\",\"gas\":\"100000\"}}]",
        "1, request: hex string without 0x prefix at $.gas")]
    [InlineData(
        "eth_call", $"[{{\"to\":\"{Somebody}\",\"data\":\"0x1\"}}]",
        "1, request: hex string of odd length at $.data")]
    [InlineData(
        "eth_call", $"[{{\"to\":\"{Somebody}\",\"value\":\"0x\"}}]",
        "1, request: hex string \"0x\" is no number at $.value")]
    [InlineData(
        "eth_getStorageAt", $"[\"{Somebody}\",\"{Word}00\"]",
        "2, slot: a word is 0x and 1 to 64 digits, not 66")]
    [InlineData(
        "eth_getStorageAt", $"[\"{Somebody}\",\"7\"]", "2, slot: hex string without 0x")]
    [InlineData(
        "hardhat_setStorageAt", $"[\"{Somebody}\",\"{Word}00\",\"0x1\"]",
        "2, slot: a word is 0x and 1 to 64 digits, not 66")]
    [InlineData(
        "anvil_setStorageAt", $"[\"{Somebody}\",\"0x1\",\"{Word}00\"]",
        "3, value: a word is 0x and 1 to 64 digits, not 66")]
    [InlineData("eth_getLogs", "[{\"topics\":[\"0x1\"]}]", "1, filter: hex string of odd length")]
    [InlineData("eth_getLogs", "[{\"address\":\"0x1111\"}]", "1, filter: 2 bytes, not 20")]
    [InlineData(
        "eth_call", $"[{{\"to\":\"{Somebody}\"}},\"latest\",{{\"1111\":{{}}}}]",
        "override of 1111: hex string without 0x prefix")]
    public void What_geth_refuses_is_refused_with_the_parameter_named(
        string method, string parameters, string words)
    {
        JsonElement error = JsonDocument.Parse(network.Answer(
            $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}"""))
            .RootElement.GetProperty("error");

        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Contains(words, error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("eth_getStorageAt", Somebody, "0x0")]
    [InlineData("eth_getStorageAt", Somebody, "0x00")]
    [InlineData("eth_getStorageAt", Somebody, Word)]
    [InlineData("eth_getStorageAt", Somebody, 7)]
    [InlineData("eth_getBalance", Somebody, "0x0")]
    [InlineData("eth_getBalance", Somebody, 0)]
    [InlineData("anvil_setBalance", Somebody, "0x0000000000000001")]
    [InlineData("anvil_setBalance", Somebody, "1")]
    [InlineData("anvil_setBalance", Somebody, 1)]
    [InlineData("evm_increaseTime", "0x01")]
    [InlineData("evm_increaseTime", "10")]
    [InlineData("hardhat_mine", "0x01")]
    [InlineData("web3_sha3", "0X12Ab")]
    public void What_tools_send_is_taken(string method, params object[] parameters) =>
        _ = network.Call(method, parameters);

    [Theory]
    [InlineData("0x7", "0x2a")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000007", Word)]
    [InlineData(7, 42)]
    public void Slots_are_set_by_numbers_and_by_words(object slot, object value)
    {
        _ = network.Call("hardhat_setCode", Somebody, "0x00");
        _ = network.Call("hardhat_setStorageAt", Somebody, slot, value);

        Assert.NotEqual(
            new string('0', 64),
            network.Call("eth_getStorageAt", Somebody, "0x7").GetString()![2..]);
    }
}
