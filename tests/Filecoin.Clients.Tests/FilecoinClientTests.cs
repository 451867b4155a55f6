using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

/// <summary>Clients of the network's own methods, as they come from npm.</summary>
public sealed class FilecoinClientTests
{
    private static readonly NpmFolder Packages = new("FilecoinClients");

    [Theory]
    [InlineData("iso-filecoin.mjs", 9)]
    [InlineData("glif.mjs", 5)]
    [InlineData("izari.mjs", 6)]
    [InlineData("lotus-client.mjs", 10)]
    public void A_client_does_all_its_steps(string script, int steps)
    {
        Assert.SkipUnless(NpmFolder.HasNode, NpmFolder.NoNode);
        Assert.True(Packages.Obstacle is null, Packages.Obstacle);
        using DevnetProcess devnet = DevnetProcess.Start();

        ProgramRun run = Packages.Run("node", [script, devnet.Url]);

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.True(steps == lines.Length, $"{lines.Length} steps: {run.Output}{run.Error}");
    }
}
