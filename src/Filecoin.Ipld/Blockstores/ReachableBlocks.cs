namespace Filecoin.Ipld;

/// <summary>Collects the buffered blocks under a root.</summary>
internal sealed class ReachableBlocks(
    Dictionary<Cid, ReadOnlyMemory<byte>> buffer, FlushRule rule)
{
    private readonly List<(Cid Cid, ReadOnlyMemory<byte> Block)> found = [];
    private readonly HashSet<Cid> seen = [];
    private readonly Stack<Cid> pending = new();

    internal void Visit(Cid root)
    {
        pending.Push(root);
        while (pending.TryPop(out var cid))
        {
            if (!Follows(cid))
            {
                continue;
            }

            if (cid.HashFunction == Multihash.Identity)
            {
                Scan(cid, cid.Digest);
            }
            else if (buffer.TryGetValue(cid, out var block) && seen.Add(cid))
            {
                Scan(cid, block.Span);
                found.Add((cid, block));
            }
        }
    }

    /// <summary>Blocks such that each comes after the blocks first reached through it.</summary>
    internal IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> InFlushOrder()
    {
        // A store cut off in the middle then holds no parent without its children.
        for (var i = found.Count - 1; i >= 0; i--)
        {
            yield return found[i];
        }
    }

    private bool Follows(Cid cid)
    {
        var codec = cid.Codec;
        if (codec is Codec.FilCommitmentUnsealed or Codec.FilCommitmentSealed)
        {
            return false;
        }

        var identity = cid.HashFunction == Multihash.Identity;
        var known = identity
            || (cid.HashFunction == Multihash.Blake2b256 && cid.Digest.Length == 32);
        var allowed = codec is Codec.DagCbor or Codec.Raw
            || (codec == Codec.Cbor && rule == FlushRule.Current);
        return allowed && known
            ? true
            : throw IpldException.Malformed(cid, "a link of this kind may not be in state");
    }

    private void Scan(Cid cid, ReadOnlySpan<byte> block)
    {
        if (cid.Codec != Codec.DagCbor)
        {
            return;
        }

        if (!LinkScan.TryCollect(block, rule == FlushRule.Nv17, pending))
        {
            throw IpldException.Malformed(cid, "its links cannot be scanned");
        }
    }
}
