namespace Filecoin.Ipld;

/// <summary>
/// A store above others that are only read: what it lacks is looked for in these.
/// </summary>
/// <param name="top">Where blocks are put, and looked for first.</param>
/// <param name="below">Where they are looked for next, in order.</param>
public sealed class LayeredBlockstore(IBlockstore top, params IReadOnlyList<IBlockstore> below)
    : IBlockstore
{
    /// <inheritdoc/>
    public DecodedNodes? Nodes => top.Nodes;

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        if (top.TryGet(cid, out block))
        {
            return true;
        }

        foreach (IBlockstore store in below)
        {
            if (store.TryGet(cid, out block))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => TryGet(cid, out _);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => top.Put(cid, block);

    /// <inheritdoc/>
    public void PutAll(IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks) =>
        top.PutAll(blocks);
}
