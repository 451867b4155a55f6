using System.Diagnostics;
using System.Globalization;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Web;

/// <summary>
/// 200 hostile connections to a node as a user starts it, and how another client fares meanwhile.
/// Longer with the seconds in FVM_FLOOD_SECONDS.
/// </summary>
/// <remarks>
/// The flood is a process of low priority: it is to flood the node, not the machine.
/// </remarks>
public sealed class FloodTests(ITestOutputHelper output)
{
    private const string Endless = "0x4444444444444444444444444444444444444444";
    private const string Large = "0x6666666666666666666666666666666666666666";
    private const int Connections = 200;
    private const double MillisecondsMax = 3_000;
    private const long MemoryBytesMax = 600L << 20;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(double.Parse(
        Environment.GetEnvironmentVariable("FVM_FLOOD_SECONDS") ?? "4",
        CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("malformed")]
    [InlineData("nesting")]
    [InlineData("batches")]
    [InlineData("wide")]
    [InlineData("calls")]
    [InlineData("new-calls")]
    [InlineData("slow-heads")]
    [InlineData("slow-bodies")]
    [InlineData("slow-readers")]
    [InlineData("sockets")]
    [InlineData("subscriptions")]
    [InlineData("mixed")]
    public void Others_are_answered_while_two_hundred_connections_flood_the_node(string kind)
    {
        using DevnetProcess devnet = DevnetProcess.Start();
        using RpcClient client = new(devnet.Url);
        _ = client.Call("hardhat_setCode", Endless, "0x5b5f56");
        _ = client.Call("hardhat_setCode", Bystander.Contract, "0x60075f5260205ff3");
        _ = client.Call("hardhat_setCode", Large, "0x6140005ff3");
        Bystander bystander = new(client);
        bystander.Prepare();
        using Process flood = Start(devnet.Url, kind);
        long memory = 0;

        bystander.Go(Time, () => memory = long.Max(memory, devnet.MemoryBytes));

        string told = flood.StandardOutput.ReadToEnd();
        flood.WaitForExit();
        output.WriteLine($"{kind}: {bystander}; {memory >> 20} MiB; {told}");
        Assert.Contains(" 0 improper", told);
        Assert.True(
            int.Parse(told.Split(' ')[0], CultureInfo.InvariantCulture) >= Connections, told);
        Assert.True(bystander.Percentile(99) <= MillisecondsMax, $"{bystander}");
        Assert.True(memory <= MemoryBytesMax, $"{memory >> 20} MiB");
    }

    private static Process Start(string url, string kind)
    {
        string[] arguments =
        [
            "Filecoin.Flood.dll", url, kind, $"{Connections}",
            (Time.TotalSeconds + 1).ToString(CultureInfo.InvariantCulture),
        ];
        Process flood = DotnetProcess.StartLow(AppContext.BaseDirectory, arguments);
        Assert.Equal("begun", flood.StandardOutput.ReadLine());
        return flood;
    }
}
