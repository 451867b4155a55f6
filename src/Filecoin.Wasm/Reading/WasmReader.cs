using System.Text;

namespace Filecoin.Wasm.Reading;

/// <summary>Reads the binary format's numbers, strictly, and refuses with the offset.</summary>
/// <remarks>
/// Spec: WebAssembly core specification 2.0, 5.2. A LEB128 number may have padding, but no more
/// bytes than its width needs, and the unused bits of the last byte must extend it.
/// </remarks>
internal ref struct WasmReader(ReadOnlySpan<byte> module, int start, int end)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> module = module[..end];

    public int Position { get; private set; } = start;

    public readonly int End => module.Length;

    public readonly int Remaining => module.Length - Position;

    public readonly bool AtEnd => Position == module.Length;

    public readonly byte Peek() => AtEnd ? throw Refuse("unexpected end") : module[Position];

    public byte ReadByte()
    {
        if (Position >= module.Length)
        {
            throw Refuse("unexpected end");
        }

        byte read = module[Position];
        Position++;
        return read;
    }

    public uint ReadU32()
    {
        int position = Position;
        if (position < module.Length && module[position] < 0x80)
        {
            Position = position + 1;
            return module[position];
        }

        return ReadLongU32();
    }

    public int ReadS32() => (int)ReadSigned(32);

    public long ReadS64() => ReadSigned(64);

    /// <summary>An index that must fit the sizes this project allows.</summary>
    public int ReadIndex()
    {
        uint index = ReadU32();
        return index <= int.MaxValue ? (int)index : throw Refuse("index too large");
    }

    /// <summary>A count of items that take at least one byte each.</summary>
    public int ReadCount(int max, string what)
    {
        uint count = ReadU32();
        if (count > max)
        {
            throw Refuse($"{what}: {count} are more than the {max} allowed");
        }

        return count <= Remaining
            ? (int)count
            : throw Refuse($"{what}: {count} do not fit the {Remaining} bytes left");
    }

    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            throw Refuse($"unexpected end: {length} bytes wanted, {Remaining} left");
        }

        ReadOnlySpan<byte> bytes = module.Slice(Position, length);
        Position += length;
        return bytes;
    }

    public string ReadName()
    {
        int length = ReadCount(Limits.NameBytes, "name");
        ReadOnlySpan<byte> bytes = ReadBytes(length);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("malformed UTF-8 in a name");
        }
    }

    /// <summary>A reader of the next bytes alone; this one moves behind them.</summary>
    public WasmReader Take(int length)
    {
        int from = Position;
        _ = ReadBytes(length);
        return new WasmReader(module, from, from + length);
    }

    public readonly WasmRefusedException Refuse(string reason) =>
        new(RefusalStage.Validate, reason, Position);

    private uint ReadLongU32()
    {
        uint result = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = ReadByte();
            if (shift == 28 && next > 0x0F)
            {
                throw Refuse(next >= 0x80
                    ? "integer representation too long"
                    : "integer too large");
            }

            result |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return result;
            }
        }
    }

    private long ReadSigned(int width)
    {
        long result = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = ReadByte();
            result |= unchecked((long)(next & 0x7F) << shift);
            if (width - shift <= 7)
            {
                CheckLastByte(next, width - shift);
            }

            if (next < 0x80)
            {
                int used = shift + 7;
                return used < 64 ? result << (64 - used) >> (64 - used) : result;
            }
        }
    }

    /// <summary>
    /// The bits of the last possible byte beyond the number must repeat its sign.
    /// </summary>
    private readonly void CheckLastByte(byte last, int bits)
    {
        if (last >= 0x80)
        {
            throw Refuse("integer representation too long");
        }

        int extension = unchecked((sbyte)(last << 1)) >> bits;
        if (extension is not 0 and not -1)
        {
            throw Refuse("integer too large");
        }
    }
}
