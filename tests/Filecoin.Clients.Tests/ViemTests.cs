namespace Filecoin.Clients.Tests;

public sealed class ViemTests
{
    [Fact]
    public void Viem_does_all_its_steps() => ClientFolder.RunSteps("viem.mjs", steps: 13);
}
