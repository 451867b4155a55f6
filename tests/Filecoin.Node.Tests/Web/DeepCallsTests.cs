using System.Net.Sockets;
using System.Text.Json;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>Calls that nest so deep that the thread of their connection ends with them.</summary>
public sealed class DeepCallsTests
{
    private const string Contract = "0x7777777777777777777777777777777777777777";

    /// <summary>Calls itself as often as it is told to, and gives how often that was.</summary>
    private const string Nesting =
        "0x600035801560345760019003600052602060006020600060003"
        + "05af115602e576000516001016000526020"
        + "6000f35b60006000fd5b60005260206000f3";

    private const int Shallow = 3;
    private const int Deep = 60;
    private const int Rounds = 25;

    /// <summary>Threads for connections, and for what is done beside them.</summary>
    private const int LivingMax = 6;

    [Fact]
    public void Deep_calls_in_turn_with_shallow_ones_are_answered_on_one_connection()
    {
        using DevnetProcess devnet = DevnetProcess.Start();
        int connections = 0;
        using HttpClient http = new(new SocketsHttpHandler
        {
            ConnectCallback = async (asked, cancelled) =>
            {
                connections++;
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(asked.DnsEndPoint, cancelled);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using RpcClient client = new(devnet.Url, with: http);
        _ = client.Call("hardhat_setCode", Contract, Nesting);
        HashSet<string> seen = [];
        for (int i = 0; i < Rounds; i++)
        {
            Assert.Equal(Deep, Nest(client, Deep));
            Assert.Equal(Shallow, Nest(client, Shallow));
            seen.UnionWith(Executors(devnet));
        }

        Assert.Equal(1, connections);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "threads are seen in /proc alone");
        Assert.True(seen.Count >= Rounds, $"{seen.Count} threads");
        client.WaitFor(_ => Executors(devnet).Count <= LivingMax, "worn threads end");
    }

    private static int Nest(RpcClient client, int depth)
    {
        JsonElement word = client.Call(
            "eth_call", new { to = Contract, data = $"0x{depth:x64}" }, "latest");
        return Convert.ToInt32(word.GetString(), 16);
    }

    /// <summary>Ids of the threads that machines run on.</summary>
    private static List<string> Executors(DevnetProcess devnet)
    {
        string tasks = $"/proc/{devnet.Id}/task";
        return Directory.Exists(tasks)
            ? [.. Directory.EnumerateDirectories(tasks).Where(IsExecutor)]
            : [];
    }

    private static bool IsExecutor(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).TrimEnd() == "executor";
        }
        catch (IOException)
        {
            // It has ended since.
            return false;
        }
    }
}
