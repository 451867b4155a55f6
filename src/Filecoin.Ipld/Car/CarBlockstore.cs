namespace Filecoin.Ipld;

/// <summary>The blocks of a CAR, of which each is checked when it is first read.</summary>
/// <remarks>For any number of threads. Opening costs what finding the blocks costs.</remarks>
public sealed class CarBlockstore : IBlockstore
{
    private readonly Dictionary<Cid, Entry> blocks = [];
    private readonly string damage;

    /// <summary>Finds the blocks.</summary>
    /// <param name="data">The file.</param>
    /// <param name="damage">What to say first where a block is not what its CID says.</param>
    /// <exception cref="CarException">The file is cut off or malformed.</exception>
    public CarBlockstore(ReadOnlyMemory<byte> data, string damage)
    {
        this.damage = damage;
        CarReader reader = new(data);
        Roots = reader.Roots;
        while (reader.TryReadUnchecked(out Cid cid, out ReadOnlyMemory<byte> block))
        {
            blocks[cid] = new() { Block = block };
        }
    }

    /// <summary>The CIDs that the header names.</summary>
    public IReadOnlyList<Cid> Roots { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The block is not what its CID says.</exception>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        block = default;
        if (!blocks.TryGetValue(cid, out Entry? entry))
        {
            return false;
        }

        if (!entry.IsChecked)
        {
            entry.IsChecked = CarReader.IsNamedBy(entry.Block.Span, cid)
                ? true
                : throw new IOException($"{damage}: a block is not {cid}");
        }

        block = entry.Block;
        return true;
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => blocks.ContainsKey(cid);

    /// <summary>Refused: a CAR is only read.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) =>
        throw new NotSupportedException("a CAR is only read");

    private sealed class Entry
    {
        internal ReadOnlyMemory<byte> Block { get; init; }

        /// <summary>Two threads that check the same block come to the same end.</summary>
        internal bool IsChecked { get; set; }
    }
}
