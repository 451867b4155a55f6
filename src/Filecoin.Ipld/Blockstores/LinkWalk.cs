namespace Filecoin.Ipld;

/// <summary>Visits all blocks under roots, each once however many roots reach it.</summary>
/// <remarks>
/// Spec: lotus chain/store/snapshot.go, recurseLinks. Blocks of CBOR, DAG-CBOR and bytes are
/// visited, and the links of DAG-CBOR followed. Identity CIDs are their own blocks; commitments
/// to sectors have none here.
/// </remarks>
/// <param name="store">Where the blocks are.</param>
/// <param name="blocksMax">How many may be visited.</param>
public sealed class LinkWalk(IBlockstore store, long blocksMax)
{
    private readonly HashSet<Cid> seen = [];
    private readonly Stack<Cid> pending = new();

    /// <summary>How many links the blocks have that were visited so far.</summary>
    public long LinkCount { get; private set; }

    /// <summary>Leaves a block out, and what only it reaches.</summary>
    public void Skip(Cid cid) => _ = seen.Add(cid);

    /// <summary>Visits what a root reaches and has not been visited before.</summary>
    /// <exception cref="IpldException">
    /// A block is missing or malformed, or there are too many.
    /// </exception>
    public void Visit(Cid root, Action<Cid, ReadOnlyMemory<byte>>? visit = null)
    {
        pending.Clear();
        pending.Push(root);
        while (pending.TryPop(out Cid cid))
        {
            if (cid.Codec is not (Codec.DagCbor or Codec.Cbor or Codec.Raw))
            {
                continue;
            }

            if (cid.HashFunction == Multihash.Identity)
            {
                Follow(cid, cid.Digest);
                continue;
            }

            if (!seen.Add(cid))
            {
                continue;
            }

            if (seen.Count > blocksMax)
            {
                throw IpldException.OutOfRange($"more than {blocksMax} blocks");
            }

            if (!store.TryGet(cid, out ReadOnlyMemory<byte> block))
            {
                throw IpldException.Missing(cid);
            }

            visit?.Invoke(cid, block);
            Follow(cid, block.Span);
        }
    }

    private void Follow(Cid cid, ReadOnlySpan<byte> block)
    {
        int before = pending.Count;
        if (cid.Codec == Codec.DagCbor && !LinkScan.TryCollect(block, pending))
        {
            throw IpldException.Malformed(cid, "its links cannot be scanned");
        }

        LinkCount += pending.Count - before;
    }
}
