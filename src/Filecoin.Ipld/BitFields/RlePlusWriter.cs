namespace Filecoin.Ipld;

/// <summary>Writes the bits of RLE+, least significant first.</summary>
/// <remarks>Spec: ref-fvm ipld/bitfield/src/rleplus/writer.rs.</remarks>
internal sealed class RlePlusWriter
{
    private readonly List<byte> bytes = [];
    private int bits;
    private int bitCount;

    /// <summary>Writes up to eight bits.</summary>
    internal void Write(int value, int count)
    {
        bits |= value << bitCount;
        bitCount += count;
        if (bitCount >= 8)
        {
            bytes.Add((byte)(bits & 0xff));
            bits >>= 8;
            bitCount -= 8;
        }
    }

    /// <summary>Writes the length of one run.</summary>
    internal void WriteRun(ulong length)
    {
        switch (length)
        {
            case 1:
                Write(1, 1);
                break;
            case < 16:
                Write(0b10, 2);
                Write((int)length, 4);
                break;
            default:
                Write(0, 2);
                Span<byte> varint = stackalloc byte[Varint.LengthMax];
                foreach (byte part in varint[..Varint.Write(varint, length)])
                {
                    Write(part, 8);
                }

                break;
        }
    }

    /// <summary>All that was written, without zero bytes at the end.</summary>
    internal byte[] ToArray()
    {
        if (bits != 0)
        {
            bytes.Add((byte)bits);
        }

        int length = bytes.Count;
        while (length > 0 && bytes[length - 1] == 0)
        {
            length--;
        }

        return [.. bytes[..length]];
    }
}
