namespace Filecoin.Clients.Tests;

public sealed class OpenZeppelinTests
{
    [Fact]
    public void OpenZeppelin_s_contracts_do_what_they_say() =>
        ContractFolder.Clients.RunSteps("openzeppelin.mjs", steps: 8);
}
