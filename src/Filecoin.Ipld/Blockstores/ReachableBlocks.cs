namespace Filecoin.Ipld;

/// <summary>Collects the buffered blocks under a root.</summary>
internal sealed class ReachableBlocks(
    Dictionary<Cid, ReadOnlyMemory<byte>> buffer, FlushRule rule)
{
    private readonly List<(Cid Cid, ReadOnlyMemory<byte> Block)> _found = [];
    private readonly HashSet<Cid> _seen = [];
    private readonly Stack<Cid> _pending = new();

    internal void Visit(Cid root)
    {
        _pending.Push(root);
        while (_pending.TryPop(out var cid))
        {
            if (!Follows(cid))
            {
                continue;
            }

            if (cid.HashFunction == Multihash.Identity)
            {
                Scan(cid, cid.Digest);
            }
            else if (buffer.TryGetValue(cid, out var block) && _seen.Add(cid))
            {
                Scan(cid, block.Span);
                _found.Add((cid, block));
            }
        }
    }

    /// <summary>Blocks such that each comes after the blocks first reached through it.</summary>
    internal IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> InFlushOrder()
    {
        // A store cut off in the middle then holds no parent without its children.
        for (var i = _found.Count - 1; i >= 0; i--)
        {
            yield return _found[i];
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

        if (!LinkScan.TryCollect(block, rule == FlushRule.Nv17, _pending))
        {
            throw IpldException.Malformed(cid, "its links cannot be scanned");
        }
    }
}
