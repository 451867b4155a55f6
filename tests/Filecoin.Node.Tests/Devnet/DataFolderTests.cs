using System.Diagnostics;
using Filecoin.TestKit;
using RocksDbSharp;

namespace Filecoin.Node.Tests.Devnet;

/// <summary>A network that is kept in a folder.</summary>
public sealed class DataFolderTests : IDisposable
{
    private const int BadInput = 3;
    private const int Attempts = 5;
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(1);

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-data").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Where others use the machine as well, one of a few attempts has to do.</summary>
    [Fact]
    public void An_interrupt_ends_a_network_under_load_within_a_second_with_all_kept()
    {
        TimeSpan least = TimeSpan.MaxValue;
        for (int i = 0; i < Attempts && least > EndMax; i++)
        {
            least = TimeSpan.FromTicks(long.Min(least.Ticks, InterruptUnderLoad().Ticks));
        }

        Assert.True(least <= EndMax, $"it took {least}");
    }

    [Fact]
    public void A_folder_belongs_to_one_process()
    {
        using DevnetProcess devnet = DevnetProcess.Start("--data-dir", folder);

        DotnetProcess refused =
            Commands.Fvm.Run("devnet", "--port", "0", "--data-dir", folder);

        Assert.Equal(
            (BadInput, $"fvm: chain store {folder}: another process has it open\n"),
            (refused.ExitCode, refused.Error));
    }

    [Theory]
    [InlineData("devnet")]
    [InlineData("node")]
    public void A_newer_format_is_refused_in_one_line(string command)
    {
        Chain.RocksOrderedStore.Open(folder).Dispose();
        WriteFormat("fvm chain 999");

        DotnetProcess refused = Commands.Fvm.Run(command, "--port", "0", "--data-dir", folder);

        Assert.Equal(BadInput, refused.ExitCode);
        Assert.Matches(
            "^fvm: chain store [^\n]+: its format 999 is newer than [0-9]+, the newest known"
                + " here\n$",
            refused.Error);
    }

    [Fact]
    public void A_folder_without_a_chain_is_not_read()
    {
        string nothing = Path.Combine(folder, "nothing");

        DotnetProcess refused = Commands.Fvm.Run("node", "--port", "0", "--data-dir", nothing);

        Assert.Equal(
            (BadInput, $"fvm: chain store {nothing}: no chain store\n"),
            (refused.ExitCode, refused.Error));
        Assert.False(Directory.Exists(nothing));
    }

    [Fact]
    public void A_folder_is_read_by_a_node_that_makes_no_blocks()
    {
        using (DevnetProcess devnet = DevnetProcess.Start("--data-dir", folder))
        using (RpcClient client = new(devnet.Url))
        {
            Send(client);
            devnet.Kill();
        }

        using DevnetProcess node = DevnetProcess.StartNode("--data-dir", folder);
        using RpcClient reader = new(node.Url);

        Assert.Equal("0x1", reader.Call("eth_blockNumber").GetString());
        Assert.StartsWith("missing permission", reader.Refusal("evm_mine"));
    }

    [Fact]
    public void What_waited_at_a_kill_is_mined_at_the_next_start_where_messages_are_mined_at_once()
    {
        string hash;
        using (DevnetProcess devnet = DevnetProcess.Start("--data-dir", folder, "--no-mining"))
        using (RpcClient client = new(devnet.Url))
        {
            hash = Send(client);
            devnet.Kill();
        }

        Assert.Equal("0x0", BlockNumber(DevnetProcess.StartNode("--data-dir", folder)));
        Assert.Equal(
            "0x0", BlockNumber(DevnetProcess.Start("--data-dir", folder, "--no-mining")));
        Assert.Equal(
            "0x0", BlockNumber(DevnetProcess.Start("--data-dir", folder, "--block-time", "900")));
        using DevnetProcess instant = DevnetProcess.Start("--data-dir", folder);
        using RpcClient after = new(instant.Url);
        Assert.Equal(
            "0x1",
            after.Call("eth_getTransactionReceipt", hash).GetProperty("blockNumber").GetString());
    }

    /// <summary>The last block of a network that is killed then.</summary>
    private static string? BlockNumber(DevnetProcess started)
    {
        using DevnetProcess network = started;
        using RpcClient client = new(network.Url);
        string? number = client.Call("eth_blockNumber").GetString();
        network.Kill();
        return number;
    }

    private TimeSpan InterruptUnderLoad()
    {
        string hash;
        TimeSpan taken;
        using (DevnetProcess devnet = DevnetProcess.Start("--data-dir", folder, "--no-mining"))
        {
            using RpcClient client = new(devnet.Url);
            hash = Send(client);
            using ThreadLoad load = new(devnet.Url);
            Thread.Sleep(300);
            long start = Stopwatch.GetTimestamp();
            devnet.Interrupt();
            Assert.Equal(0, devnet.WaitForExit());
            taken = Stopwatch.GetElapsedTime(start);
            Assert.Equal("", devnet.Errors);
        }

        using DevnetProcess next = DevnetProcess.Start("--data-dir", folder, "--no-mining");
        using RpcClient after = new(next.Url);
        Assert.Equal(
            System.Text.Json.JsonValueKind.Object,
            after.Call("eth_getTransactionByHash", hash).ValueKind);
        next.Kill();
        return taken;
    }

    private static string Send(RpcClient client)
    {
        string from = client.Call("eth_accounts")[0].GetString()!;
        return client.Call("eth_sendTransaction", new { from, to = from, value = "0x1" })
            .GetString()!;
    }

    private void WriteFormat(string format)
    {
        ColumnFamilies families = [];
        foreach (string name in RocksDb.ListColumnFamilies(new DbOptions(), folder))
        {
            families.Add(name, new ColumnFamilyOptions());
        }

        using RocksDb database = RocksDb.Open(new DbOptions(), folder, families);
        database.Put("format", format);
    }

    /// <summary>Somebody who asks and mines as fast as answers come.</summary>
    private sealed class ThreadLoad : IDisposable
    {
        private readonly Thread[] threads;

        public ThreadLoad(string url) => threads = Array.ConvertAll<string, Thread>(
            ["evm_mine", "eth_blockNumber", "eth_gasPrice"], method => Begin(url, method));

        public void Dispose() => Array.ForEach(threads, thread => thread.Join());

        private static Thread Begin(string url, string method)
        {
            Thread thread = new(() =>
            {
                using RpcClient client = new(url);
                try
                {
                    while (true)
                    {
                        _ = client.Call(method);
                    }
                }
                catch (Exception failure) when (failure is HttpRequestException or IOException
                    or System.Text.Json.JsonException or OperationCanceledException
                    or InvalidOperationException)
                {
                    // The network has ended.
                }
            });
            thread.Start();
            return thread;
        }
    }
}
