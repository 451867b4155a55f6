namespace Filecoin.Clients.Tests;

public sealed class ViemTests
{
    [Fact]
    public void Viem_does_all_its_steps() => ContractFolder.Clients.RunSteps("viem.mjs", steps: 13);
}
