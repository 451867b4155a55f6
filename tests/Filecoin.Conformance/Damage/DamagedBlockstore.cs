using Filecoin.Ipld;

namespace Filecoin.Conformance.Damage;

/// <summary>A store in which one block is other bytes than its name says, or is missing.</summary>
/// <param name="below">The store, which is only read.</param>
/// <param name="damaged">The block.</param>
/// <param name="bytes">What it is instead; null if it is missing.</param>
internal sealed class DamagedBlockstore(IBlockstore below, Cid damaged, byte[]? bytes)
    : IBlockstore
{
    private readonly MemoryBlockstore written = new();

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        if (cid == damaged)
        {
            block = bytes;
            return bytes is not null;
        }

        return written.TryGet(cid, out block) || below.TryGet(cid, out block);
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => TryGet(cid, out _);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => written.Put(cid, block);
}

/// <summary>Remembers which blocks are read.</summary>
internal sealed class RecordingBlockstore(IBlockstore below) : IBlockstore
{
    /// <summary>Blocks that were read since it was cleared.</summary>
    internal HashSet<Cid> Read { get; } = [];

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        _ = Read.Add(cid);
        return below.TryGet(cid, out block);
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => below.Has(cid);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => below.Put(cid, block);
}
