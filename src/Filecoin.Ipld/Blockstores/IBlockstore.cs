namespace Filecoin.Ipld;

/// <summary>
/// Blocks by CID. The CID is believed; whoever puts foreign bytes has checked them.
/// </summary>
public interface IBlockstore
{
    /// <summary>
    /// Decoded nodes of its blocks; null where each is to be read from its block, as where
    /// reading is paid for.
    /// </summary>
    DecodedNodes? Nodes => null;

    /// <summary>Gets a block; false when it is not there.</summary>
    bool TryGet(Cid cid, out ReadOnlyMemory<byte> block);

    /// <summary>Whether the block is there.</summary>
    bool Has(Cid cid);

    /// <summary>Keeps a block; the memory must not change afterwards.</summary>
    void Put(Cid cid, ReadOnlyMemory<byte> block);

    /// <summary>Keeps blocks, each before those that follow, or all at once.</summary>
    void PutAll(IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks)
    {
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks)
        {
            Put(cid, block);
        }
    }
}

/// <summary>What every blockstore can do.</summary>
public static class BlockstoreExtensions
{
    /// <summary>Names a block by BLAKE2b-256, keeps it and returns its CID.</summary>
    public static Cid Put(this IBlockstore store, ulong codec, ReadOnlyMemory<byte> block)
    {
        ArgumentNullException.ThrowIfNull(store);
        var cid = Cid.Of(codec, block.Span);
        store.Put(cid, block);
        return cid;
    }

    /// <summary>Encodes a value as DAG-CBOR, keeps the block and returns its CID.</summary>
    public static Cid PutCbor<T>(this IBlockstore store, T value)
        where T : ICbor<T> => store.Put(Codec.DagCbor, Cbor.Encode(value));

    /// <summary>Gets a block and decodes it whole.</summary>
    /// <remarks>Errors: <see cref="IpldException"/>, the block is missing or malformed, or the
    /// codec is neither CBOR nor DAG-CBOR.</remarks>
    public static T GetCbor<T>(this IBlockstore store, Cid cid, bool isLenient = false)
        where T : ICbor<T>
    {
        ArgumentNullException.ThrowIfNull(store);
        if (cid.Codec is not (Codec.DagCbor or Codec.Cbor))
        {
            throw IpldException.Malformed(cid, $"codec 0x{cid.Codec:x} is not CBOR");
        }

        if (!store.TryGet(cid, out var block))
        {
            throw IpldException.Missing(cid);
        }

        return Cbor.TryDecode<T>(block.Span, out var value, out var error, isLenient)
            ? value
            : throw IpldException.Malformed(cid, error.ToString());
    }
}
