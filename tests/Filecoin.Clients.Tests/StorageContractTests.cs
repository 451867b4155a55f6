using Filecoin.Chain;
using Filecoin.Chain.Tests;
using Filecoin.Node;
using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

/// <summary>Contracts that have to do with storage, on a node with a storage miner.</summary>
public sealed class StorageContractTests : IDisposable
{
    private const int AccountsFil = 20 * 10_000;
    private const int MinerFil = 20_000 + 10_000;
    private const int MineableFil = 1_100_000_000;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-storage").FullName;

    private string GenesisPath => Path.Combine(folder, "genesis.json");

    private string DataPath => Path.Combine(folder, "data");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_contract_sees_a_sector_from_its_order_to_its_end() =>
        RunSteps("sector-life.mjs", steps: 14, sectors: 0);

    [Fact]
    public void A_contract_sees_the_same_on_the_official_actors()
    {
        Assert.SkipUnless(new BundleStore(UserCache.Bundles()).Has(18), SkipReason.NoBundle(18));
        RunSteps("sector-life.mjs", steps: 14, sectors: 0, "--exact-gas");
    }

    /// <summary>
    /// Runs a script on a network with a miner of some sectors, and looks at the state that it
    /// leaves.
    /// </summary>
    private void RunSteps(string script, int steps, int sectors, params string[] options)
    {
        File.WriteAllText(
            GenesisPath,
            $$"""{ "timestamp": 1700000000, "miners": [ { "sectors": {{sectors}} } ] }""");
        using (DevnetProcess devnet = DevnetProcess.Start(
            ["--genesis", GenesisPath, "--data-dir", DataPath, .. options]))
        {
            ContractFolder.Storage.RunSteps(devnet, script, steps);
            devnet.Interrupt();
            Assert.Equal(0, devnet.WaitForExit());
        }

        using RocksOrderedStore store = RocksOrderedStore.Open(DataPath);
        Blockchain chain = Blockchain.Open(new()
        {
            Store = store,
            Machines = NativeMachines.Open,
            BuildGenesis = _ => throw new InvalidOperationException("nothing was kept"),
        });
        Assert.Empty(new StateOf(chain).Complaints(
            TokenAmount.FromFil(AccountsFil + MinerFil + MineableFil)));
    }
}
