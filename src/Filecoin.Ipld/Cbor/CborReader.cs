using System.Buffers.Binary;
using System.Text;

namespace Filecoin.Ipld;

/// <summary>Reads DAG-CBOR items; never throws, and a failed read consumes nothing.</summary>
/// <remarks>
/// Spec: serde_ipld_dagcbor 0.6.4. Integers and lengths need not be minimal; indefinite lengths
/// are refused; types must match exactly. The reference's typed decoder additionally takes
/// indefinite strings and confuses some major types; what the machine reads and what the network
/// stores has no such form, and it is refused here, unless the reader is <see cref="Lenient"/>.
/// </remarks>
public ref struct CborReader
{
    /// <summary>Deepest nesting that is skipped or read generically.</summary>
    public const int DepthMax = 128;

    private const ulong LinkTag = 42;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Deepest nesting of strings in strings of indefinite length.</summary>
    private const int ChunkDepthMax = 256;

    private const int Indefinite = 31;
    private const byte Break = 0xff;

    private readonly ReadOnlySpan<byte> data;
    private bool isLenient;
    private CborError error;

    /// <summary>Reads from the start of <paramref name="data"/>.</summary>
    public CborReader(ReadOnlySpan<byte> data) => this.data = data;

    private CborReader(ReadOnlySpan<byte> data, bool isLenient)
    {
        this.data = data;
        this.isLenient = isLenient;
    }

    /// <summary>
    /// Reads what actors read, parameters and state, with all that the reference lets pass.
    /// </summary>
    /// <remarks>
    /// Spec: actors/common 4; cbor4ii 0.2.14. Quirk: of an item's type only the bits that the
    /// wanted type lacks are looked at, so that 02 begins an array of two; strings may have an
    /// indefinite length.
    /// </remarks>
    public static CborReader Lenient(ReadOnlySpan<byte> data) => new(data, true);

    /// <summary>Reads leniently or not.</summary>
    public static CborReader For(ReadOnlySpan<byte> data, bool isLenient) =>
        new(data, isLenient);

    /// <summary>From here on what is lenient is refused.</summary>
    public void BeStrict() => isLenient = false;

    /// <summary>Offset of the next item.</summary>
    public int Position { get; private set; }

    /// <summary>Whether all input is consumed.</summary>
    public readonly bool AtEnd => Position == data.Length;

    /// <summary>The first failure since the start.</summary>
    public readonly CborError Error => error;

    /// <summary>Bytes not yet consumed.</summary>
    public readonly int Remaining => data.Length - Position;

    /// <summary>The input from <paramref name="start"/> to the next item.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => data[start..Position];

    /// <summary>Goes back to an earlier position.</summary>
    public void Rewind(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Position);
        Position = position;
    }

    /// <summary>Records a failure of the caller's own at the next item; always false.</summary>
    public bool Fail(CborErrorKind kind) => FailAt(kind, Position);

    /// <summary>Records a failure of the caller's own; always false.</summary>
    public bool FailAt(CborErrorKind kind, int offset)
    {
        if (error.Kind == CborErrorKind.None)
        {
            error = new CborError(kind, offset);
        }

        return false;
    }

    /// <summary>Looks at the type of the next item; false at the end, without an error.</summary>
    public readonly bool TryPeekMajor(out CborMajor major)
    {
        major = AtEnd ? default : (CborMajor)(data[Position] >> 5);
        return !AtEnd;
    }

    /// <summary>Reads an array header; the count never exceeds the bytes left.</summary>
    public bool TryReadArrayHeader(out int count) =>
        TryReadCount(CborMajor.Array, 1, out count);

    /// <summary>Reads an array header of exactly <paramref name="count"/> elements.</summary>
    public bool TryReadArrayOf(int count)
    {
        var start = Position;
        if (!TryReadArrayHeader(out var actual))
        {
            return false;
        }

        if (actual == count)
        {
            return true;
        }

        Position = start;
        return Fail(CborErrorKind.WrongLength);
    }

    /// <summary>Reads a map header; count is the number of pairs, bounded by the input.</summary>
    public bool TryReadMapHeader(out int count) => TryReadCount(CborMajor.Map, 2, out count);

    /// <summary>Reads an unsigned integer.</summary>
    public bool TryReadUInt64(out ulong value) =>
        TryReadHeader(CborMajor.Unsigned, out value, out var end) && Commit(end);

    /// <summary>Reads an unsigned integer of 32 bits.</summary>
    /// <remarks>Quirk: an eight-byte header is refused even when the value would fit.</remarks>
    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (!TryReadHeader(CborMajor.Unsigned, out var wide, out var end))
        {
            return false;
        }

        if (end - Position > 5)
        {
            return Fail(CborErrorKind.IntegerOutOfRange);
        }

        value = (uint)wide;
        return Commit(end);
    }

    /// <summary>Reads a signed integer.</summary>
    public bool TryReadInt64(out long value)
    {
        value = 0;
        var negative = TryPeekMajor(out var major) && major == CborMajor.Negative;
        if (!TryReadHeader(
            negative ? CborMajor.Negative : CborMajor.Unsigned, out var argument, out var end))
        {
            return false;
        }

        if (argument > long.MaxValue)
        {
            return Fail(CborErrorKind.IntegerOutOfRange);
        }

        value = negative ? -1 - (long)argument : (long)argument;
        return Commit(end);
    }

    /// <summary>Reads a signed integer of 32 bits.</summary>
    /// <remarks>Quirk: an eight-byte header is refused even when the value would fit.</remarks>
    public bool TryReadInt32(out int value)
    {
        value = 0;
        var start = Position;
        if (!TryReadInt64(out var wide))
        {
            return false;
        }

        if (Position - start > 5 || wide is < int.MinValue or > int.MaxValue)
        {
            Position = start;
            return Fail(CborErrorKind.IntegerOutOfRange);
        }

        value = (int)wide;
        return true;
    }

    /// <summary>Reads a byte string without copying it.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> value) =>
        TryReadString(CborMajor.Bytes, out value, out var end) && Commit(end);

    /// <summary>Reads a text string, which must be UTF-8.</summary>
    public bool TryReadText(out string value)
    {
        value = "";
        if (!TryReadString(CborMajor.Text, out var utf8, out var end))
        {
            return false;
        }

        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return Fail(CborErrorKind.InvalidUtf8);
        }

        value = Utf8.GetString(utf8);
        return Commit(end);
    }

    /// <summary>Reads a boolean.</summary>
    public bool TryReadBool(out bool value)
    {
        value = false;
        if (AtEnd)
        {
            return Fail(CborErrorKind.UnexpectedEnd);
        }

        value = data[Position] == 0xf5;
        return value || data[Position] == 0xf4
            ? Commit(Position + 1)
            : Fail(CborErrorKind.WrongType);
    }

    /// <summary>Consumes a null if one is next; otherwise does nothing, and is no error.</summary>
    public bool TryReadNull() => !AtEnd && data[Position] == 0xf6 && Commit(Position + 1);

    /// <summary>Reads a link.</summary>
    /// <remarks>Quirk: bytes after the CID inside the link are ignored, as rust-cid does.</remarks>
    public bool TryReadCid(out Cid cid)
    {
        cid = default;
        var start = Position;
        if (!TryReadHeader(CborMajor.Tag, out var tag, out var end))
        {
            return false;
        }

        if (tag != LinkTag)
        {
            return Fail(CborErrorKind.WrongType);
        }

        Position = end;
        var isOther = isLenient && TryPeekMajor(out var content) && content != CborMajor.Bytes;
        if ((isOther && !Fail(CborErrorKind.WrongType)) || !TryReadBytes(out var link))
        {
            Position = start;
            return false;
        }

        if (link is [0, ..] && Cid.TryRead(link[1..], out cid, out _))
        {
            return true;
        }

        Position = start;
        return Fail(CborErrorKind.InvalidCid);
    }

    /// <summary>Skips one well-formed item with everything in it.</summary>
    public bool TrySkip()
    {
        var start = Position;
        if (TrySkip(DepthMax))
        {
            return true;
        }

        Position = start;
        return false;
    }

    /// <summary>Whether all input is consumed; otherwise records trailing bytes.</summary>
    public bool TryEnd() => AtEnd || Fail(CborErrorKind.TrailingBytes);

    private bool TrySkip(int depthLeft)
    {
        if (!TryPeekMajor(out var major))
        {
            return Fail(CborErrorKind.UnexpectedEnd);
        }

        if (depthLeft == 0)
        {
            return Fail(CborErrorKind.DepthExceeded);
        }

        int count;
        switch (major)
        {
            case CborMajor.Bytes:
                return TryReadBytes(out _);
            case CborMajor.Text:
                return TryReadText(out _);
            case CborMajor.Tag:
                return TryReadCid(out _);
            case CborMajor.Array:
                return TryReadArrayHeader(out count) && TrySkipItems(count, depthLeft - 1);
            case CborMajor.Map:
                return TryReadMapHeader(out count) && TrySkipItems(2 * count, depthLeft - 1);
            case CborMajor.Simple:
                return TrySkipSimple();
            case CborMajor.Unsigned or CborMajor.Negative:
                return TryReadHeader(major, out _, out var end) && Commit(end);
            default:
                return Fail(CborErrorKind.WrongType);
        }
    }

    private bool TrySkipItems(int count, int depthLeft)
    {
        for (var i = 0; i < count; i++)
        {
            if (!TrySkip(depthLeft))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySkipSimple()
    {
        var known = data[Position] is 0xf4 or 0xf5 or 0xf6 or 0xf9 or 0xfa or 0xfb;
        return known
            ? TryReadHeader(CborMajor.Simple, out _, out var end) && Commit(end)
            : Fail(CborErrorKind.WrongType);
    }

    private bool TryReadCount(CborMajor wanted, int itemsEach, out int count)
    {
        count = 0;
        if (!TryReadHeader(wanted, out var argument, out var end))
        {
            return false;
        }

        // Every item takes a byte at least, so a longer count cannot be met.
        if (argument > (ulong)((data.Length - end) / itemsEach))
        {
            return Fail(CborErrorKind.LengthOutOfRange);
        }

        count = (int)argument;
        return Commit(end);
    }

    private bool TryReadString(CborMajor wanted, out ReadOnlySpan<byte> value, out int end)
    {
        value = default;
        if (isLenient && !AtEnd && data[Position] == ((int)wanted << 5 | Indefinite))
        {
            List<byte> joined = [];
            end = Position;
            if (!TryJoinChunks(wanted, joined, ref end, ChunkDepthMax))
            {
                return Fail(CborErrorKind.IndefiniteLength);
            }

            value = joined.ToArray();
            return true;
        }

        if (!TryReadHeader(wanted, out var length, out end))
        {
            return false;
        }

        if (length > (ulong)(data.Length - end))
        {
            return Fail(CborErrorKind.LengthOutOfRange);
        }

        value = data.Slice(end, (int)length);
        end += (int)length;
        return true;
    }

    /// <summary>
    /// Joins the strings of one of indefinite length, which may be such themselves.
    /// </summary>
    private readonly bool TryJoinChunks(
        CborMajor wanted, List<byte> target, ref int position, int depthLeft)
    {
        position++;
        while (position < data.Length && depthLeft > 0)
        {
            if (data[position] == Break)
            {
                position++;
                return true;
            }

            if (data[position] == ((int)wanted << 5 | Indefinite))
            {
                if (!TryJoinChunks(wanted, target, ref position, depthLeft - 1))
                {
                    return false;
                }

                continue;
            }

            var chunk = new CborReader(data[position..], true);
            if (!chunk.TryReadString(wanted, out var bytes, out var end))
            {
                return false;
            }

            target.AddRange(bytes);
            position += end;
        }

        return false;
    }

    private bool TryReadHeader(CborMajor wanted, out ulong argument, out int end)
    {
        argument = 0;
        end = Position;
        if (AtEnd)
        {
            return Fail(CborErrorKind.UnexpectedEnd);
        }

        int initial = data[Position];
        var fits = isLenient
            ? (initial >> 5 & ~(int)wanted) == 0
            : initial >> 5 == (int)wanted;
        if (!fits)
        {
            return Fail(CborErrorKind.WrongType);
        }

        var info = initial & 31;
        if (info < 24)
        {
            argument = (ulong)info;
            end = Position + 1;
            return true;
        }

        return TryReadArgument(info, out argument, out end);
    }

    private bool TryReadArgument(int info, out ulong argument, out int end)
    {
        argument = 0;
        end = Position;
        if (info > 27)
        {
            return Fail(CborErrorKind.IndefiniteLength);
        }

        var rest = data[(Position + 1)..];
        var width = 1 << (info - 24);
        if (rest.Length < width)
        {
            return Fail(CborErrorKind.UnexpectedEnd);
        }

        argument = width switch
        {
            1 => rest[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(rest),
            4 => BinaryPrimitives.ReadUInt32BigEndian(rest),
            _ => BinaryPrimitives.ReadUInt64BigEndian(rest),
        };
        end = Position + 1 + width;
        return true;
    }

    private bool Commit(int end)
    {
        Position = end;
        return true;
    }
}
