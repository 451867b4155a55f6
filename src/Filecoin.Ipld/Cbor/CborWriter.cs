using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Filecoin.Ipld;

/// <summary>Writes DAG-CBOR in its one canonical form; returns its buffer on dispose.</summary>
/// <remarks>Map keys are written in the order given: sort them by length, then bytes.</remarks>
public ref struct CborWriter
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private byte[]? buffer;
    private int length;

    /// <summary>Starts with room for <paramref name="sizeHint"/> bytes.</summary>
    public CborWriter(int sizeHint)
    {
        buffer = ArrayPool<byte>.Shared.Rent(sizeHint);
        length = 0;
    }

    /// <summary>What has been written; valid until the next write or dispose.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => length = 0;

    /// <summary>Copies what has been written.</summary>
    public readonly byte[] ToArray() => Written.ToArray();

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = null;
        length = 0;
    }

    /// <summary>Starts an array.</summary>
    public void WriteArrayHeader(int count) => WriteHeader(CborMajor.Array, (ulong)count);

    /// <summary>Starts a map of <paramref name="count"/> pairs.</summary>
    public void WriteMapHeader(int count) => WriteHeader(CborMajor.Map, (ulong)count);

    /// <summary>Writes an unsigned integer.</summary>
    public void WriteUInt64(ulong value) => WriteHeader(CborMajor.Unsigned, value);

    /// <summary>Writes a signed integer.</summary>
    public void WriteInt64(long value)
    {
        if (value < 0)
        {
            WriteHeader(CborMajor.Negative, unchecked((ulong)~value));
        }
        else
        {
            WriteHeader(CborMajor.Unsigned, (ulong)value);
        }
    }

    /// <summary>Writes a byte string.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> value)
    {
        WriteHeader(CborMajor.Bytes, (ulong)value.Length);
        WriteRaw(value);
    }

    /// <summary>Writes a text string.</summary>
    /// <exception cref="EncoderFallbackException">The text has an unpaired surrogate.</exception>
    public void WriteText(string value)
    {
        var length = Utf8.GetByteCount(value);
        WriteHeader(CborMajor.Text, (ulong)length);
        _ = Utf8.GetBytes(value, Reserve(length));
    }

    /// <summary>Writes a boolean.</summary>
    public void WriteBool(bool value) => Reserve(1)[0] = value ? (byte)0xf5 : (byte)0xf4;

    /// <summary>Writes null.</summary>
    public void WriteNull() => Reserve(1)[0] = 0xf6;

    /// <summary>Writes a link.</summary>
    /// <exception cref="ArgumentException">The CID is not defined.</exception>
    public void WriteCid(Cid cid)
    {
        if (!cid.IsDefined)
        {
            throw new ArgumentException("an undefined CID cannot be linked to", nameof(cid));
        }

        var bytes = cid.Bytes;
        var tag = Reserve(2);
        tag[0] = 0xd8;
        tag[1] = 0x2a;
        WriteHeader(CborMajor.Bytes, (ulong)bytes.Length + 1);
        var link = Reserve(bytes.Length + 1);
        link[0] = 0;
        bytes.CopyTo(link[1..]);
    }

    /// <summary>Writes items that are encoded already.</summary>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded) =>
        encoded.CopyTo(Reserve(encoded.Length));

    private void WriteHeader(CborMajor type, ulong argument)
    {
        var major = (byte)((int)type << 5);
        switch (argument)
        {
            case < 24:
                Reserve(1)[0] = (byte)(major | (byte)argument);
                break;
            case <= byte.MaxValue:
                var one = Reserve(2);
                one[0] = (byte)(major | 24);
                one[1] = (byte)argument;
                break;
            case <= ushort.MaxValue:
                var two = Reserve(3);
                two[0] = (byte)(major | 25);
                BinaryPrimitives.WriteUInt16BigEndian(two[1..], (ushort)argument);
                break;
            case <= uint.MaxValue:
                var four = Reserve(5);
                four[0] = (byte)(major | 26);
                BinaryPrimitives.WriteUInt32BigEndian(four[1..], (uint)argument);
                break;
            default:
                var eight = Reserve(9);
                eight[0] = (byte)(major | 27);
                BinaryPrimitives.WriteUInt64BigEndian(eight[1..], argument);
                break;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (buffer is null || buffer.Length - length < count)
        {
            Grow(count);
        }

        var room = buffer.AsSpan(length, count);
        length += count;
        return room;
    }

    private void Grow(int count)
    {
        var needed = (long)length + count;
        var next = ArrayPool<byte>.Shared.Rent(
            (int)Math.Min(Array.MaxLength, Math.Max(256, Math.Max(needed, 2L * length))));
        if (buffer is not null)
        {
            buffer.AsSpan(0, length).CopyTo(next);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        buffer = next;
    }
}
