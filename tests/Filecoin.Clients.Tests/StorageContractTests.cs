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
    private const string ExactGas = "--exact-gas";

    /// <summary>Scripts that try a library, with their steps, on both kinds of actors.</summary>
    public static TheoryData<string, int, string, string[]> LibraryScripts { get; } = Combine(
        [("library-miner.mjs", 11), ("library-market.mjs", 9), ("library-verified.mjs", 13)]);

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-storage").FullName;

    private string GenesisPath => Path.Combine(folder, "genesis.json");

    private string DataPath => Path.Combine(folder, "data");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_contract_sees_a_sector_from_its_order_to_its_end() =>
        RunSteps("sector-life.mjs", 17, sectors: 0, [], []);

    [Fact]
    public void A_contract_sees_the_same_on_the_official_actors() =>
        RunSteps("sector-life.mjs", 17, sectors: 0, [], [ExactGas]);

    [Theory]
    [MemberData(nameof(LibraryScripts))]
    public void A_library_for_contracts_reads_and_does_what_the_chain_says(
        string script, int steps, string library, string[] options) =>
        RunSteps(script, steps, sectors: 3, [library], options);

    [Fact]
    public void A_package_s_own_test_contracts_pass() =>
        ContractFolder.Storage.RunSteps("library-pure.mjs", steps: 19);

    private static TheoryData<string, int, string, string[]> Combine(
        (string Script, int Steps)[] scripts)
    {
        TheoryData<string, int, string, string[]> rows = [];
        foreach ((string script, int steps) in scripts)
        {
            rows.Add(script, steps, "Zondax", []);
            rows.Add(script, steps, "Api", []);
            rows.Add(script, steps, "Api", [ExactGas]);
        }

        return rows;
    }

    /// <summary>
    /// Runs a script on a network with a miner of some sectors, and looks at the state that it
    /// leaves.
    /// </summary>
    private void RunSteps(
        string script, int steps, int sectors, string[] arguments, string[] options)
    {
        Assert.SkipWhen(
            options.Contains(ExactGas) && !new BundleStore(UserCache.Bundles()).Has(18),
            SkipReason.NoBundle(18));
        File.WriteAllText(
            GenesisPath,
            $$"""{ "timestamp": 1700000000, "miners": [ { "sectors": {{sectors}} } ] }""");
        using (DevnetProcess devnet = DevnetProcess.Start(
            ["--genesis", GenesisPath, "--data-dir", DataPath, .. options]))
        {
            ContractFolder.Storage.RunSteps(devnet, script, steps, arguments);
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
