using System.Text;

namespace Filecoin.Wasm.Writing;

/// <summary>A growing buffer that writes the binary format's numbers.</summary>
internal sealed class ByteWriter(int capacity)
{
    private byte[] buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void WriteByte(byte value)
    {
        if (Length == buffer.Length)
        {
            Grow(1);
        }

        buffer[Length] = value;
        Length++;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - Length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteU32(int value)
    {
        uint left = (uint)value;
        while (left >= 0x80)
        {
            WriteByte((byte)((left & 0x7F) | 0x80));
            left >>= 7;
        }

        WriteByte((byte)left);
    }

    public void WriteSigned(long value)
    {
        long left = value;
        while (left is < -64 or > 63)
        {
            WriteByte((byte)((left & 0x7F) | 0x80));
            left >>= 7;
        }

        WriteByte((byte)(left & 0x7F));
    }

    public void WriteName(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        WriteU32(bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>Writes a section, or another part that has its size before it.</summary>
    public void WriteSized(ByteWriter content)
    {
        WriteU32(content.Length);
        WriteBytes(content.Written);
    }

    private void Grow(int more) =>
        Array.Resize(ref buffer, Math.Max(Length + more, buffer.Length * 2));
}
