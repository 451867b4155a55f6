namespace Filecoin.Clients.Tests;

public sealed class FoundryTests
{
    [Fact]
    public void Forge_and_cast_do_all_their_steps() =>
        ContractFolder.Clients.RunSteps("foundry.mjs", steps: 11);
}
