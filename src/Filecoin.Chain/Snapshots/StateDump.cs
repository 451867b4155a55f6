namespace Filecoin.Chain;

/// <summary>The state that a head led to as a CAR, to be put in another chain's place.</summary>
/// <remarks>
/// The CAR's root says which epoch and time the state is of; all that the state reaches follows,
/// but the code of built-in actors, which the other chain has as well.
/// </remarks>
public static class StateDump
{
    /// <summary>Blocks that a dump has at most.</summary>
    public const int BlocksMax = 1_000_000;

    private const long Form = 1;
    private const long EpochsAheadMax = 100_000;

    /// <summary>Writes the state that the head led to.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="target">Where to; what is there after a failure is no dump.</param>
    /// <param name="bytesMax">Bytes of blocks that are written at most.</param>
    /// <exception cref="SnapshotException">It is larger.</exception>
    public static void Write(Blockchain chain, Stream target, long bytesMax)
    {
        ArgumentNullException.ThrowIfNull(chain);
        Tipset head = chain.Head;
        Cid stateRoot = chain.ContextAfter(head).StateRoot;
        byte[] root = Cbor.Encode(new DumpedState(
            Form, chain.Network.ChainId, head.Epoch, head.Timestamp, stateRoot));
        Cid rootCid = Cid.Of(Codec.DagCbor, root);
        CarWriter car = new(target, rootCid);
        car.Write(rootCid, root);
        long bytes = 0;
        WalkOf(chain.Store.Blocks, stateRoot, chain).Visit(stateRoot, (cid, block) =>
        {
            bytes += block.Length;
            if (bytes > bytesMax)
            {
                throw new SnapshotException($"a dump of more than {bytesMax} bytes");
            }

            car.Write(cid, block.Span);
        });
    }

    /// <summary>Puts a dumped state in the place of the head's.</summary>
    /// <remarks>
    /// A chain that has not reached the dump's epoch gets a block there. Nothing changes before
    /// an empty block was tried on the state.
    /// </remarks>
    /// <exception cref="SnapshotException">It is refused; nothing changed.</exception>
    internal static void Load(Blockchain chain, ReadOnlyMemory<byte> dump)
    {
        if (dump.Span is [0x1f, 0x8b, ..] or [(byte)'{', ..])
        {
            throw new SnapshotException(
                "JSON or gzip, as the dumps of anvil itself are: this node loads only its own,"
                    + " which have actors and not accounts");
        }

        try
        {
            CarReader car = new(dump);
            MemoryBlockstore dumped = new();
            car.CopyTo(dumped);
            DumpedState root = ReadRoot(car, dumped);
            Check(chain, root);
            chain.Replace(root, Reached(chain, dumped, root.StateRoot));
        }
        catch (Exception failure) when (failure is CarException or IpldException
            or FatalException or TipsetRefusedException or OverflowException)
        {
            throw new SnapshotException(failure.Message, failure);
        }
    }

    private static DumpedState ReadRoot(CarReader car, MemoryBlockstore dumped) =>
        car.Roots.Count == 1
        && dumped.TryGet(car.Roots[0], out ReadOnlyMemory<byte> block)
        && Cbor.TryDecode<DumpedState>(block.Span, out DumpedState? root, out _)
        && root.Form == Form
            ? root
            : throw new SnapshotException("no dump of a state");

    private static void Check(Blockchain chain, DumpedState root)
    {
        if (root.ChainId != chain.Network.ChainId)
        {
            throw new SnapshotException(
                $"a state of chain {root.ChainId}, not {chain.Network.ChainId}");
        }

        if (root.Epoch.Value < 0
            || root.Epoch.Value > chain.Head.Epoch.Value + EpochsAheadMax
            || root.Timestamp > BlockProducer.TimeMax)
        {
            throw new SnapshotException(
                $"a state of epoch {root.Epoch} at {root.Timestamp}: too far ahead");
        }
    }

    /// <summary>What a state reaches, all of it from the dump.</summary>
    private static List<(Cid Cid, ReadOnlyMemory<byte> Block)> Reached(
        Blockchain chain, MemoryBlockstore dumped, Cid stateRoot)
    {
        StateTree state = StateTree.Load(dumped, stateRoot, chain.Store.Line);
        StateTree own = StateTree.Load(
            chain.Store.Blocks, chain.ContextAfter(chain.Head).StateRoot, chain.Store.Line);
        foreach (ActorId id in (ActorId[])[WellKnownActors.System, WellKnownActors.Cron])
        {
            // Other actors, or others that run with each epoch: a state of another network.
            if (!state.TryGetActor(id, out ActorState there)
                || !own.TryGetActor(id, out ActorState here)
                || there.Code != here.Code
                || there.State != here.State)
            {
                throw new SnapshotException($"t0{id} is not that of this network");
            }
        }

        List<(Cid, ReadOnlyMemory<byte>)> blocks = [];
        WalkOf(dumped, stateRoot, chain).Visit(
            stateRoot, (cid, block) => blocks.Add((cid, block)));
        return blocks;
    }

    private static LinkWalk WalkOf(IBlockstore blocks, Cid stateRoot, Blockchain chain)
    {
        LinkWalk walk = new(blocks, BlocksMax);
        ChainSnapshot.SkipMissingCode(walk, blocks, stateRoot, chain.Store.Line);
        return walk;
    }
}

/// <summary>Root of a dump.</summary>
/// <param name="Form">Of the dump.</param>
/// <param name="ChainId">Of the network.</param>
/// <param name="Epoch">The head's epoch.</param>
/// <param name="Timestamp">The head's time, in seconds since 1970.</param>
/// <param name="StateRoot">What it led to.</param>
[CborTuple]
internal sealed partial record DumpedState(
    long Form, ulong ChainId, ChainEpoch Epoch, ulong Timestamp, Cid StateRoot);
