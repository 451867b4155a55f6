using Filecoin.Chain;
using Filecoin.Rpc;

namespace Filecoin.Node;

/// <summary>A developer's network: its chain, who makes its blocks, and what answers.</summary>
/// <remarks>Disposing it keeps what there is, if it has a folder.</remarks>
public sealed class DevnetNetwork : IDisposable
{
    private readonly IOrderedStore store;

    private DevnetNetwork(IOrderedStore store, RpcNode node)
    {
        this.store = store;
        Node = node;
        Server = new(MethodTable.Devnet, node.Limits);
    }

    /// <summary>What methods work on.</summary>
    public RpcNode Node { get; }

    /// <summary>What answers.</summary>
    public RpcServer Server { get; }

    /// <summary>Opens a network; a folder that has one goes on with it.</summary>
    /// <exception cref="BundleMissingException">Its actors are not at hand.</exception>
    public static DevnetNetwork Open(DevnetOptions options)
    {
        DevnetActors actors = DevnetActors.Choose(options.IsGasExact, options.Bundles);
        DevnetGenesis genesis = new(options, actors);
        IOrderedStore store = options.Place.Open();
        Blockchain chain = Blockchain.Open(new()
        {
            Store = store,
            Machines = actors.Open,
            BuildGenesis = genesis.Build,
            MinerCount = options.Genesis.Miners.Count,
            GenesisTimestamp = options.Genesis.Timestamp ?? Now(),
            Network = genesis.Network,
            Verifier = actors.Verifier,
        });
        Wallet wallet = new(
            genesis.WalletKeys(chain.Store.LoadMiners().FirstCount),
            options.Place.Folder is string folder ? NodeKeys.Open(folder) : null);
        BlockProducer producer = new(chain, Now)
        {
            Mode = options.IsManual ? ProductionMode.Manual
                : options.BlockTime is null ? ProductionMode.Instant
                : ProductionMode.Interval,
            Interval = options.BlockTime
                ?? TimeSpan.FromSeconds((long)chain.Network.EpochSeconds),

            // A network that goes on pays whom it paid.
            Miner = chain.Head.Epoch.Value == 0
                ? genesis.BlockMiner
                : chain.Head.Blocks[0].Miner,
            Proving = new(
                chain,
                key => wallet.SignerOf(key, chain.Network.ChainId),
                Console.WriteLine),
        };
        RpcNode node = new(new()
        {
            Chain = chain,
            Producer = producer,
            Keys = new(genesis.Keys),
            Wallet = wallet,
            Clock = Now,
            ClientVersion =
                $"{RpcNodeOptions.Product}+{(options.IsGasExact ? "exact" : "estimated")}-gas",
            Tokens = options.HasTokens ? TokenFiles.Open(options.Place.Folder) : null,
            Log = Console.WriteLine,
        });
        if (producer.Mode == ProductionMode.Instant)
        {
            // What was taken before a kill, or without mining, waits for no other message.
            _ = producer.MineWaiting();
        }

        return new(store, node);
    }

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    private static ulong Now() => (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
}
