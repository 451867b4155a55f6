namespace Filecoin.Ipld;

/// <summary>Takes slot numbers from a path of bits, most significant bit first.</summary>
internal static class PathBits
{
    /// <summary>Reads 1 to 8 bits; the caller keeps within the path.</summary>
    internal static int Read(ReadOnlySpan<byte> path, ref int consumed, int width)
    {
        var at = consumed >> 3;
        var window = path[at] << 8;
        if (at + 1 < path.Length)
        {
            window |= path[at + 1];
        }

        var shift = 16 - (consumed & 7) - width;
        consumed += width;
        return (window >> shift) & ((1 << width) - 1);
    }
}
