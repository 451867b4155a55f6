namespace Filecoin.Chain.Tests;

/// <summary>A network on actors in C#.</summary>
internal static class NativeNetwork
{
    public static Blockchain Start(params GenesisAccount[] accounts) =>
        Start(new GenesisState { Accounts = accounts });

    public static Blockchain Start(GenesisState genesis) => Blockchain.Open(new()
    {
        Store = new MemoryOrderedStore(),
        Machines = NativeMachines.Open,
        BuildGenesis = genesis.Build,
        GenesisTimestamp = 1_700_000_000,
    });
}
