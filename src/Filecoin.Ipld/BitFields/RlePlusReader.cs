namespace Filecoin.Ipld;

/// <summary>Reads the bits of RLE+, least significant first.</summary>
/// <remarks>
/// Spec: ref-fvm ipld/bitfield/src/rleplus/reader.rs. Quirk: zeros follow the last byte without
/// end, so that a block whose set bits are all there may be cut.
/// </remarks>
internal ref struct RlePlusReader
{
    private const int ShortLengthMin = 2;
    private const int LongLengthMin = 16;

    private readonly ReadOnlySpan<byte> bytes;
    private long position;

    internal RlePlusReader(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>Whether a set bit is left; the last byte is not zero.</summary>
    internal readonly bool HasMore
    {
        get
        {
            int at = (int)(position >> 3);
            return at < bytes.Length - 1
                || (at == bytes.Length - 1 && bytes[at] >> (int)(position & 7) != 0);
        }
    }

    /// <summary>Reads up to eight bits.</summary>
    internal int Read(int count)
    {
        int at = (int)(position >> 3);
        int window = ByteAt(at) | (ByteAt(at + 1) << 8);
        int bits = (window >> (int)(position & 7)) & ((1 << count) - 1);
        position += count;
        return bits;
    }

    /// <summary>Reads the length of one run.</summary>
    internal BitFieldError ReadRun(out ulong length)
    {
        length = 1;
        if (Read(1) == 1)
        {
            return BitFieldError.None;
        }

        if (Read(1) == 1)
        {
            length = (ulong)Read(4);
            return length < ShortLengthMin ? BitFieldError.NotMinimal : BitFieldError.None;
        }

        if (!TryReadVarint(out length))
        {
            return BitFieldError.InvalidVarint;
        }

        return length < LongLengthMin ? BitFieldError.NotMinimal : BitFieldError.None;
    }

    private bool TryReadVarint(out ulong value)
    {
        Span<byte> varint = stackalloc byte[Varint.LengthMax];
        int count = 0;
        do
        {
            varint[count++] = (byte)Read(8);
        }
        while (count < varint.Length && varint[count - 1] >= 0x80);
        return Varint.TryRead(varint[..count], out value, out _);
    }

    private readonly int ByteAt(int at) => at < bytes.Length ? bytes[at] : 0;
}
