namespace Filecoin.Ipld;

/// <summary>Takes slot numbers from a path of bits, most significant bit first.</summary>
internal static class PathBits
{
    /// <summary>Bits that a node may use.</summary>
    internal const int WidthMax = 8;

    /// <summary>Reads the next bits of a key, fewer at its end.</summary>
    /// <exception cref="IpldException">
    /// There are none left, or a node does not use 1 to 8 of them.
    /// </exception>
    internal static int Next(ReadOnlySpan<byte> key, ref int consumed, int width)
    {
        if (width is < 1 or > WidthMax)
        {
            throw IpldException.OutOfRange($"a node cannot use {width} bits of a key");
        }

        int taken = Math.Min(width, (8 * key.Length) - consumed);
        return taken > 0
            ? Read(key, ref consumed, taken)
            : throw IpldException.OutOfRange("a key has no bits left for a deeper node");
    }

    /// <summary>Reads 1 to 8 bits; the caller keeps within the path.</summary>
    internal static int Read(ReadOnlySpan<byte> path, ref int consumed, int width)
    {
        int at = consumed >> 3;
        int window = path[at] << 8;
        if (at + 1 < path.Length)
        {
            window |= path[at + 1];
        }

        int shift = 16 - (consumed & 7) - width;
        consumed += width;
        return (window >> shift) & ((1 << width) - 1);
    }
}
