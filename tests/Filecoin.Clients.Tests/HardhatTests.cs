using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

public sealed class HardhatTests
{
    [Fact]
    public void A_project_of_Hardhat_is_tested_on_the_node()
    {
        using DevnetProcess devnet = DevnetProcess.Start();

        ProgramRun run = ContractFolder.Clients.Run(
            "hardhat", ["test"], "hardhat", ("DEVNET_URL", devnet.Url));

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains("12 passing (12 mocha)", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("failing", run.Output, StringComparison.Ordinal);
    }
}
