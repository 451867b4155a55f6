using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Following;

/// <summary>Two nodes in processes of their own, as users start them.</summary>
public sealed class FollowTests
{
    private const int NoChain = 3;
    private const int Disagrees = 1;

    [Fact]
    public void A_second_node_comes_to_the_same_blocks_receipts_and_states()
    {
        using LeaderWithFollower nodes = new();
        nodes.DoSomeOfEach();
        nodes.Catch();
        nodes.DoSomeOfEach();
        nodes.Catch();

        IReadOnlyList<string> chain = LeaderWithFollower.Chain(nodes.Leader);

        Assert.Equal(9, chain.Count);
        Assert.Equal(chain, LeaderWithFollower.Chain(nodes.Follower));
    }

    [Fact]
    public void A_follower_goes_back_with_its_leader_and_on_another_way()
    {
        using LeaderWithFollower nodes = new();
        nodes.DoSomeOfEach();
        string snapshot = nodes.Leader.Call("evm_snapshot").GetString()!;
        nodes.DoSomeOfEach();
        nodes.Catch();
        _ = nodes.Leader.Call("evm_revert", snapshot);
        nodes.Catch();
        Assert.Equal("0x4", nodes.Follower.Call("eth_blockNumber").GetString());

        _ = nodes.Send(new { from = nodes.Second, to = nodes.First, value = "0x7" });
        nodes.Catch();

        Assert.Equal(
            LeaderWithFollower.Chain(nodes.Leader), LeaderWithFollower.Chain(nodes.Follower));
        Assert.Equal(
            "0x0", nodes.Follower.Call("txpool_status").GetProperty("pending").GetString());
    }

    [Fact]
    public void What_a_developer_changes_is_followed()
    {
        using LeaderWithFollower nodes = new();
        const string somebody = "0x00000000000000000000000000000000deadbeef";
        _ = nodes.Leader.Call("hardhat_setBalance", somebody, "0xde0b6b3a7640000");
        nodes.Catch();
        Assert.Equal(
            "0xde0b6b3a7640000",
            nodes.Follower.Call("eth_getBalance", somebody, "latest").GetString());
        _ = nodes.Leader.Call("hardhat_impersonateAccount", somebody);
        _ = nodes.Leader.Call("hardhat_setNextBlockBaseFeePerGas", "0x3e8");
        _ = nodes.Send(new { from = somebody, to = nodes.First, value = "0x1" });
        _ = nodes.Leader.Call("hardhat_setNonce", nodes.Second, "0x5");
        string contract = nodes.Deploy();
        _ = nodes.Leader.Call("anvil_setBalance", contract, "0xde0b6b3a7640000");
        _ = nodes.Leader.Call("hardhat_impersonateAccount", contract);
        _ = nodes.Send(new { from = contract, to = nodes.First, value = "0x1" });
        nodes.DoSomeOfEach();

        nodes.Catch();

        Assert.Equal(
            LeaderWithFollower.Chain(nodes.Leader), LeaderWithFollower.Chain(nodes.Follower));
        nodes.FollowerProcess.Kill();
        Assert.Contains("as only a developer makes it", nodes.FollowerProcess.Errors);
    }

    [Fact]
    public void Leader_and_follower_go_on_after_a_kill_of_either()
    {
        using LeaderWithFollower nodes = new();
        nodes.DoSomeOfEach();
        nodes.RestartFollower();
        nodes.Catch();
        nodes.RestartLeader();
        nodes.DoSomeOfEach();

        nodes.Catch();

        Assert.Equal(
            LeaderWithFollower.Chain(nodes.Leader), LeaderWithFollower.Chain(nodes.Follower));
    }

    [Fact]
    public void A_follower_serves_what_it_has_while_its_leader_is_away()
    {
        using LeaderWithFollower nodes = new();
        nodes.DoSomeOfEach();
        nodes.Catch();
        nodes.LeaderProcess.Kill();
        nodes.RestartFollower();

        Assert.Equal("0x4", nodes.Follower.Call("eth_blockNumber").GetString());

        nodes.RestartLeader();
        nodes.DoSomeOfEach();
        nodes.Catch();
    }

    [Fact]
    public void A_network_of_its_own_with_miners_is_followed_and_kept()
    {
        string folder = Directory.CreateTempSubdirectory("fvm-own").FullName;
        string file = Path.Combine(folder, "genesis.json");
        File.WriteAllText(
            file, """{ "name": "own", "chainId": 4321, "miners": [{ "sectors": 1 }] }""");
        string data = Path.Combine(folder, "data");
        using (DevnetProcess leader = DevnetProcess.Start("--genesis", file))
        using (DevnetProcess node =
            DevnetProcess.StartNode("--follow", leader.Url, "--data-dir", data))
        {
            using RpcClient one = new(leader.Url);
            using RpcClient two = new(node.Url);
            _ = one.Call("evm_mine");
            two.WaitFor(client => client.Call("eth_blockNumber").GetString() == "0x1", "a block");
            Assert.Equal(LeaderWithFollower.Chain(one), LeaderWithFollower.Chain(two));
            node.Kill();
        }

        using DevnetProcess kept = DevnetProcess.Start("--data-dir", data);
        using RpcClient reader = new(kept.Url);
        Assert.Equal("0x10e1", reader.Call("eth_chainId").GetString());
        Assert.Equal("own", reader.Call("Filecoin.StateNetworkName").GetString());
        kept.Kill();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("eth_sendRawTransaction", "0x00")]
    [InlineData("evm_mine")]
    [InlineData("evm_snapshot")]
    public void A_follower_takes_nothing_itself(string method, params object[] parameters)
    {
        using DevnetProcess leader = DevnetProcess.Start();
        using DevnetProcess node = DevnetProcess.StartNode("--follow", leader.Url);
        using RpcClient client = new(node.Url);

        Assert.StartsWith("missing permission", client.Refusal(method, parameters));

        Assert.Equal("0x0", client.Call("eth_blockNumber").GetString());
    }

    [Fact]
    public void A_follower_that_executes_otherwise_says_at_which_message_and_field()
    {
        Assert.SkipUnless(new BundleStore(UserCache.Bundles()).Has(18), SkipReason.NoBundle(18));
        using DevnetProcess leader = DevnetProcess.Start("--exact-gas");
        using DevnetProcess node = DevnetProcess.StartNode("--follow", leader.Url);
        using RpcClient client = new(leader.Url);
        string from = client.Call("eth_accounts")[0].GetString()!;
        _ = client.Call("evm_mine");

        _ = client.Call("eth_sendTransaction", new { from, to = from, value = "0x1" });

        Assert.Equal(Disagrees, node.WaitForExit());
        Assert.Matches(
            "^fvm: epoch 2, message 0 bafy[a-z0-9]+: gas used is [0-9]+ here and [0-9]+ there\n$",
            node.Errors);
    }

    [Fact]
    public void A_leader_with_another_chain_is_not_followed()
    {
        string folder = Directory.CreateTempSubdirectory("fvm-other").FullName;
        using DevnetProcess first = DevnetProcess.Start();
        using (DevnetProcess node =
            DevnetProcess.StartNode("--follow", first.Url, "--data-dir", folder))
        {
            node.Interrupt();
            Assert.Equal(0, node.WaitForExit());
        }

        using DevnetProcess second = DevnetProcess.Start("--accounts", "3");
        DotnetProcess refused = Commands.Fvm.Run(
            "node", "--port", "0", "--follow", second.Url, "--data-dir", folder);

        Assert.Equal(NoChain, refused.ExitCode);
        Assert.Matches("^fvm: http://[^ ]+ has another chain: [^\n]+\n$", refused.Error);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "does not answer")]
    [InlineData("ws://127.0.0.1:1", "is no address http://host:port")]
    public void A_leader_that_is_not_there_is_said_in_one_line(string url, string reason)
    {
        DotnetProcess refused = Commands.Fvm.Run("node", "--port", "0", "--follow", url);

        Assert.Equal(NoChain, refused.ExitCode);
        Assert.Contains(reason, refused.Error);
        Assert.Equal(1, refused.Error.Count(letter => letter == '\n'));
    }
}
