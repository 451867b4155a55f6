namespace Filecoin.Ipld;

/// <summary>Collects the buffered blocks under a root.</summary>
internal sealed class ReachableBlocks(
    Dictionary<Cid, ReadOnlyMemory<byte>> buffer, FlushRule rule)
{
    private readonly List<(Cid Cid, ReadOnlyMemory<byte> Block)> found = [];
    private readonly HashSet<Cid> seen = [];
    private readonly Stack<(Cid Cid, ReadOnlyMemory<byte> Block)> pending = new();
    private readonly Dictionary<Cid, ReadOnlyMemory<byte>>.AlternateLookup<ReadOnlySpan<byte>>
        lookup = buffer.GetAlternateLookup<ReadOnlySpan<byte>>();

    internal void Visit(Cid root)
    {
        Follow(root.Bytes, root.Parts);
        while (pending.TryPop(out var next))
        {
            if (next.Cid.HashFunction == Multihash.Identity)
            {
                Scan(next.Cid, next.Cid.Digest);
            }
            else if (seen.Add(next.Cid))
            {
                Scan(next.Cid, next.Block.Span);
                found.Add(next);
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

    /// <summary>Puts in line what a link leads to, where that is in the buffer.</summary>
    /// <remarks>Most links lead below it: they are looked up as they lie in the block.</remarks>
    private void Follow(ReadOnlySpan<byte> link, in CidParts parts)
    {
        if (!Follows(link, parts))
        {
            return;
        }

        if (parts.HashFunction == Multihash.Identity)
        {
            pending.Push((Decode(link), default));
        }
        else if (lookup.TryGetValue(link, out Cid cid, out ReadOnlyMemory<byte> block))
        {
            pending.Push((cid, block));
        }
    }

    private bool Follows(ReadOnlySpan<byte> link, in CidParts parts)
    {
        var codec = parts.Codec;
        if (codec is Codec.FilCommitmentUnsealed or Codec.FilCommitmentSealed)
        {
            return false;
        }

        var identity = parts.HashFunction == Multihash.Identity;
        var known = identity
            || (parts.HashFunction == Multihash.Blake2b256
                && parts.Length - parts.DigestStart == 32);
        var allowed = codec is Codec.DagCbor or Codec.Raw
            || (codec == Codec.Cbor && rule == FlushRule.Current);
        return allowed && known
            ? true
            : throw IpldException.Malformed(
                Decode(link), "a link of this kind may not be in state");
    }

    private static Cid Decode(ReadOnlySpan<byte> link) =>
        Cid.TryDecode(link, out Cid cid) ? cid : default;

    private void Scan(Cid cid, ReadOnlySpan<byte> block)
    {
        if (cid.Codec != Codec.DagCbor)
        {
            return;
        }

        LinkScan scan = new(block, rule == FlushRule.Nv17);
        while (scan.TryNext(out ReadOnlySpan<byte> link, out CidParts parts))
        {
            Follow(link, parts);
        }

        if (scan.HasFailed)
        {
            throw IpldException.Malformed(cid, "its links cannot be scanned");
        }
    }
}
