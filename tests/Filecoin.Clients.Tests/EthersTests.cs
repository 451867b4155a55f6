using Filecoin.Node;
using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

public sealed class EthersTests
{
    private const string Script = "ethers.mjs";
    private const int Steps = 22;

    [Fact]
    public void Ethers_does_all_its_steps() => ContractFolder.Clients.RunSteps(Script, Steps);

    [Fact]
    public void Ethers_does_all_its_steps_on_the_official_actors()
    {
        Assert.SkipUnless(
            new BundleStore(UserCache.Bundles()).Has(18), SkipReason.NoBundle(18));
        ContractFolder.Clients.RunSteps(Script, Steps, "--exact-gas");
    }
}
