namespace Filecoin.Ipld;

/// <summary>The blocks that hold the nodes of a HAMT or KAMT.</summary>
internal static class TreeBlock
{
    private const int KeyBits = 256;

    /// <summary>Refuses a node that cannot be where a link to it is.</summary>
    /// <param name="cid">Its name; only the root may have the codec CBOR.</param>
    /// <param name="depth">Nodes above it.</param>
    /// <param name="bitWidth">Bits of a key that each of them has used.</param>
    /// <exception cref="IpldException">It is too deep, or of another codec.</exception>
    internal static void Require(Cid cid, int depth, int bitWidth)
    {
        // A walk through all entries goes as deep as blocks lead it, and is recursive.
        if (depth * Math.Clamp(bitWidth, 1, PathBits.WidthMax) >= KeyBits)
        {
            throw IpldException.OutOfRange("a tree is deeper than its keys are long");
        }

        if (cid.Codec is not Codec.DagCbor && !(depth == 0 && cid.Codec == Codec.Cbor))
        {
            throw IpldException.Malformed(cid, $"a node of a tree has codec 0x{cid.Codec:x}");
        }
    }

    /// <summary>Gets the block of a node.</summary>
    /// <exception cref="IpldException">It is missing.</exception>
    internal static ReadOnlyMemory<byte> Get(IBlockstore store, Cid cid) =>
        store.TryGet(cid, out ReadOnlyMemory<byte> block)
            ? block
            : throw IpldException.Missing(cid);
}
