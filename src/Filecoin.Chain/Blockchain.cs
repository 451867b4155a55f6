using System.Diagnostics.CodeAnalysis;
using Filecoin.ActorRuntime;

namespace Filecoin.Chain;

/// <summary>What a chain is made of.</summary>
public sealed record BlockchainOptions
{
    /// <summary>Where it is kept; whoever made it closes it.</summary>
    public required IOrderedStore Store { get; init; }

    /// <summary>What opens machines.</summary>
    public required MachineFactory Machines { get; init; }

    /// <summary>Builds the first state and gives its root; called for an empty store.</summary>
    public required Func<IBlockstore, Cid> BuildGenesis { get; init; }

    /// <summary>
    /// How many storage miners the first state has, from f01000 on: they are proven, until
    /// <see cref="ProvingMiners.Set"/> says otherwise. Of a chain that is there, what the store
    /// says of them holds; one that was imported does not say.
    /// </summary>
    public int MinerCount { get; init; }

    /// <summary>The time of the first block, in seconds since 1970.</summary>
    public ulong GenesisTimestamp { get; init; }

    /// <summary>
    /// The network's parameters; of a chain that is there, what the store says of them holds.
    /// </summary>
    public NetworkParameters Network { get; init; } = NetworkParameters.Devnet;

    /// <summary>What the pool takes.</summary>
    public PoolPolicy Pool { get; init; } = PoolPolicy.Devnet;

    /// <summary>
    /// Whether another node writes the store: this one looks at its head when it is told to.
    /// </summary>
    public bool IsReader { get; init; }

    /// <summary>What checks signatures.</summary>
    public IVerifier Verifier { get; init; } = new SignatureVerifier();
}

/// <summary>What an epoch without tipset is taken for.</summary>
public enum NullRound
{
    /// <summary>Nothing.</summary>
    Refused,

    /// <summary>The tipset before it.</summary>
    Before,

    /// <summary>The tipset after it.</summary>
    After,
}

/// <summary>A chain with its head, its state and its pool.</summary>
/// <remarks>
/// Any number of threads may read. What changes the head runs one after the other, and returns
/// when the store has it.
/// </remarks>
public sealed partial class Blockchain
{
    private readonly ExecutorGate gate = new();
    private readonly StateManager states;
    private readonly IVerifier verifier;
    private HeadState head;

    private Blockchain(BlockchainOptions options)
    {
        Store = new(options.Store, options.Network);
        Network = Store.Network;
        verifier = options.Verifier;
        states = new(Network, options.Machines);
        Pool = new(Network, options.Pool, options.Verifier, options.Store);
        if (options.IsReader)
        {
            head = Store.Head is null
                ? throw new ChainStoreException("", "no chain has been begun in it")
                : LoadHead();
            Pool.Move(head, []);
            return;
        }

        if (Store.Head is null)
        {
            AcceptGenesis(options);
        }
        else
        {
            Store.KeepFirstMiners(options.MinerCount);
        }

        head = LoadHead();
        Pool.Start(head);
    }

    /// <summary>
    /// The head went elsewhere. Called one after the other, before whoever moved it gets an
    /// answer; what it does must not take long.
    /// </summary>
    public event Action<HeadChange>? HeadChanged;

    /// <summary>The network's parameters.</summary>
    public NetworkParameters Network { get; }

    /// <summary>Tipsets, receipts, places of messages.</summary>
    public ChainStore Store { get; }

    /// <summary>Messages that wait.</summary>
    public MessagePool Pool { get; }

    /// <summary>The last tipset.</summary>
    public Tipset Head => Volatile.Read(ref head).Tipset;

    /// <summary>What messages on the head burn for a unit of gas, in attoFIL.</summary>
    public TokenAmount NextBaseFee => Volatile.Read(ref head).BaseFee;

    /// <summary>Root of the state that the head led to.</summary>
    public Cid StateRoot => Volatile.Read(ref head).StateRoot;

    internal HeadState Current => Volatile.Read(ref head);

    /// <summary>Opens the chain in a store; an empty one gets a first block.</summary>
    /// <exception cref="ChainStoreException">It is not readable.</exception>
    public static Blockchain Open(BlockchainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options);
    }

    /// <summary>The chain's tipset of an epoch.</summary>
    /// <param name="epoch">The epoch; none after the head has one.</param>
    /// <param name="rule">What an epoch without tipset is taken for.</param>
    /// <param name="tipset">The tipset.</param>
    public bool TryGetTipset(
        ChainEpoch epoch, NullRound rule, [NotNullWhen(true)] out Tipset? tipset)
    {
        Tipset last = Head;
        tipset = null;
        return epoch.Value >= 0
            && epoch.Value <= last.Epoch.Value
            && rule switch
            {
                NullRound.Refused => Store.TryGetTipset(epoch, out tipset),
                NullRound.Before => Store.TryGetAtOrBefore(last, epoch, out tipset),
                NullRound.After => Store.TryGetAtOrAfter(last, epoch, out tipset),
            };
    }

    /// <summary>The epoch that a machine sees on the state that a tipset led to.</summary>
    /// <exception cref="ArgumentException">The tipset was not executed.</exception>
    /// <exception cref="StateMissingException">Its state is not kept.</exception>
    public MachineContext ContextAfter(Tipset tipset) => new()
    {
        Epoch = tipset.Epoch,
        StateRoot = KeptStateOf(tipset),
        BaseFee = tipset.ParentBaseFee,
        CirculatingSupply = TokenAmount.Zero,
        Timestamp = tipset.Timestamp,
    };

    /// <summary>How heavy the chain is that ends with a tipset.</summary>
    public ChainWeight WeightOf(Tipset tipset) => Weights.Of(Network, tipset);

    /// <summary>Opens a machine for calls; whatever they change is forgotten with it.</summary>
    /// <param name="context">What it sees; the supply is reckoned.</param>
    /// <param name="seenFrom">The tipset whose chain it sees.</param>
    /// <param name="blocks">
    /// Blocks of the state, where new ones go as well; null for those of the store, and new ones
    /// are forgotten.
    /// </param>
    public Machine OpenMachine(
        MachineContext context, Tipset seenFrom, IBlockstore? blocks = null) => states.Open(
            context,
            blocks ?? new BatchBlockstore(Store.Blocks),
            new ChainExterns(Store, seenFrom, isAhead: true));

    /// <summary>What actors are told of the chain that ends with a tipset.</summary>
    public IExterns ExternsOf(Tipset tipset) => new ChainExterns(Store, tipset);

    /// <summary>What actors are told of the chain that will end with a block.</summary>
    internal IExterns ExternsOf(BlockDraft draft)
    {
        // Its tickets and beacon do not depend on its messages.
        FullBlock block = (draft with { Messages = [] }).Build(
            Network, head, new(Store.Blocks), RecordOf(head.Tipset));
        return ExternsOf(Tipset.Of(block.Header));
    }

    /// <summary>The head's state, to be read by one thread.</summary>
    internal HeadState ReadHead() =>
        new(Network, Store.Blocks, head.Tipset, head.StateRoot, head.BaseFee);

    /// <summary>Executes a tipset of the store again; nothing is kept.</summary>
    /// <param name="tipset">The tipset.</param>
    /// <param name="isTracing">Whether results carry traces.</param>
    /// <param name="observers">Who looks on at each message; null for nobody.</param>
    /// <param name="states">
    /// Where the states around messages that somebody looks on at are kept; null for nowhere.
    /// </param>
    /// <exception cref="ArgumentException">The tipset's parents are not in the store.</exception>
    public TipsetOutcome Replay(
        Tipset tipset,
        bool isTracing = false,
        Func<int, IInstructionObserver?>? observers = null,
        BatchBlockstore? states = null)
    {
        Tipset parent = Store.TryGetTipset(tipset.Parents, out Tipset? found)
            ? found
            : throw new ArgumentException("no parents", nameof(tipset));
        _ = KeptStateOf(parent);
        return Execute(
            TipsetExecution.Of(parent, tipset, Store.LoadBlocks(tipset)) with
            {
                IsTracing = isTracing,
                Observers = observers,
                KeepsStates = states is not null,
            },
            tipset,
            states ?? new(Store.Blocks));
    }

    private TipsetRecord RecordOf(Tipset tipset) =>
        Store.TryGetRecord(tipset, out TipsetRecord? record)
            ? record
            : throw new ArgumentException($"not executed: {tipset}", nameof(tipset));

    private TipsetOutcome Execute(
        TipsetExecution execution, Tipset tipset, BatchBlockstore store) =>
        states.Execute(execution, store, ExternsOf(tipset));

    private void AcceptGenesis(BlockchainOptions options)
    {
        BatchBlockstore blocks = new(Store.Blocks);
        Cid stateRoot = options.BuildGenesis(blocks);
        BlockHeader header = GenesisBlock.Make(
            blocks, stateRoot, options.GenesisTimestamp, Network.BaseFeeAtGenesis);
        StoreBatch batch = new();
        StoredMiners.Begin(options.MinerCount).Put(batch);
        Store.Accept(
            Tipset.Of(header),
            blocks,
            new()
            {
                StateRoot = stateRoot,
                ReceiptsRoot = header.ParentReceipts,
                Messages = [],
                Implicit = [],
            },
            batch);
    }

    private HeadState LoadHead()
    {
        Tipset last = Store.Head!;
        return HeadOf(last, RecordOf(last), Store.LoadBlocks(last));
    }

    private HeadState HeadOf(
        Tipset tipset, TipsetRecord record, IReadOnlyList<FullBlock> blocks) => new(
            Network, Store.Blocks, tipset, record.StateRoot,
            BlockFees.NextBaseFee(Network, tipset.ParentBaseFee, blocks));
}
