namespace Filecoin.Rpc.Tests.Methods;

public sealed class GethMethodsTests
{
    private const string Outer = ContractNetwork.Outer;
    private const string Inner = ContractNetwork.Inner;

    private readonly ContractNetwork contracts = new();

    private RpcNetwork Network => contracts.Network;

    [Fact]
    public void An_access_list_has_accounts_and_slots_that_were_touched()
    {
        contracts.PutBoth(Programs.Call(Inner), Programs.Counter);

        JsonElement list = Network.Call(
            "eth_createAccessList", new { from = contracts.Sender, to = Outer }, "latest");

        JsonElement entry = Assert.Single(
            list.GetProperty("accessList").EnumerateArray().ToArray());
        Assert.Equal(Inner, entry.GetProperty("address").GetString());
        Assert.Equal(
            "0x" + Programs.Word(0), entry.GetProperty("storageKeys")[0].GetString());
        Assert.False(list.TryGetProperty("error", out _));
    }

    [Fact]
    public void Simulated_blocks_build_on_one_another_and_leave_nothing()
    {
        contracts.Put(Outer, Programs.Counter);
        object call = new { from = contracts.Sender, to = Outer };

        JsonElement blocks = Network.Call("eth_simulateV1", new
        {
            blockStateCalls = new object[]
            {
                new { calls = new[] { call, call } },
                new
                {
                    calls = new[] { call, new { from = contracts.Sender, to = Inner } },
                    stateOverrides = new Dictionary<string, object>
                    {
                        [Inner] = new { code = "0x" + Programs.Number },
                    },
                },
            },
        }, "latest");

        Assert.Equal(2, blocks.GetArrayLength());
        Assert.Equal(
            blocks[0].GetProperty("hash").GetString(),
            blocks[1].GetProperty("parentHash").GetString());
        Assert.All(
            blocks.EnumerateArray()
                .SelectMany(block => block.GetProperty("calls").EnumerateArray()),
            done => Assert.Equal("0x1", done.GetProperty("status").GetString()));
        Assert.Equal(
            "0x" + Programs.Word(2),
            blocks[1].GetProperty("calls")[1].GetProperty("returnData").GetString());
        Assert.Equal("0x0", Network.Call("eth_blockNumber").GetString());
        Assert.Equal(
            "0x" + Programs.Word(0),
            Network.Call("eth_getStorageAt", Outer, "0x0", "latest").GetString());
    }

    [Fact]
    public void A_simulated_call_sees_what_the_one_before_it_did()
    {
        contracts.Put(Outer, Programs.Counter);
        object read = new { from = contracts.Sender, to = Inner };
        string delegated = Programs.DelegateCall(Outer);

        JsonElement calls = Network.Call("eth_simulateV1", new
        {
            blockStateCalls = new object[]
            {
                new
                {
                    stateOverrides = new Dictionary<string, object>
                    {
                        [Inner] = new { code = "0x" + delegated },
                    },
                    calls = new[] { read, read },
                },
            },
        })[0].GetProperty("calls");

        long first = Convert.ToInt64(calls[0].GetProperty("gasUsed").GetString(), 16);
        long second = Convert.ToInt64(calls[1].GetProperty("gasUsed").GetString(), 16);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_simulated_call_that_reverts_says_why_and_the_next_one_runs()
    {
        contracts.PutBoth(Programs.Requires("no"), Programs.Returns("01"));

        JsonElement calls = Network.Call("eth_simulateV1", new
        {
            blockStateCalls = new[]
            {
                new { calls = new[] { new { to = Outer }, new { to = Inner } } },
            },
        })[0].GetProperty("calls");

        JsonElement error = calls[0].GetProperty("error");
        Assert.Equal(RpcError.RevertedCode, error.GetProperty("code").GetInt32());
        Assert.Contains("Error(no)", error.GetProperty("message").GetString());
        Assert.StartsWith("0x08c379a0", error.GetProperty("data").GetString());
        Assert.Equal("0x01", calls[1].GetProperty("returnData").GetString());
    }

    [Fact]
    public void Value_that_moves_in_a_simulation_is_a_log_where_that_is_wanted()
    {
        object calls = new[]
        {
            new { calls = new[] { new { from = contracts.Sender, to = Inner, value = "0x5" } } },
        };

        JsonElement log = Assert.Single(Network.Call(
            "eth_simulateV1", new { blockStateCalls = calls, traceTransfers = true })[0]
            .GetProperty("calls")[0].GetProperty("logs").EnumerateArray().ToArray());

        Assert.Equal("0x" + Programs.Word(5), log.GetProperty("data").GetString());
        Assert.EndsWith(Inner[2..], log.GetProperty("topics")[2].GetString());
    }

    [Fact]
    public void A_simulation_has_limits_and_its_blocks_go_on()
    {
        Assert.Contains("1 to 256 blocks", contracts.Error(
            "eth_simulateV1",
            new { blockStateCalls = Enumerable.Repeat(new { }, 257) }));
        Assert.Contains("is null", contracts.Error(
            "eth_simulateV1", new { blockStateCalls = new object?[] { null } }));
        Assert.Contains("is not after", contracts.Error("eth_simulateV1", new
        {
            blockStateCalls = new[] { new { blockOverrides = new { number = "0x0" } } },
        }));
        Assert.Contains("the sender is at 0", contracts.Error("eth_simulateV1", new
        {
            validation = true,
            blockStateCalls = new[]
            {
                new
                {
                    calls = new[]
                    {
                        new
                        {
                            from = contracts.Sender, to = Inner, nonce = "0x5",
                            maxFeePerGas = "0x77359400",
                        },
                    },
                },
            },
        }));
    }

    [Fact]
    public void A_transaction_is_filled_in_and_not_sent()
    {
        JsonElement filled = Network.Call(
            "eth_fillTransaction", new { from = contracts.Sender, to = Inner, value = "0x1" });

        JsonElement transaction = filled.GetProperty("tx");
        Assert.Equal("0x0", transaction.GetProperty("nonce").GetString());
        Assert.Equal(contracts.Sender, transaction.GetProperty("from").GetString());
        Assert.NotEqual("0x0", transaction.GetProperty("gas").GetString());
        Assert.StartsWith("0x02", filled.GetProperty("raw").GetString());
        Assert.Equal(0, Network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void An_account_is_told_of_in_one_answer()
    {
        contracts.Put(Outer, "00");
        _ = Network.Call("hardhat_setBalance", Outer, "0x7");

        JsonElement account = Network.Call("eth_getAccountInfo", Outer, "latest");

        Assert.Equal("0x7", account.GetProperty("balance").GetString());
        Assert.Equal("0x1", account.GetProperty("nonce").GetString());
        Assert.Equal("0x00", account.GetProperty("code").GetString());
    }

    [Fact]
    public void A_transaction_is_sent_and_its_receipt_waited_for()
    {
        string signed = Signed();

        JsonElement receipt = Network.Call("eth_sendRawTransactionSync", signed);

        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        Assert.Equal("0x1", Network.Call("eth_getBalance", Inner, "latest").GetString());
    }

    [Fact]
    public void The_bytes_of_a_transaction_are_those_that_were_sent_waiting_or_not()
    {
        _ = Network.Call("evm_setAutomine", false);
        string signed = Signed();
        string hash = Network.Call("eth_sendRawTransaction", signed).GetString()!;

        JsonElement waiting = Assert.Single(
            Network.Call("eth_pendingTransactions").EnumerateArray().ToArray());
        Assert.Equal(hash, waiting.GetProperty("hash").GetString());
        Assert.False(Network.Call("eth_mining").GetBoolean());
        Assert.Equal(signed, Network.Call("eth_getRawTransactionByHash", hash).GetString());
        _ = Network.Call("evm_mine");
        Assert.Equal(signed, Network.Call("debug_getRawTransaction", hash).GetString());
        Assert.Equal(
            JsonValueKind.Null,
            Network.Call("debug_getRawTransaction", "0x" + Programs.Word(1)).ValueKind);
        Assert.Empty(Network.Call("eth_pendingTransactions").EnumerateArray());
    }

    [Fact]
    public void A_transaction_that_no_block_takes_in_time_waits_on_and_its_hash_is_told()
    {
        _ = Network.Call("evm_setAutomine", false);
        string signed = Signed();

        JsonElement error = Network.Fail("eth_sendRawTransactionSync", signed, "0x1");

        Assert.Equal(4, error.GetProperty("code").GetInt32());
        Assert.Equal(66, error.GetProperty("data").GetString()!.Length);
        Assert.Equal(1, Network.Node.Chain.Pool.Count);
    }

    [Fact]
    public void There_are_no_proofs_and_the_error_says_why() => Assert.Contains(
        "Merkle-Patricia",
        contracts.Error("eth_getProof", Outer, Array.Empty<string>(), "latest"));

    [Fact]
    public void There_are_no_uncles()
    {
        Assert.Equal(
            "0x0", Network.Call("eth_getUncleCountByBlockNumber", "latest").GetString());
        Assert.Equal(
            JsonValueKind.Null,
            Network.Call("eth_getUncleByBlockNumberAndIndex", "latest", "0x0").ValueKind);
    }

    private string Signed() => Network.Call("eth_signTransaction", new
    {
        from = contracts.Sender,
        to = Inner,
        value = "0x1",
    }).GetString()!;
}
