namespace Filecoin.Ipld;

/// <summary>The bits of a path between a pointer's slot and the node it leads to.</summary>
/// <remarks>Spec: ref-fvm ipld/kamt/src/ext.rs.</remarks>
internal readonly struct PathExtension
{
    private readonly byte[]? path;

    private PathExtension(byte[] path, int length) => (this.path, Length) = (path, length);

    /// <summary>How many bits there are.</summary>
    internal int Length { get; }

    /// <summary>The bits shared by a key and all entries of a bucket, from a place on.</summary>
    internal static PathExtension Shared<TValue>(
        ReadOnlySpan<byte> key, TreeEntry<TValue>[] bucket, ref int consumed, int width)
    {
        int start = consumed;
        while (true)
        {
            int next = consumed;
            int slot = PathBits.Next(key, ref next, width);
            foreach (ref readonly TreeEntry<TValue> entry in bucket.AsSpan())
            {
                int at = consumed;
                if (PathBits.Next(entry.Key, ref at, width) != slot)
                {
                    return Copy(key, start, consumed - start);
                }
            }

            consumed = next;
        }
    }

    /// <summary>How many bits a key goes along with, in whole levels; uses them up.</summary>
    internal int Match(ReadOnlySpan<byte> key, ref int consumed, int width)
    {
        int matched = 0;
        while (matched < Length)
        {
            int next = consumed;
            int at = matched;
            if (PathBits.Next(key, ref next, width) != PathBits.Read(path, ref at, width))
            {
                break;
            }

            (consumed, matched) = (next, at);
        }

        return matched;
    }

    /// <summary>The slot that the bits from a place on name.</summary>
    internal int SlotAt(int start, int width) => PathBits.Read(path, ref start, width);

    /// <summary>Some of the bits.</summary>
    internal PathExtension Slice(int start, int length) => Copy(path, start, length);

    /// <summary>These bits, then those of a slot, then those of another extension.</summary>
    internal PathExtension Join(int slot, int width, PathExtension rest)
    {
        byte[] joined = new byte[BytesOf(Length + width + rest.Length)];
        CopyBits(path, 0, joined, 0, Length);

        // A hostile bitmap may name a slot of more bits.
        CopyBits([(byte)((slot << (8 - width)) & 0xff)], 0, joined, Length, width);
        CopyBits(rest.path, 0, joined, Length + width, rest.Length);
        return new(joined, Length + width + rest.Length);
    }

    internal void WriteTo(ref CborWriter writer)
    {
        writer.WriteUInt64((ulong)Length);
        writer.WriteBytes(path);
    }

    /// <summary>Reads what a pointer may have that uses bits of keys up to a place.</summary>
    internal static bool TryRead(
        ref CborReader reader, int consumed, int width, out PathExtension extension)
    {
        extension = default;
        int start = reader.Position;
        if (!reader.TryReadUInt32(out uint length)
            || !reader.TryReadBytes(out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        int left = (8 * KamtKey.Length) - consumed;
        if (length >= left || length % width != 0 || bytes.Length < BytesOf((int)length))
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        // Quirk: the reference keeps and writes again whatever follows the last bit.
        extension = new(bytes.ToArray(), (int)length);
        return true;
    }

    private static PathExtension Copy(ReadOnlySpan<byte> source, int start, int length)
    {
        byte[] path = new byte[BytesOf(length)];
        CopyBits(source, start, path, 0, length);
        return new(path, length);
    }

    private static void CopyBits(
        ReadOnlySpan<byte> source, int start, Span<byte> target, int at, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int bit = (source[(start + i) / 8] >> (7 - ((start + i) % 8))) & 1;
            target[(at + i) / 8] |= (byte)(bit << (7 - ((at + i) % 8)));
        }
    }

    private static int BytesOf(int bits) => (bits + 7) / 8;
}
