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
        Manifest = code.LoadManifest(Manifest.FindCid(State, buffer), config.Line, buffer);
        Context = context.SupplyRule is Func<StateTree, ChainEpoch, TokenAmount> rule
            ? context with { CirculatingSupply = rule(State, context.Epoch), SupplyRule = null }
            : context;
    }

    /// <summary>The network version's rules.</summary>
    public NetworkConfig Config { get; }

    /// <summary>The epoch.</summary>
    public MachineContext Context { get; }

    /// <summary>The built-in actors.</summary>
    public Manifest Manifest { get; }

    /// <summary>The state as the messages so far have left it.</summary>
    public StateTree State { get; }

    /// <summary>CID of an empty list: the state of an actor without state.</summary>
    internal static Cid EmptyArray { get; } = Cid.Of(Codec.DagCbor, EmptyArrayBlock);

    internal IBlockstore Store => buffer;

    internal ActorCode Code { get; }

    internal NativeActors? Native { get; }

    internal IExterns Externs { get; }

    internal IVerifier Verifier { get; }

    private static byte[] EmptyArrayBlock => [0x80];

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
}
