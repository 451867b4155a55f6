namespace Filecoin.Rpc.Tests.Methods;

public sealed class EthereumMethodsTests
{
    private const string Fil = "0xde0b6b3a7640000";

    private readonly RpcNetwork network = new();

    private string First => RpcNetwork.Ethereum(network.Keys[0]);

    private string Second => RpcNetwork.Ethereum(network.Keys[1]);

    [Theory]
    [InlineData("chainId", "0x1", "chainId 1 is not this network's, 31415926")]
    [InlineData("type", "0x3", "transactions of type 3 are not there: 0, 1 and 2 are signed as 2")]
    public void A_transaction_of_another_kind_or_chain_is_not_signed(
        string member, string value, string reason) => Assert.Equal(
            reason,
            network.Fail("eth_sendTransaction", new Dictionary<string, string>
            {
                ["from"] = First,
                ["to"] = Second,
                [member] = value,
            }).GetProperty("message").GetString());

    [Theory]
    [InlineData("0x", "hex string \"0x\" is no number")]
    [InlineData("", "a block is a tag, 0x and a number or a hash")]
    public void A_number_without_digits_is_no_block(string block, string words) => Assert.Equal(
        $"parameter 2, block: {words}",
        network.Fail("eth_getBalance", First, block).GetProperty("message").GetString());

    [Fact]
    public void A_transfer_of_an_unlocked_account_moves_value_and_has_a_receipt()
    {
        string before = network.Call("eth_getBalance", Second, "latest").GetString()!;

        string hash = Send(First, Second).GetString()!;

        JsonElement receipt = network.Call("eth_getTransactionReceipt", hash);
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        Assert.Equal(First, receipt.GetProperty("from").GetString());
        Assert.Equal(Second, receipt.GetProperty("to").GetString());
        Assert.Equal("0x1", receipt.GetProperty("blockNumber").GetString());
        Assert.Equal("0x1", network.Call("eth_getTransactionCount", First, "latest").GetString());
        Assert.Equal(
            Number(before) + Number(Fil),
            Number(network.Call("eth_getBalance", Second, "latest").GetString()!));
        Assert.Equal(
            before, network.Call("eth_getBalance", Second, "0x0").GetString());
    }

    [Fact]
    public void A_block_lists_its_transactions_as_hashes_or_whole()
    {
        string hash = Send(First, Second).GetString()!;

        JsonElement block = network.Call("eth_getBlockByNumber", "latest", false);
        JsonElement full = network.Call(
            "eth_getBlockByHash", block.GetProperty("hash").GetString(), true);

        Assert.Equal(hash, block.GetProperty("transactions")[0].GetString());
        JsonElement transaction = full.GetProperty("transactions")[0];
        Assert.Equal(hash, transaction.GetProperty("hash").GetString());
        Assert.Equal("0x2", transaction.GetProperty("type").GetString());
        Assert.Equal(
            transaction.ToString(), network.Call("eth_getTransactionByHash", hash).ToString());
        Assert.Equal(
            network.Call("eth_getBlockByNumber", "0x0", false).GetProperty("hash").GetString(),
            block.GetProperty("parentHash").GetString());
    }

    [Fact]
    public void An_epoch_without_tipset_is_an_error_with_its_number()
    {
        network.Node.Producer.Mine(nullRounds: 2);

        JsonElement error = network.Fail("eth_getBlockByNumber", "0x2", false);

        Assert.Equal(RpcError.NullRoundCode, error.GetProperty("code").GetInt32());
        Assert.Equal(2, error.GetProperty("data").GetInt32());
        Assert.Equal("0x3", network.Call("eth_blockNumber").GetString());
        Assert.NotEqual("0x0", network.Call("eth_getBalance", First, "0x2").GetString());
    }

    [Fact]
    public void A_block_that_is_yet_to_come_is_an_error() => Assert.Contains(
        "beyond 'latest'",
        network.Fail("eth_getBalance", First, "0x9").GetProperty("message").GetString());

    [Fact]
    public void Bytes_that_are_no_transaction_are_refused_and_nothing_waits()
    {
        foreach (string bytes in (string[])["0x", "0x01", "0x02c0", "0xc0", "0xff"])
        {
            Assert.NotEqual(
                0, network.Fail("eth_sendRawTransaction", bytes).GetProperty("code").GetInt32());
        }

        Assert.Equal(0, network.Node.Chain.Pool.Count);
        Assert.Equal("0x0", network.Call("eth_blockNumber").GetString());
    }

    [Fact]
    public void A_transaction_of_another_chain_is_refused()
    {
        AccountKey key = network.Keys[0];
        EthereumTransaction unsigned = new(
            EthereumTransactionKind.DynamicFee, 1, 0, TokenAmount.FromAtto(1),
            TokenAmount.FromAtto(1_000_000_000), 10_000_000, new byte[20], TokenAmount.Zero,
            default, new byte[65]);
        byte[] signed = (unsigned with { Signature = key.Sign(unsigned.SigningHash()) }).Encode();

        Assert.Contains(
            "chain id",
            network.Fail("eth_sendRawTransaction", Hex.OfBytes(signed))
                .GetProperty("message").GetString());
    }

    [Fact]
    public void An_account_without_key_cannot_send_unless_it_is_impersonated()
    {
        string stranger = "0x2222222222222222222222222222222222222222";
        _ = network.Call("hardhat_setBalance", stranger, Fil);
        Assert.Contains(
            "unknown account",
            network.Fail("eth_sendTransaction", new { from = stranger, to = First, value = "0x1" })
                .GetProperty("message").GetString());

        _ = network.Call("hardhat_impersonateAccount", stranger);
        string hash = Send(stranger, First, "0x1").GetString()!;

        JsonElement receipt = network.Call("eth_getTransactionReceipt", hash);
        Assert.Equal(stranger, receipt.GetProperty("from").GetString());
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
    }

    [Fact]
    public void The_history_of_fees_has_one_base_fee_more_than_blocks()
    {
        _ = Send(First, Second);
        _ = network.Call("hardhat_mine", "0x3");

        JsonElement history = network.Call("eth_feeHistory", "0x3", "latest", new[] { 25.0, 75 });

        Assert.Equal("0x2", history.GetProperty("oldestBlock").GetString());
        Assert.Equal(4, history.GetProperty("baseFeePerGas").GetArrayLength());
        Assert.Equal(3, history.GetProperty("gasUsedRatio").GetArrayLength());
        Assert.Equal(2, history.GetProperty("reward")[0].GetArrayLength());
        Assert.Equal(
            RpcError.InvalidParametersCode,
            network.Fail("eth_feeHistory", "0x3", "latest", new[] { 75.0, 25 })
                .GetProperty("code").GetInt32());
    }

    [Fact]
    public void A_filter_gives_what_is_new_and_once()
    {
        string blocks = network.Call("eth_newBlockFilter").GetString()!;
        string pending = network.Call("eth_newPendingTransactionFilter").GetString()!;
        string hash = Send(First, Second).GetString()!;

        Assert.Equal(
            network.Call("eth_getBlockByNumber", "latest", false)
                .GetProperty("hash").GetString(),
            network.Call("eth_getFilterChanges", blocks)[0].GetString());
        Assert.Equal(hash, network.Call("eth_getFilterChanges", pending)[0].GetString());
        Assert.Equal(0, network.Call("eth_getFilterChanges", blocks).GetArrayLength());
        Assert.True(network.Call("eth_uninstallFilter", blocks).GetBoolean());
        Assert.False(network.Call("eth_uninstallFilter", blocks).GetBoolean());
        Assert.Contains(
            "filter not found",
            network.Fail("eth_getFilterChanges", blocks).GetProperty("message").GetString());
    }

    [Fact]
    public void An_estimate_is_enough_and_not_twice_too_much()
    {
        long estimate = Number(network.Call(
            "eth_estimateGas", new { from = First, to = Second, value = "0x1" }).GetString()!);
        string hash = Send(First, Second, "0x1", Hex.Of((ulong)estimate)).GetString()!;
        JsonElement receipt = network.Call("eth_getTransactionReceipt", hash);

        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        long used = Number(receipt.GetProperty("gasUsed").GetString()!);
        Assert.InRange(estimate, used, used * 2);
    }

    private JsonElement Send(string from, string to, string value = Fil, string? gas = null) =>
        network.Call("eth_sendTransaction", new { from, to, value, gas });

    private static long Number(string text) =>
        Hex.TryReadNumber(text, out System.Numerics.BigInteger value)
            ? (long)(value % long.MaxValue)
            : -1;
}
