using Filecoin.ActorRuntime;

namespace Filecoin.Vm;

/// <summary>What is fixed for the messages of one epoch, and the state they change.</summary>
/// <remarks>
/// Spec: message-execution 2; ref-fvm fvm/src/machine/default.rs.
/// Not for several threads; machines beside each other may share one <see cref="ActorCode"/> and
/// a store that is only read.
/// </remarks>
public sealed class Machine
{
    private readonly BufferedBlockstore buffer;
    private readonly Func<StateTree, ChainEpoch, TokenAmount>? supplyRule;

    /// <summary>Opens the state of an epoch.</summary>
    /// <param name="config">The network version's rules.</param>
    /// <param name="context">The epoch.</param>
    /// <param name="store">
    /// Blocks of the state and of the actors' code; flushed blocks go here.
    /// </param>
    /// <param name="code">Compiled actors, shared between machines.</param>
    /// <param name="externs">What answers questions about the chain.</param>
    /// <param name="verifier">What checks signatures and proofs.</param>
    /// <param name="native">Actors that run in C#; null for none, all run as Wasm.</param>
    /// <exception cref="FatalException">
    /// The state or the manifest is missing, malformed or of another version.
    /// </exception>
    public Machine(
        NetworkConfig config,
        MachineContext context,
        IBlockstore store,
        ActorCode code,
        IExterns externs,
        IVerifier verifier,
        NativeActors? native = null)
    {
        (Config, Code, Externs, Verifier) = (config, code, externs, verifier);
        Native = native;
        if (config.Line != ProtocolLine.Shark)
        {
            store.Put(EmptyArray, EmptyArrayBlock);
        }

        buffer = new(store);
        State = StateTree.Load(buffer, context.StateRoot, config.Line);
        Manifest = Manifest.Load(buffer, Manifest.FindCid(State, buffer), config.Line);
        supplyRule = context.SupplyRule;
        Context = WithSupply(context);
    }

    /// <summary>The network version's rules.</summary>
    public NetworkConfig Config { get; }

    /// <summary>The epoch.</summary>
    public MachineContext Context { get; private set; }

    /// <summary>The built-in actors.</summary>
    public Manifest Manifest { get; }

    /// <summary>The state as the messages so far have left it.</summary>
    public StateTree State { get; }

    /// <summary>Blocks of the state, with those of it that are not flushed.</summary>
    public IBlockstore Store => buffer;

    /// <summary>Who looks on while actors in C# interpret code; null for nobody.</summary>
    public IInstructionObserver? Observer { get; set; }

    /// <summary>CID of an empty list: the state of an actor without state.</summary>
    internal static Cid EmptyArray { get; } = Cid.Of(Codec.DagCbor, EmptyArrayBlock);

    internal ActorCode Code { get; }

    internal NativeActors? Native { get; }

    internal IExterns Externs { get; }

    internal IVerifier Verifier { get; }

    private static byte[] EmptyArrayBlock => [0x80];

    /// <summary>Goes on at another epoch, with the state as it is, flushed or not.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="timestamp">Its time, in seconds since 1970.</param>
    public void MoveTo(ChainEpoch epoch, ulong timestamp) =>
        Context = WithSupply(Context with { Epoch = epoch, Timestamp = timestamp });

    /// <summary>Whether code runs in C#, and not as Wasm.</summary>
    public bool RunsNatively(Cid code) => Native?.Has(code) ?? false;

    /// <summary>Writes the state, and all blocks that it reaches, to the store.</summary>
    /// <returns>The state's new root.</returns>
    /// <exception cref="FatalException">A block is missing or malformed.</exception>
    public Cid Flush()
    {
        Cid root = State.Flush();
        try
        {
            buffer.Flush(
                root,
                Config.Line == ProtocolLine.Shark ? FlushRule.Nv17 : FlushRule.Current);
            return root;
        }
        catch (IpldException failure)
        {
            throw new FatalException($"flush: {failure.Message}", failure);
        }
    }

    private MachineContext WithSupply(MachineContext context) => supplyRule is null
        ? context
        : context with
        {
            CirculatingSupply = supplyRule(State, context.Epoch),
            SupplyRule = null,
        };
}
