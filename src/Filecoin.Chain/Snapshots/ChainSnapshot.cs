namespace Filecoin.Chain;

/// <summary>A chain as a CAR: written from a store, and taken up by an empty one.</summary>
/// <remarks>
/// Spec: lotus chain/store/snapshot.go. The roots are the blocks of the last tipset. All headers
/// are in it back to the first, and for the last epochs messages, receipts and states as well; of
/// the first tipset these are always. A header names what its parents led to: what the last
/// tipset leads to is not in it, and is found by executing it.
/// </remarks>
public static class ChainSnapshot
{
    /// <summary>Writes a chain that ends with a tipset.</summary>
    /// <param name="chain">The store.</param>
    /// <param name="last">The tipset.</param>
    /// <param name="depth">
    /// For how many epochs, the last one's included, messages, receipts and states are written.
    /// </param>
    /// <param name="target">Where to; what is there after a failure is no snapshot.</param>
    /// <exception cref="SnapshotException">The store lacks a part of it.</exception>
    public static void Export(ChainStore chain, Tipset last, long depth, Stream target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        CarWriter car = new(target, [.. last.Cids]);
        LinkWalk walk = new(chain.Blocks, long.MaxValue);
        Tipset? at = last;
        try
        {
            for (bool isFirst = false; !isFirst;)
            {
                isFirst = at.Epoch.Value == 0;
                WriteHeaders(car, at);
                if (isFirst || last.Epoch.Value - at.Epoch.Value < depth)
                {
                    Visit(
                        walk, chain.Blocks, at, chain.Line,
                        (cid, block) => car.Write(cid, block.Span));
                }

                if (!isFirst && !chain.TryGetTipset(at.Parents, out at))
                {
                    throw new SnapshotException($"the parents of {at} are not in the store");
                }
            }
        }
        catch (Exception failure) when (failure is IpldException or FatalException)
        {
            throw new SnapshotException(failure.Message, failure);
        }
    }

    /// <summary>Takes a snapshot up into an empty store, and executes its last tipset.</summary>
    /// <remarks>
    /// Each block is what its CID says; headers follow each other to the first one; every state
    /// that the snapshot has is there as a whole. Signatures are not looked at: a snapshot is
    /// taken from somebody who is trusted with the chain up to it. If this fails, the store is
    /// empty again; if the process ends before it is done, the store is not opened as a chain,
    /// and the next import empties it.
    /// </remarks>
    /// <param name="source">The CAR; it stays open.</param>
    /// <param name="options">
    /// The chain that is to be opened afterwards; its own first state is not asked for.
    /// </param>
    /// <param name="limits">Bounds; null for the usual ones.</param>
    /// <returns>The chain's head.</returns>
    /// <exception cref="SnapshotException">It is refused, or the store is not empty.</exception>
    public static Tipset Import(
        Stream source, BlockchainOptions options, SnapshotLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ExecutorThread.Run(
            () => new SnapshotImport(options, limits ?? SnapshotLimits.Usual).Run(source));
    }

    /// <summary>Visits what a tipset's headers name: messages, receipts, state.</summary>
    internal static void Visit(
        LinkWalk walk,
        IBlockstore blocks,
        Tipset tipset,
        ProtocolLine line,
        Action<Cid, ReadOnlyMemory<byte>>? visit)
    {
        SkipMissingCode(walk, blocks, tipset.ParentStateRoot, line);
        foreach (BlockHeader header in tipset.Blocks)
        {
            walk.Visit(header.Messages, visit);
        }

        walk.Visit(tipset.ParentReceipts, visit);
        walk.Visit(tipset.ParentStateRoot, visit);
    }

    /// <summary>Code that runs in C# has a name and need not be there.</summary>
    internal static void SkipMissingCode(
        LinkWalk walk, IBlockstore blocks, Cid stateRoot, ProtocolLine line)
    {
        StateTree state = StateTree.Load(blocks, stateRoot, line);
        Manifest manifest = Manifest.Load(blocks, Manifest.FindCid(state, blocks), line);
        foreach ((_, Cid code) in manifest.Entries)
        {
            if (!blocks.Has(code))
            {
                walk.Skip(code);
            }
        }
    }

    private static void WriteHeaders(CarWriter car, Tipset tipset)
    {
        for (int i = 0; i < tipset.Blocks.Count; i++)
        {
            car.Write(tipset.Cids[i], Cbor.Encode(tipset.Blocks[i]));
        }
    }
}

/// <summary>Bounds of a snapshot that is taken up.</summary>
public sealed record SnapshotLimits
{
    /// <summary>For a network of one machine.</summary>
    public static SnapshotLimits Usual { get; } = new();

    /// <summary>Bytes of one block and of the CAR's header.</summary>
    public int BlockBytesMax { get; init; } = 4 << 20;

    /// <summary>Bytes of all of it.</summary>
    public long BytesMax { get; init; } = 64L << 30;

    /// <summary>Blocks.</summary>
    public long BlocksMax { get; init; } = 50_000_000;

    /// <summary>Epochs without tipset before one that is executed.</summary>
    public long NullRoundsMax { get; init; } = 10_000;

    /// <summary>
    /// How many tipsets before the last one are executed again, where their states are there.
    /// </summary>
    public int ReplayMax { get; init; }

    /// <summary>The CID of the first block; null to take any.</summary>
    public Cid? Genesis { get; init; }
}

/// <summary>A snapshot cannot be written or taken up.</summary>
public sealed class SnapshotException : Exception
{
    /// <summary>A refusal in one line.</summary>
    public SnapshotException(string line, Exception? cause = null)
        : base($"snapshot: {line}", cause)
    {
    }
}
