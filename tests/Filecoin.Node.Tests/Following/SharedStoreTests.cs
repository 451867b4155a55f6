using Filecoin.Chain.Tests.Stores;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Following;

/// <summary>Several nodes on one chain in a database of a real server.</summary>
public sealed class SharedStoreTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public void Two_readers_answer_what_the_writer_answers()
    {
        string database = Address(server.NewDatabase());
        using DevnetProcess writer = DevnetProcess.Start("--store", database);
        using RpcClient leader = new(writer.Url);
        Send(leader, 3);
        using DevnetProcess first = DevnetProcess.StartNode("--store", database);
        using DevnetProcess second = DevnetProcess.StartNode("--store", database);
        using RpcClient one = new(first.Url);
        using RpcClient two = new(second.Url);
        Send(leader, 4);
        string snapshot = leader.Call("evm_snapshot").GetString()!;
        Send(leader, 2);
        _ = leader.Call("evm_revert", snapshot);
        _ = leader.Call("evm_mine");

        IReadOnlyList<string> chain = LeaderWithFollower.Chain(leader);
        string head = $"{leader.Call("Filecoin.ChainHead")}";
        one.WaitFor(node => $"{node.Call("Filecoin.ChainHead")}" == head, "the head");
        two.WaitFor(node => $"{node.Call("Filecoin.ChainHead")}" == head, "the head");

        Assert.Equal(9, chain.Count);
        Assert.Equal(chain, LeaderWithFollower.Chain(one));
        Assert.Equal(chain, LeaderWithFollower.Chain(two));
        Assert.StartsWith("missing permission", one.Refusal("evm_mine"));
    }

    [Fact]
    public void A_network_goes_on_in_its_database_and_has_one_writer()
    {
        string database = Address(server.NewDatabase());
        using (DevnetProcess writer = DevnetProcess.Start("--store", database))
        using (RpcClient client = new(writer.Url))
        {
            Send(client, 3);
            DotnetProcess other = Commands.Fvm.Run("devnet", "--port", "0", "--store", database);
            Assert.Equal(3, other.ExitCode);
            Assert.EndsWith("another node writes it\n", other.Error);
            writer.Kill();
        }

        using DevnetProcess next = StartOnceFree(database);
        using RpcClient after = new(next.Url);

        Assert.Equal("0x3", after.Call("eth_blockNumber").GetString());
    }

    private static void Send(RpcClient node, int count)
    {
        string from = node.Call("eth_accounts")[0].GetString()!;
        for (int i = 0; i < count; i++)
        {
            _ = node.Call("eth_sendTransaction", new { from, to = from, value = "0x1" });
        }
    }

    /// <summary>A server takes a moment to see that a process is gone.</summary>
    private static DevnetProcess StartOnceFree(string database)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return DevnetProcess.Start("--store", database);
            }
            catch (InvalidOperationException) when (attempt < 10)
            {
                Thread.Sleep(100);
            }
        }
    }

    /// <summary>As a person writes it.</summary>
    private static string Address(string connection)
    {
        Npgsql.NpgsqlConnectionStringBuilder parts = new(connection);
        return $"postgres:///{parts.Database}?Host={parts.Host}&Username={parts.Username}";
    }
}
