using System.Diagnostics;
using System.Globalization;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>
/// 200 hostile connections to a node as a user starts it, and how another client fares meanwhile.
/// </summary>
/// <remarks>
/// The flood is a process of low priority: it is to flood the node, not the machine. It lasts
/// longer than anybody may wait, so that whoever is kept out is seen to be.
/// </remarks>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const string Endless = "0x4444444444444444444444444444444444444444";

    // Powers without end: they take more time for their gas than most.
    private const string Laborious = "0x5b63ffffffff67ffffffffffffffff0a505f56";
    private const string Large = "0x6666666666666666666666666666666666666666";
    private const int Connections = 200;

    private const double MillisecondsMax = 2_250;
    private const long MemoryBytesMax = 512L << 20;

    [Theory]
    [InlineData("malformed", true, 4)]
    [InlineData("nesting", true, 4)]
    [InlineData("batches", true, 4)]
    [InlineData("wide", true, 8)]
    [InlineData("calls", true, 4)]
    [InlineData("new-calls", true, 4)]
    [InlineData("slow-heads", false, 4)]
    [InlineData("slow-bodies", false, 4)]
    [InlineData("slow-readers", false, 8)]
    [InlineData("sockets", false, 8)]
    [InlineData("subscriptions", false, 6)]
    [InlineData("mixed", true, 4)]
    public void Others_are_answered_while_two_hundred_connections_flood_the_node(
        string kind, bool isAnswered, int seconds) => Flood(kind, isAnswered, seconds, []);

    [Fact]
    public void Others_are_answered_while_calls_flood_a_node_whose_actors_make_no_pauses()
    {
        Assert.SkipUnless(new BundleStore(UserCache.Bundles()).Has(18), SkipReason.NoBundle(18));
        Flood("calls", isAnswered: true, seconds: 6, ["--exact-gas"]);
    }

    private void Flood(string kind, bool isAnswered, int seconds, string[] options)
    {
        using DevnetProcess devnet = DevnetProcess.Start(options);
        using RpcClient client = new(devnet.Url);
        _ = client.Call("hardhat_setCode", Endless, Laborious);
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
        Assert.True(bystander.Percentile(99) <= MillisecondsMax, $"{bystander}");
        Assert.True(memory <= MemoryBytesMax, $"{memory >> 20} MiB");
        bystander.AskAll();
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
