using System.Text.Json.Nodes;

namespace Filecoin.Node.Tests.Client;

/// <summary><c>fvm deploy</c>, <c>call</c>, <c>state</c> and <c>chain</c>.</summary>
public sealed class ContractTests(DevnetWithKeys user) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-code").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_contract_is_deployed_and_called()
    {
        JsonNode made = user.Json("deploy", DevnetWithKeys.Counter, "42");
        string counter = (string)made["addressEthereum"]!;

        Assert.StartsWith("t410f", (string?)made["address"], StringComparison.Ordinal);
        Assert.StartsWith("t0", (string?)made["id"], StringComparison.Ordinal);
        Assert.Equal("42\n", user.Text("call", counter, "count()(uint256)"));
        Assert.Equal(
            "42", (string?)user.Json("call", counter, "count()(uint256)")["values"]![0]);
        Assert.Equal($"{DevnetWithKeys.First}\n", user.Text("call", counter, "owner()(address)"));
        Assert.Equal(
            $"0x{42:x64}\n", user.Text("state", "storage", counter, "0"));
    }

    [Fact]
    public void Slots_of_what_is_no_contract_are_refused()
    {
        DevnetWithKeys.Refused(
            user.Run("state", "storage", DevnetWithKeys.First, "0"),
            FvmCommand.BadInput,
            "is no contract but an actor of kind ethaccount");
        DevnetWithKeys.Refused(
            user.Run("state", "storage", "0x9999999999999999999999999999999999999999", "0"),
            FvmCommand.BadInput,
            "actor not found");
    }

    [Fact]
    public void Bare_code_takes_arguments_by_signature()
    {
        string file = Path.Combine(folder, "Counter.bin");
        JsonNode counterJson = JsonNode.Parse(File.ReadAllText(DevnetWithKeys.Counter))!;
        File.WriteAllText(file, $"{counterJson["bytecode"]}");
        string counter = (string)user.Json(
            "deploy", file, "9", "--constructor", "constructor(uint256)", "--value", "1fil")
            ["addressEthereum"]!;
        Assert.Equal("9\n", user.Text("call", counter, "count()(uint256)"));
        Assert.Equal(System.Numerics.BigInteger.Pow(10, 18), user.BalanceOf(counter));
        DevnetWithKeys.Refused(
            user.Run("deploy", file, "9"), FvmCommand.BadInput, "give --constructor");
    }

    [Fact]
    public void A_revert_has_its_reason()
    {
        string counter = user.NewCounter(1);
        DevnetWithKeys.Refused(
            user.Run("call", counter, "ownerOnly()(bool)", "--from", "1"),
            FvmCommand.Differs,
            "Error(not the owner)");
        Assert.Equal("true\n", user.Text("call", counter, "ownerOnly()(bool)", "--from", "0"));
    }

    [Fact]
    public void What_no_contract_returns_is_refused() => DevnetWithKeys.Refused(
        user.Run("call", "0x1111111111111111111111111111111111111111", "count()(uint256)"),
        FvmCommand.BadInput,
        "is there a contract at this address?");

    [Fact]
    public void What_is_not_of_the_types_asked_for_is_refused() => DevnetWithKeys.Refused(
        user.Run("call", user.NewCounter(5), "count()(string)"),
        FvmCommand.BadInput,
        "what is returned is no (string): 0x00");

    [Fact]
    public void An_earlier_epoch_has_its_own_state()
    {
        string counter = user.NewCounter(1);
        JsonNode sent = user.Json("send", counter, "0", "increase(uint256)", "2");
        string before = $"{(long)sent["epoch"]! - 1}";
        Assert.Equal("1\n", user.Text("call", counter, "count()(uint256)", "--at", before));
        Assert.Equal(
            $"0x{1:x64}\n", user.Text("state", "storage", counter, "0", "--at", before));
        Assert.NotEqual(
            (string?)user.Json("state", "actor", counter)["head"],
            (string?)user.Json("state", "actor", counter, "--at", before)["head"]);
    }

    [Fact]
    public void An_actor_is_shown_with_its_state()
    {
        JsonNode actor = user.Json("state", "actor", "f02");
        Assert.Equal("reward", (string?)actor["actor"]);
        Assert.NotNull(actor["state"]);
        Assert.Equal("evm", (string?)user.Json("state", "actor", user.NewCounter(1))["actor"]);
    }

    [Fact]
    public void A_method_of_an_actor_is_asked()
    {
        JsonNode answer = user.Json("call", "f02", "ThisEpochReward");
        Assert.Equal(0, (int)answer["exitCode"]!);
        Assert.NotNull(answer["value"]);
    }

    [Fact]
    public void The_chain_shows_what_was_sent()
    {
        string counter = user.NewCounter(1);
        JsonNode sent = user.Json("send", counter, "0", "increase(uint256)", "2");
        string epoch = $"{(long)sent["epoch"]!}";
        string hash = (string)sent["hash"]!;

        JsonNode block = user.Json("chain", "block", epoch);
        JsonNode receipt = user.Json("chain", "receipt", (string)sent["message"]!);
        JsonNode logs = user.Json(
            "chain", "logs", "--from-block", epoch, "--to-block", epoch, "--address", counter);

        Assert.Equal(hash, (string?)block["transactions"]![0]);
        Assert.Equal(hash, (string?)receipt["hash"]);
        Assert.Equal(hash, (string?)logs[0]!["transactionHash"]);
        Assert.Equal(counter, (string?)receipt["logs"]![0]!["addressEthereum"]);
        Assert.Equal(
            (string?)sent["message"], (string?)user.Json("chain", "message", hash)["message"]);
        Assert.True((long)user.Json("chain", "head")["epoch"]! >= (long)sent["epoch"]!);
    }

    [Theory]
    [InlineData("no block of the node has 0x00", "receipt",
        "0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("neither a hash", "receipt", "zz")]
    [InlineData("no block: zz", "block", "zz")]
    public void What_the_chain_does_not_have_is_refused(string reason, params string[] arguments) =>
        DevnetWithKeys.Refused(
            user.Run(["chain", .. arguments]), FvmCommand.BadInput, reason);

    [Fact]
    public void New_heads_are_followed()
    {
        using System.Diagnostics.Process follow =
            Commands.Fvm.Start("chain", "follow", "--json", "--url", user.Url);
        bool isRead = false;
        Thread sender = new(() =>
        {
            while (!Volatile.Read(ref isRead))
            {
                _ = user.Run("send", "0x1111111111111111111111111111111111111111", "1atto");
            }
        });
        sender.Start();
        string? line = follow.StandardOutput.ReadLine();
        Volatile.Write(ref isRead, true);
        sender.Join();
        follow.Kill();
        Assert.True((long)JsonNode.Parse(line!)!["epoch"]! > 0);
    }
}
