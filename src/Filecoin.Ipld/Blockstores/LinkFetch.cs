namespace Filecoin.Ipld;

/// <summary>
/// Brings blocks from elsewhere: what roots reach and a store lacks, a level at a time.
/// </summary>
/// <remarks>
/// A block that the store has is taken to be there with all that it reaches. What comes is checked
/// against its CID. Visited are links with codecs CBOR, DAG-CBOR and raw.
/// </remarks>
/// <param name="store">Where blocks are looked for, and put.</param>
/// <param name="blocksMax">How many are fetched at most.</param>
/// <param name="bytesMax">How many bytes of them.</param>
public sealed class LinkFetch(IBlockstore store, long blocksMax, long bytesMax)
{
    private const int AtOnceMax = 500;

    private readonly HashSet<Cid> seen = [];
    private readonly Stack<Cid> found = new();
    private long bytes;

    /// <summary>Leaves a block out.</summary>
    public void Skip(Cid cid) => _ = seen.Add(cid);

    /// <summary>Fetches what roots reach.</summary>
    /// <param name="roots">The roots.</param>
    /// <param name="read">Gives the blocks of CIDs, in their order.</param>
    /// <exception cref="IpldException">
    /// A block is another, has links that cannot be read, or there are too many.
    /// </exception>
    public void Fetch(
        IEnumerable<Cid> roots,
        Func<IReadOnlyList<Cid>, IReadOnlyList<ReadOnlyMemory<byte>>> read)
    {
        foreach (Cid root in roots)
        {
            found.Push(root);
        }

        while (found.Count > 0)
        {
            List<Cid> wanted = Wanted();
            for (int start = 0; start < wanted.Count; start += AtOnceMax)
            {
                List<Cid> some =
                    wanted.GetRange(start, int.Min(AtOnceMax, wanted.Count - start));
                IReadOnlyList<ReadOnlyMemory<byte>> blocks = read(some);
                for (int i = 0; i < some.Count; i++)
                {
                    Take(some[i], blocks[i]);
                }
            }
        }
    }

    private List<Cid> Wanted()
    {
        List<Cid> wanted = [];
        while (found.TryPop(out Cid cid))
        {
            if (cid.Codec is not (Codec.DagCbor or Codec.Cbor or Codec.Raw))
            {
                continue;
            }

            if (cid.HashFunction == Multihash.Identity)
            {
                Scan(cid, cid.Digest);
            }
            else if (seen.Add(cid) && !store.Has(cid))
            {
                wanted.Add(cid);
            }
        }

        return seen.Count <= blocksMax
            ? wanted
            : throw IpldException.OutOfRange($"more than {blocksMax} blocks");
    }

    private void Take(Cid cid, ReadOnlyMemory<byte> block)
    {
        bytes += block.Length;
        if (bytes > bytesMax)
        {
            throw IpldException.OutOfRange($"blocks of more than {bytesMax} bytes");
        }

        if (!CarReader.IsNamedBy(block.Span, cid))
        {
            throw IpldException.Malformed(cid, "the block is another");
        }

        Scan(cid, block.Span);
        store.Put(cid, block);
    }

    private void Scan(Cid cid, ReadOnlySpan<byte> block)
    {
        if (cid.Codec == Codec.DagCbor && !LinkScan.TryCollect(block, found))
        {
            throw IpldException.Malformed(cid, "its links cannot be scanned");
        }
    }
}
