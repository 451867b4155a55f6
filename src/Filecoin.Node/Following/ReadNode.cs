using Filecoin.Chain;
using Filecoin.Rpc;
using Npgsql;

namespace Filecoin.Node;

/// <summary>
/// A node that makes no blocks: it reads a chain that is there, or follows another node.
/// </summary>
internal sealed class ReadNode : IDisposable
{
    /// <summary>How long to wait where nothing is left to do.</summary>
    public static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly IOrderedStore store;
    private readonly LeaderNode? leader;
    private readonly ChainFollower? follower;
    private readonly Action<string> tell;
    private bool isAway;
    private bool isChecked;

    private ReadNode(
        IOrderedStore store,
        Blockchain chain,
        LeaderNode? leader,
        DevnetActors actors,
        Action<string> tell)
    {
        (this.store, this.leader, this.tell) = (store, leader, tell);
        follower = leader is null
            ? null
            : new(chain, leader, [.. actors.Builtins.Select(actor => actor.Code)], tell);
        Node = new(new()
        {
            Chain = chain,
            Producer = new(chain, Now),
            Clock = Now,
            Granted = Permission.Read,
        });
        Server = new(MethodTable.Devnet, Node.Limits);
    }

    /// <summary>What methods work on.</summary>
    public RpcNode Node { get; }

    /// <summary>What answers.</summary>
    public RpcServer Server { get; }

    /// <summary>Opens a node.</summary>
    /// <param name="options">What it is to be like.</param>
    /// <param name="tell">Is told in a line what a person should know.</param>
    /// <param name="end">Ends what it waits for.</param>
    /// <exception cref="LeaderException">The node that it follows does not answer.</exception>
    /// <exception cref="ChainStoreException">The chain cannot be opened.</exception>
    public static ReadNode Open(
        ReadNodeOptions options, Action<string> tell, CancellationToken end)
    {
        DevnetActors actors = DevnetActors.Choose(options.IsGasExact, options.Bundles);
        if (options.Leader is not string url)
        {
            IOrderedStore read = options.Place.OpenToRead();
            return Opened(read, null, actors, tell, () => Blockchain.Open(new()
            {
                Store = read,
                Machines = actors.Open,
                BuildGenesis = static _ => throw new InvalidOperationException("a reader"),
                Verifier = actors.Verifier,
                IsReader = true,
            }));
        }

        LeaderNode leader = new(url, end);
        IOrderedStore store = options.Place.Open();
        return Opened(store, leader, actors, tell, () =>
        {
            // A chain that has been begun is served also while the other node is away.
            Tipset? genesis = HasChain(store) ? null : leader.Genesis();
            return Blockchain.Open(new()
            {
                Store = store,
                Machines = actors.Open,
                BuildGenesis = blocks => FetchGenesis(leader, genesis!, actors, blocks),
                GenesisTimestamp = genesis?.Timestamp ?? 0,
                Network = genesis is null ? NetworkParameters.Devnet : leader.Network(genesis),
                Verifier = actors.Verifier,
            });
        });
    }

    private static bool HasChain(IOrderedStore store) =>
        new ChainStore(store, NetworkParameters.Devnet).Head is not null;

    /// <summary>Goes on; what it gives is how long to wait until the next time.</summary>
    /// <exception cref="BlockRefusedException">The nodes disagree.</exception>
    /// <exception cref="LeaderException">The node that it follows has another chain.</exception>
    public TimeSpan Step()
    {
        try
        {
            if (follower is null)
            {
                _ = Node.Chain.Refresh();
                isAway = false;
                return LookAgain;
            }

            if (isAway || !isChecked)
            {
                follower.CheckGenesis();
                isChecked = true;
            }

            if (isAway)
            {
                tell($"{leader!.Url} answers again");
                isAway = false;
            }

            return follower.Step() ? TimeSpan.Zero : LookAgain;
        }
        catch (Exception failure)
            when (failure is LeaderException { IsPassing: true } or NpgsqlException)
        {
            if (!isAway)
            {
                tell(failure.Message);
            }

            isAway = true;
            return TryAgain;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        leader?.Dispose();
        store.Dispose();
    }

    private static ReadNode Opened(
        IOrderedStore store,
        LeaderNode? leader,
        DevnetActors actors,
        Action<string> tell,
        Func<Blockchain> open)
    {
        try
        {
            return new(store, open(), leader, actors, tell);
        }
        catch
        {
            leader?.Dispose();
            store.Dispose();
            throw;
        }
    }

    private static Cid FetchGenesis(
        LeaderNode leader, Tipset genesis, DevnetActors actors, IBlockstore blocks)
    {
        BlockHeader made = GenesisBlock.Make(
            new MemoryBlockstore(), genesis.ParentStateRoot, genesis.Timestamp,
            genesis.ParentBaseFee);
        if (made.Cid != genesis.Cids[0])
        {
            throw new LeaderException(
                $"{leader.Url}: its first block {genesis.Cids[0]} is none of this kind of"
                    + " network",
                isPassing: false);
        }

        ChainFollower.FetchInto(
            blocks, leader, [.. actors.Builtins.Select(actor => actor.Code)],
            [genesis.ParentStateRoot]);
        return genesis.ParentStateRoot;
    }

    private static ulong Now() => (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
}
