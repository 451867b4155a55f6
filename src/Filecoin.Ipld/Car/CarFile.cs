using Microsoft.Win32.SafeHandles;

namespace Filecoin.Ipld;

/// <summary>The blocks of a CAR on disk: each is read, and checked, when it is asked for.</summary>
/// <remarks>
/// For any number of threads. Opening costs what finding the blocks costs. What has been read is
/// kept; the file is opened anew for every block, so that nothing is left to be closed.
/// </remarks>
public sealed class CarFile : IBlockstore
{
    /// <summary>Of a section: its length, and any CID that may follow.</summary>
    private const int SectionStartMax = Varint.LengthMax + Cid.EncodedLengthMax;

    private readonly string path;
    private readonly string damage;
    private readonly Dictionary<Cid, Entry> blocks = [];

    /// <summary>Finds the blocks.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="damage">What to say first where a block is not what its CID says.</param>
    /// <exception cref="CarException">The file is cut off or malformed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public CarFile(string path, string damage)
    {
        (this.path, this.damage) = (path, damage);
        using SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file);
        Span<byte> start = stackalloc byte[SectionStartMax];
        Section header = Find(file, length, 0, start);
        Roots = new CarReader(ReadRange(file, 0, header.End)).Roots;
        for (long at = header.End; at < length;)
        {
            Section section = Find(file, length, at, start);
            int known = (int)long.Min(section.End - section.Begin, start.Length);
            if (!Cid.TryRead(start[..known], out Cid cid, out int consumed))
            {
                throw new CarException("a block without a CID", at);
            }

            blocks[cid] = new(section.Begin + consumed, section.End);
            at = section.End;
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

        // Two threads that read the same block come to the same end.
        block = entry.Block ??= Read(cid, entry);
        return true;
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => blocks.ContainsKey(cid);

    /// <summary>Refused: a CAR is only read.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) =>
        throw new NotSupportedException("a CAR is only read");

    private byte[] Read(Cid cid, Entry entry)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] block = ReadRange(file, entry.Begin, entry.End);
        return CarReader.IsNamedBy(block, cid)
            ? block
            : throw new IOException($"{damage}: a block is not {cid}");
    }

    private static byte[] ReadRange(SafeFileHandle file, long begin, long end)
    {
        byte[] range = new byte[end - begin];
        return RandomAccess.Read(file, range, begin) == range.Length
            ? range
            : throw new CarException("cut off", begin);
    }

    /// <summary>Reads a section's length, and how its content begins.</summary>
    private static Section Find(SafeFileHandle file, long length, long at, Span<byte> start)
    {
        int read = RandomAccess.Read(file, start, at);
        if (!Varint.TryRead(start[..read], out ulong size, out int consumed))
        {
            throw new CarException("a section without a length", at);
        }

        long begin = at + consumed;
        if (size > (ulong)(length - begin) || size > (ulong)Array.MaxLength)
        {
            throw new CarException(
                $"a section of {size} bytes where {length - begin} are left", at);
        }

        start[consumed..].CopyTo(start);
        return new(begin, begin + (long)size);
    }

    private readonly record struct Section(long Begin, long End);

    private sealed class Entry(long begin, long end)
    {
        internal long Begin => begin;

        internal long End => end;

        internal byte[]? Block { get; set; }
    }
}
