using System.Numerics;

namespace Filecoin.Ipld;

/// <summary>A child of an AMT node: linked, cached or changed.</summary>
internal struct AmtChild<TValue>
    where TValue : ICbor<TValue>
{
    internal AmtNode<TValue>? Node;
    internal Cid Link;

    /// <summary>The child has changes that no block holds yet.</summary>
    internal readonly bool IsDirty => Node is not null && !Link.IsDefined;

    internal readonly bool IsEmpty => Node is null && !Link.IsDefined;
}

/// <summary>A decoded node: values if it is a leaf, children if not.</summary>
internal sealed class AmtNode<TValue>
    where TValue : ICbor<TValue>
{
    private AmtNode(AmtChild<TValue>[]? children, TValue?[]? values, bool[]? isSet) =>
        (Children, Values, IsSet) = (children, values, isSet);

    internal AmtChild<TValue>[]? Children { get; }

    internal TValue?[]? Values { get; }

    internal bool[]? IsSet { get; }

    internal bool IsLeaf => Children is null;

    internal static AmtNode<TValue> Leaf(int width) =>
        new(null, new TValue?[width], new bool[width]);

    internal static AmtNode<TValue> Inner(int width) =>
        new(new AmtChild<TValue>[width], null, null);

    internal bool IsEmpty
    {
        get
        {
            for (int slot = 0; slot < Width; slot++)
            {
                if (Has(slot))
                {
                    return false;
                }
            }

            return true;
        }
    }

    internal int Width => Children?.Length ?? Values!.Length;

    internal bool Has(int slot) => Children is null ? IsSet![slot] : !Children[slot].IsEmpty;

    /// <summary>Whether slot 0 is occupied and no other.</summary>
    internal bool HasOnlyFirst
    {
        get
        {
            for (int slot = 1; slot < Width; slot++)
            {
                if (Has(slot))
                {
                    return false;
                }
            }

            return Has(0);
        }
    }

    /// <summary>
    /// Reads <c>[bitmap, links, values]</c>; null if they do not fit each other.
    /// </summary>
    internal static bool TryRead(ref CborReader reader, int bitWidth, out AmtNode<TValue>? node)
    {
        node = null;
        if (!reader.TryReadArrayOf(3)
            || !reader.TryReadBytes(out ReadOnlySpan<byte> bitmap)
            || !reader.TryReadArrayHeader(out int linkCount))
        {
            return false;
        }

        // More than there are slots do not fit; they are read all the same, and not kept.
        int width = 1 << bitWidth;
        Cid[] links = new Cid[int.Min(linkCount, width)];
        for (int i = 0; i < linkCount; i++)
        {
            if (!reader.TryReadCid(out Cid link))
            {
                return false;
            }

            links[int.Min(i, width - 1)] = link;
        }

        if (!reader.TryReadArrayHeader(out int valueCount))
        {
            return false;
        }

        TValue?[] values = new TValue?[int.Min(valueCount, width)];
        for (int i = 0; i < valueCount; i++)
        {
            if (!TValue.TryRead(ref reader, out TValue? value))
            {
                return false;
            }

            values[int.Min(i, width - 1)] = value;
        }

        bool fits = bitmap.Length == BitmapBytes(bitWidth)
            && (linkCount == 0 || valueCount == 0)
            && (long)linkCount + valueCount == Count(bitmap, width);
        node = fits ? Expand(bitmap, width, links, values) : null;
        return true;
    }

    internal void WriteTo(ref CborWriter writer, int bitWidth)
    {
        Span<byte> bitmap = stackalloc byte[BitmapBytes(bitWidth)];
        bitmap.Clear();
        int occupied = 0;
        for (int slot = 0; slot < Width; slot++)
        {
            if (Has(slot))
            {
                occupied++;
                bitmap[slot / 8] |= (byte)(1 << (slot % 8));
            }
        }

        writer.WriteArrayHeader(3);
        writer.WriteBytes(bitmap);
        writer.WriteArrayHeader(IsLeaf ? 0 : occupied);
        for (int slot = 0; !IsLeaf && slot < Width; slot++)
        {
            if (Has(slot))
            {
                writer.WriteCid(Children![slot].Link);
            }
        }

        writer.WriteArrayHeader(IsLeaf ? occupied : 0);
        for (int slot = 0; IsLeaf && slot < Width; slot++)
        {
            if (Has(slot))
            {
                Values![slot]!.WriteTo(ref writer);
            }
        }
    }

    private static AmtNode<TValue> Expand(
        ReadOnlySpan<byte> bitmap, int width, Cid[] links, TValue?[] values)
    {
        AmtNode<TValue> node = links.Length > 0 ? Inner(width) : Leaf(width);
        int next = 0;
        for (int slot = 0; slot < width; slot++)
        {
            if (!IsOn(bitmap, slot))
            {
                continue;
            }

            if (node.IsLeaf)
            {
                (node.Values![slot], node.IsSet![slot]) = (values[next], true);
            }
            else
            {
                node.Children![slot].Link = links[next];
            }

            next++;
        }

        return node;
    }

    private static int BitmapBytes(int bitWidth) => bitWidth <= 3 ? 1 : 1 << (bitWidth - 3);

    private static bool IsOn(ReadOnlySpan<byte> bitmap, int slot) =>
        (bitmap[slot / 8] & (1 << (slot % 8))) != 0;

    /// <summary>Occupied slots; bits behind the last slot do not count.</summary>
    private static int Count(ReadOnlySpan<byte> bitmap, int width)
    {
        int count = 0;
        foreach (byte bits in bitmap)
        {
            count += BitOperations.PopCount(width < 8 ? bits & ((1u << width) - 1) : bits);
        }

        return count;
    }
}
