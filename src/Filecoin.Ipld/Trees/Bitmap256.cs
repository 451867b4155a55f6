using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Filecoin.Ipld;

/// <summary>256 bits; written as a big-endian number without leading zero bytes.</summary>
internal struct Bitmap256
{
    private Words words;

    internal readonly bool this[int bit] => ((words[bit >> 6] >> (bit & 63)) & 1) != 0;

    internal readonly int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < 4; i++)
            {
                count += BitOperations.PopCount(words[i]);
            }

            return count;
        }
    }

    /// <summary>The lowest bit that is set; 256 when none is.</summary>
    internal readonly int First
    {
        get
        {
            int word = 0;
            while (word < 4 && words[word] == 0)
            {
                word++;
            }

            return word < 4 ? (64 * word) + BitOperations.TrailingZeroCount(words[word]) : 256;
        }
    }

    internal void Set(int bit) => words[bit >> 6] |= 1ul << (bit & 63);

    internal void Clear(int bit) => words[bit >> 6] &= ~(1ul << (bit & 63));

    /// <summary>How many bits are set below <paramref name="bit"/>.</summary>
    internal readonly int Rank(int bit)
    {
        var word = bit >> 6;
        var rank = BitOperations.PopCount(words[word] & ((1ul << (bit & 63)) - 1));
        for (var i = 0; i < word; i++)
        {
            rank += BitOperations.PopCount(words[i]);
        }

        return rank;
    }

    internal readonly void WriteTo(ref CborWriter writer)
    {
        Span<byte> bytes = stackalloc byte[32];
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[(24 - (8 * i))..], words[i]);
        }

        var first = bytes.IndexOfAnyExcept((byte)0);
        writer.WriteBytes(first < 0 ? default : bytes[first..]);
    }

    internal static bool TryRead(ref CborReader reader, out Bitmap256 bitmap)
    {
        bitmap = default;
        var start = reader.Position;
        if (!reader.TryReadBytes(out var bytes))
        {
            return false;
        }

        if (bytes.Length > 32)
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        Span<byte> padded = stackalloc byte[32];
        padded.Clear();
        bytes.CopyTo(padded[(32 - bytes.Length)..]);
        for (var i = 0; i < 4; i++)
        {
            bitmap.words[i] = BinaryPrimitives.ReadUInt64BigEndian(padded[(24 - (8 * i))..]);
        }

        return true;
    }

    [InlineArray(4)]
    private struct Words
    {
        private ulong first;
    }
}
