using System.Text;

namespace Filecoin.Node;

/// <summary>The files in a tar, one after the other.</summary>
/// <remarks>
/// Spec: POSIX ustar. The framework's reader sets aside as much memory as a header of a few bytes
/// asks for; this one reads headers alone. Attributes and long names in headers of their own are
/// passed over.
/// </remarks>
internal sealed class TarFiles(Stream source)
{
    private const int BlockLength = 512;
    private const int NameLength = 100;
    private const int SizeStart = 124;
    private const int SizeLength = 12;
    private const int ChecksumStart = 148;
    private const int ChecksumLength = 8;
    private const int TypeStart = 156;

    private readonly byte[] block = new byte[BlockLength];
    private long present;
    private int padding;

    /// <summary>Goes to the next member, whose content is next in the source.</summary>
    /// <param name="name">Its name, if it is a file; else empty.</param>
    /// <param name="length">Bytes of its content.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">It is no tar.</exception>
    public bool TryNext(out string name, out long length)
    {
        Skip(present + padding);
        source.ReadExactly(block);
        (name, length, present, padding) = ("", 0, 0, 0);
        if (!block.AsSpan().ContainsAnyExcept((byte)0))
        {
            return false;
        }

        if (ReadNumber(ChecksumStart, ChecksumLength) != Checksum())
        {
            throw new InvalidDataException("a header of the tar does not match its checksum");
        }

        present = length = ReadNumber(SizeStart, SizeLength);
        padding = (int)((BlockLength - (length % BlockLength)) % BlockLength);
        if (block[TypeStart] is 0 or (byte)'0')
        {
            name = Encoding.UTF8.GetString(block, 0, NameLength).TrimEnd('\0');
        }

        return true;
    }

    /// <summary>Reads the present member's content, once.</summary>
    public void ReadContent(Span<byte> content)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(content.Length, present);
        source.ReadExactly(content);
        present = 0;
    }

    private long ReadNumber(int start, int length)
    {
        string digits = Encoding.ASCII.GetString(block, start, length).Trim(' ', '\0');
        long number = 0;
        foreach (char digit in digits)
        {
            number = digit is >= '0' and <= '7'
                ? (number * 8) + (digit - '0')
                : throw new InvalidDataException($"no number at byte {start} of a header");
        }

        return number;
    }

    private long Checksum()
    {
        long sum = ChecksumLength * ' ';
        for (int i = 0; i < BlockLength; i++)
        {
            sum += i is >= ChecksumStart and < ChecksumStart + ChecksumLength ? 0 : block[i];
        }

        return sum;
    }

    private void Skip(long count)
    {
        byte[] buffer = new byte[1 << 12];
        while (count > 0)
        {
            int length = (int)long.Min(count, buffer.Length);
            source.ReadExactly(buffer, 0, length);
            count -= length;
        }
    }
}
