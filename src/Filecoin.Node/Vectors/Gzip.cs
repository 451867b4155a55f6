using System.Buffers.Binary;
using System.IO.Compression;

namespace Filecoin.Node;

/// <summary>Unpacks what may be gzipped.</summary>
internal static class Gzip
{
    private const int HeaderBytes = 10;
    private const int TrailerBytes = 8;

    /// <summary>What the bytes unpack to; themselves if they are not gzipped.</summary>
    /// <exception cref="SequenceException">
    /// They are cut, damaged, or unpack to too much.
    /// </exception>
    public static byte[] Unpack(byte[] content, int lengthMax)
    {
        if (content.Length < 2 || content[0] != 0x1f || content[1] != 0x8b)
        {
            return content.Length <= lengthMax ? content : throw TooLong(lengthMax);
        }

        byte[] unpacked;
        try
        {
            unpacked = Inflate(content, lengthMax);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw new SequenceException($"truncated gzip, or damaged: {failure.Message}", failure);
        }

        // The framework ends quietly where the data does; the trailer tells the whole length.
        bool isWhole = content.Length >= HeaderBytes + TrailerBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan()[^sizeof(uint)..])
                == (uint)unpacked.Length;
        return isWhole ? unpacked : throw new SequenceException("truncated gzip");
    }

    private static byte[] Inflate(byte[] content, int lengthMax)
    {
        using GZipStream zip = new(new MemoryStream(content), CompressionMode.Decompress);
        using MemoryStream target = new();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = zip.Read(buffer)) > 0)
        {
            if (target.Length + read > lengthMax)
            {
                throw TooLong(lengthMax);
            }

            target.Write(buffer, 0, read);
        }

        return target.ToArray();
    }

    private static SequenceException TooLong(int lengthMax) =>
        new($"it unpacks to more than {lengthMax} bytes");
}
