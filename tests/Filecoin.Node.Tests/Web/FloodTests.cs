using System.Diagnostics;
using System.Globalization;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>
/// 200 hostile connections to a node as a user starts it, and how another client fares meanwhile.
/// With the devnet's options in FVM_FLOOD_OPTIONS.
/// </summary>
/// <remarks>
/// The flood is a process of low priority: it is to flood the node, not the machine. Whoever is
/// kept out waits for its end, which is later than anybody may wait. Where the flood sends much or
/// reads no answers it does most of its harm at first, and lasts longer so that there is a time
/// after that, on a busy machine too.
/// </remarks>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const string Endless = "0x4444444444444444444444444444444444444444";
    private const string Large = "0x6666666666666666666666666666666666666666";
    private const int Connections = 200;

    /// <summary>What part of the flood's time nearly all answers take at most.</summary>
    private const double PartMax = 0.75;

    private const long MemoryBytesMax = 600L << 20;

    private static readonly string[] Options =
        (Environment.GetEnvironmentVariable("FVM_FLOOD_OPTIONS") ?? "").Split(
            ' ', StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [InlineData("malformed", true, 3)]
    [InlineData("nesting", true, 3)]
    [InlineData("batches", true, 3)]
    [InlineData("wide", false, 8)]
    [InlineData("calls", true, 3)]
    [InlineData("new-calls", true, 3)]
    [InlineData("slow-heads", false, 2)]
    [InlineData("slow-bodies", false, 2)]
    [InlineData("slow-readers", false, 8)]
    [InlineData("sockets", false, 8)]
    [InlineData("subscriptions", false, 6)]
    [InlineData("mixed", true, 3)]
    public void Others_are_answered_while_two_hundred_connections_flood_the_node(
        string kind, bool isAnswered, int seconds)
    {
        using DevnetProcess devnet = DevnetProcess.Start(Options);
        using RpcClient client = new(devnet.Url);
        _ = client.Call("hardhat_setCode", Endless, "0x5b5f56");
        _ = client.Call("hardhat_setCode", Bystander.Contract, "0x60075f5260205ff3");
        _ = client.Call("hardhat_setCode", Large, "0x6140005ff3");
        Bystander bystander = new(client);
        bystander.Prepare();
        using Process flood = Start(devnet.Url, kind, seconds);
        long memory = 0;

        bystander.GoWhile(() =>
        {
            memory = long.Max(memory, devnet.MemoryBytes);
            return !flood.HasExited;
        });

        string told = flood.StandardOutput.ReadToEnd();
        output.WriteLine($"{kind}: {bystander}; {memory >> 20} MiB; {told}");
        Assert.True(Count(told, "requests") >= Connections, told);
        Assert.Equal(0, Count(told, "improper"));
        Assert.Equal(isAnswered, Count(told, "with errors") > 0);
        Assert.True(bystander.Percentile(99) <= PartMax * 1_000 * seconds, $"{bystander}");
        Assert.True(memory <= MemoryBytesMax, $"{memory >> 20} MiB");
    }

    /// <summary>What the flood has counted of something.</summary>
    private static int Count(string told, string what) => int.Parse(
        told.Split(", ").Single(part => part.TrimEnd().EndsWith(what, StringComparison.Ordinal))
            .Split(' ')[0],
        CultureInfo.InvariantCulture);

    private static Process Start(string url, string kind, int seconds)
    {
        Process flood = DotnetProcess.StartLow(
            AppContext.BaseDirectory,
            ["Filecoin.Flood.dll", url, kind, $"{Connections}", $"{seconds}"]);
        Assert.Equal("begun", flood.StandardOutput.ReadLine());
        return flood;
    }
}
