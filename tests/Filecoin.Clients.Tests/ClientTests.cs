using Filecoin.Node;
using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

/// <summary>Clients as they come from npm against a node as a user starts it.</summary>
public sealed class ClientTests
{
    [Theory]
    [InlineData("ethers.mjs", 19, false)]
    [InlineData("ethers.mjs", 19, true)]
    [InlineData("viem.mjs", 9, false)]
    public void A_client_does_all_its_steps(string script, int steps, bool isGasExact)
    {
        Assert.SkipUnless(
            !isGasExact || new BundleStore(UserCache.Bundles()).Has(18), SkipReason.NoBundle(18));
        using DevnetProcess devnet = DevnetProcess.Start(isGasExact ? ["--exact-gas"] : []);

        string[] lines = NodeScripts.Run(script, devnet.Url);

        Assert.All(lines, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.Equal(steps, lines.Length);
    }
}
