namespace Filecoin.Clients.Tests;

public sealed class Web3JsTests
{
    [Fact]
    public void Web3_js_does_all_its_steps() =>
        ContractFolder.Clients.RunSteps("web3.mjs", steps: 15);
}
