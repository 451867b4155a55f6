using System.Numerics;
using System.Text.Json.Nodes;
using Filecoin.Node.Tests.Commands;

namespace Filecoin.Node.Tests.Client;

/// <summary><c>fvm send</c> against a network in a process.</summary>
public sealed class SendTests(DevnetWithKeys user)
{
    private const string Somebody = "0x1111111111111111111111111111111111111111";

    [Fact]
    public void A_transfer_costs_what_it_says()
    {
        string sender = user.FundedKey("delegated");
        BigInteger before = user.BalanceOf(sender);

        JsonNode sent = user.Json("send", Somebody, "1.5fil", "--from", sender);

        Assert.Equal((0u, "OK"), ((uint)sent["exitCode"]!, (string)sent["exitName"]!));
        Assert.Equal("1500000000000000000", (string)sent["valueAtto"]!);
        Assert.Equal(
            before - BigInteger.Parse((string)sent["valueAtto"]!)
                - BigInteger.Parse((string)sent["feeAtto"]!),
            user.BalanceOf(sender));
    }

    [Fact]
    public void The_answer_has_a_stable_shape()
    {
        JsonNode sent = user.Json("send", Somebody, "7atto");
        Assert.Equal(
            [
                "hash", "message", "from", "fromEthereum", "to", "toEthereum", "valueAtto",
                "exitCode", "exitName", "gasUsed", "gasLimit", "feeAtto", "epoch", "block",
            ],
            sent.AsObject().Select(member => member.Key));
        string text = user.Text("send", Somebody, "7atto");
        Assert.Contains("exitCode: 0 OK\n", text, StringComparison.Ordinal);
        Assert.Matches(@"fee: 0\.\d+ FIL\n", text);
    }

    [Theory]
    [InlineData("secp256k1")]
    [InlineData("bls")]
    public void An_account_of_Ethereum_pays_an_address_that_has_no_actor_yet(string kind)
    {
        string address = user.FundedKey(kind, "3fil");
        Assert.Equal(3 * BigInteger.Pow(10, 18), user.BalanceOf(address));
    }

    [Theory]
    [InlineData("secp256k1")]
    [InlineData("bls")]
    public void A_key_of_Filecoin_sends_and_calls_contracts(string kind)
    {
        string sender = user.FundedKey(kind);
        string counter = user.NewCounter(1);

        JsonNode paid = user.Json("send", "1", "1fil", "--from", sender);
        JsonNode called = user.Json(
            "send", counter, "0", "increase(uint256)", "4", "--from", sender);

        Assert.Equal(sender, (string?)paid["from"]);
        Assert.Equal("OK", (string?)called["exitName"]);
        Assert.Equal("5\n", user.Text("call", counter, "count()(uint256)"));
    }

    [Fact]
    public void A_method_of_an_actor_is_called_by_name()
    {
        string sender = user.FundedKey("secp256k1");
        JsonNode called = user.Json("send", sender, "0", "PubkeyAddress", "--from", sender);
        JsonNode receipt = user.Json("chain", "receipt", (string)called["message"]!);
        Assert.Equal("OK", (string?)called["exitName"]);
        Assert.StartsWith("0x5501", (string?)receipt["returned"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_fails_has_a_receipt_with_the_reason()
    {
        string counter = user.NewCounter(1);
        TestKit.DotnetProcess run = user.Run(
            "send", counter, "0", "decrease(uint256)", "2", "--gas-limit", "30000000");
        Assert.Equal((FvmCommand.Differs, ""), (run.ExitCode, run.Error));
        Assert.Contains(
            "exitCode: 33 EVM_CONTRACT_REVERTED\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("error: execution reverted\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("reason: ArithmeticOverflow()\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_ran_out_of_gas_says_how_much_it_needed()
    {
        string counter = user.NewCounter(1);
        TestKit.DotnetProcess run = user.Run(
            "send", counter, "0", "increase(uint256)", "2", "--gas-limit", "1500000", "--json");
        JsonNode sent = JsonNode.Parse(run.Output)!;
        Assert.Equal((FvmCommand.Differs, ""), (run.ExitCode, run.Error));
        Assert.Equal("SYS_OUT_OF_GAS", (string?)sent["exitName"]);
        Assert.StartsWith(
            "out of gas: the limit was 1500000, it needs about", (string?)sent["error"]);
        Assert.Contains(
            $"error: {(string?)sent["error"]}\n",
            user.Text("chain", "receipt", (string)sent["hash"]!),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_would_fail_is_not_sent()
    {
        string counter = user.NewCounter(1);
        string sender = user.FundedKey("delegated");
        BigInteger before = user.BalanceOf(sender);
        DevnetWithKeys.Refused(
            user.Run("send", counter, "0", "decrease(uint256)", "2", "--from", sender),
            FvmCommand.Differs,
            "ArithmeticOverflow()");
        Assert.Equal(before, user.BalanceOf(sender));
    }

    [Theory]
    [InlineData("no node answers at http://127.0.0.1:9/", "0x11", "--url", "http://127.0.0.1:9")]
    [InlineData("no address of a node: nowhere", "0x11", "--url", "nowhere")]
    public void Without_a_node_it_says_how_to_get_one(string reason, params string[] arguments) =>
        DevnetWithKeys.Refused(
            Fvm.Run(["send", .. arguments[..1], "1fil", .. arguments[1..]]),
            FvmCommand.BadInput,
            reason);

    [Theory]
    [InlineData("0x needs 40 hexadecimal digits", "0x11", "1fil")]
    [InlineData("not an address: zz", "zz", "1fil")]
    [InlineData("case says", "0xF39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "1fil")]
    [InlineData("no account 10: ", "10", "1fil")]
    [InlineData("not an amount: 1: it has no unit", Somebody, "1")]
    [InlineData("no unit is called dollar", Somebody, "1dollar")]
    [InlineData("finer than an attoFIL", Somebody, "0.5atto")]
    [InlineData("has 10000 FIL, 10001 FIL are to be sent: 1 FIL are missing", Somebody,
        "10001fil", "--from", "9")]
    [InlineData("no key of 0x2222222222222222222222222222222222222222", Somebody, "1fil",
        "--from", "0x2222222222222222222222222222222222222222")]
    [InlineData("calls contracts, not methods of actors", "f02", "0", "ThisEpochReward")]
    [InlineData("has no method Fly", "f02", "0", "Fly")]
    [InlineData("1 arguments, not the 2 of (address,uint256)", Somebody, "0",
        "transfer(address,uint256)", "1")]
    [InlineData("300 is no uint8", Somebody, "0", "f(uint8)", "300")]
    [InlineData("no type of a contract: uint7x", Somebody, "0", "f(uint7x)", "1")]
    [InlineData("no actor has the address t2", "f2plku564ddywnmb5b2ky7dhk4mb6uacsxuuev3pi",
        "1fil")]
    public void What_cannot_be_sent_is_refused(string reason, params string[] arguments) =>
        DevnetWithKeys.Refused(
            user.Run(["send", .. arguments]), FvmCommand.BadInput, reason);
}
