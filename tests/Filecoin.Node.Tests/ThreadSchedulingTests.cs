using System.Globalization;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests;

public sealed class ThreadSchedulingTests
{
    /// <summary>Of what is behind the name in a thread's line: proc(5), field 41.</summary>
    private const int PolicyField = 38;

    private const int Batch = 3;

    [Fact]
    public void Threads_that_answer_wait_for_whoever_has_the_processor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the policy is Linux's");
        using DevnetProcess devnet = DevnetProcess.Start();
        using RpcClient client = new(devnet.Url);
        _ = client.Call("eth_blockNumber");

        int[] policies = [.. devnet.ExecutorThreads().Select(PolicyOf)];

        Assert.NotEmpty(policies);
        Assert.All(policies, policy => Assert.Equal(Batch, policy));
    }

    private static int PolicyOf(string thread)
    {
        string line = File.ReadAllText($"{thread}/stat");
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[PolicyField], CultureInfo.InvariantCulture);
    }
}
