namespace Filecoin.Ipld;

/// <summary>Reads a CAR, version 1, from a stream: one block at a time is in memory.</summary>
/// <remarks>
/// Spec: ipld-encoding, CAR. Every block is checked against its CID, as <see cref="CarReader"/>
/// does for a CAR in memory.
/// </remarks>
public sealed class CarStreamReader
{
    private const int BufferBytes = 64 << 10;

    private readonly Stream source;
    private readonly int sectionBytesMax;
    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly byte[] varint = new byte[Varint.LengthMax];
    private int begin;
    private int end;

    /// <summary>Reads the header.</summary>
    /// <param name="source">The CAR; it stays open, and may be read ahead.</param>
    /// <param name="sectionBytesMax">Of a block with its CID, and of the header.</param>
    /// <exception cref="CarException">The header is malformed or too long.</exception>
    public CarStreamReader(Stream source, int sectionBytesMax)
    {
        (this.source, this.sectionBytesMax) = (source, sectionBytesMax);
        if (!TryReadSection(out byte[] header))
        {
            throw new CarException("a header without a length", 0);
        }

        byte[] section = new byte[Varint.LengthMax + header.Length];
        int length = Varint.Write(section, (ulong)header.Length);
        header.CopyTo(section, length);
        Roots = new CarReader(section.AsMemory(0, length + header.Length)).Roots;
    }

    /// <summary>The CIDs that the header names.</summary>
    public IReadOnlyList<Cid> Roots { get; }

    /// <summary>How many bytes have been read.</summary>
    public long Position { get; private set; }

    /// <summary>Reads the next block; false at the end.</summary>
    /// <exception cref="CarException">
    /// It is cut off, too long, malformed or not what its CID says.
    /// </exception>
    public bool TryRead(out Cid cid, out ReadOnlyMemory<byte> block)
    {
        (cid, block) = (default, default);
        long start = Position;
        if (!TryReadSection(out byte[] section))
        {
            return false;
        }

        if (!Cid.TryRead(section, out cid, out int consumed))
        {
            throw new CarException("a block without a CID", start);
        }

        block = section.AsMemory(consumed);
        return CarReader.IsNamedBy(block.Span, cid)
            ? true
            : throw new CarException($"a block that is not {cid}", start);
    }

    private bool TryReadSection(out byte[] section)
    {
        section = [];
        long start = Position;
        int count = 0;
        do
        {
            int next = count < varint.Length ? ReadByte() : -1;
            if (next < 0)
            {
                return count == 0 ? false : throw new CarException("a cut length", start);
            }

            varint[count++] = (byte)next;
        }
        while (varint[count - 1] >= 0x80);
        if (!Varint.TryRead(varint.AsSpan(0, count), out ulong length, out _))
        {
            throw new CarException("a malformed length", start);
        }

        if (length > (ulong)sectionBytesMax)
        {
            throw new CarException(
                $"a section of {length} bytes, more than {sectionBytesMax}", start);
        }

        section = new byte[(int)length];
        if (!TryFill(section))
        {
            throw new CarException($"a section of {length} bytes that is cut off", start);
        }

        Position += count + section.Length;
        return true;
    }

    private int ReadByte() => TryMore() ? buffer[begin++] : -1;

    private bool TryFill(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            if (!TryMore())
            {
                return false;
            }

            int taken = int.Min(target.Length, end - begin);
            buffer.AsSpan(begin, taken).CopyTo(target);
            begin += taken;
            target = target[taken..];
        }

        return true;
    }

    /// <summary>Whether a byte is left, after reading on where none was.</summary>
    private bool TryMore()
    {
        if (begin == end)
        {
            (begin, end) = (0, source.Read(buffer));
        }

        return begin < end;
    }
}
