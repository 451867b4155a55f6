using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>How the root block of an AMT is written.</summary>
public enum AmtFormat
{
    /// <summary>
    /// <c>[bit width, height, count, node]</c>: state since actors v3, and events.
    /// </summary>
    V3,

    /// <summary>
    /// <c>[height, count, node]</c>, bit width 3: lists of messages and receipts.
    /// </summary>
    V0,
}

/// <summary>A list with gaps, kept as a tree of blocks.</summary>
/// <remarks>
/// Spec: ref-fvm ipld/amt; hamt-amt-kamt 3. Nodes are read when first needed and kept decoded;
/// changes are written by <see cref="Flush"/> alone. The root CID depends on the content only.
/// Errors: every member may throw <see cref="IpldException"/>, a node is missing or malformed.
/// </remarks>
public sealed partial class Amt<TValue>
    where TValue : ICbor<TValue>
{
    /// <summary>The largest index.</summary>
    public const ulong IndexMax = ulong.MaxValue - 1;

    private const int OldBitWidth = 3;
    private const int BitWidthMax = 16;
    private const int HeightMax = 64;
    private const string Inconsistent = "an AMT node's bitmap is not that of its content";

    private readonly IBlockstore store;
    private readonly AmtFormat format;
    private readonly int bitWidth;
    private readonly bool isLenient;
    private AmtNode<TValue> root;
    private int height;
    private Cid flushed;

    /// <summary>An empty list.</summary>
    public Amt(IBlockstore store, int bitWidth = OldBitWidth, AmtFormat format = AmtFormat.V3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bitWidth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitWidth, BitWidthMax);
        (this.store, this.bitWidth, this.format) = (store, bitWidth, format);
        root = AmtNode<TValue>.Leaf(Width);
    }

    private Amt(
        IBlockstore store,
        int bitWidth,
        AmtFormat format,
        bool isLenient,
        int height,
        ulong count,
        AmtNode<TValue> root,
        Cid flushed)
    {
        (this.store, this.bitWidth, this.format) = (store, bitWidth, format);
        this.isLenient = isLenient;
        (this.height, this.root, this.flushed, Count) = (height, root, flushed, count);
    }

    /// <summary>How many values there are, as the root block says.</summary>
    public ulong Count { get; private set; }

    /// <summary>Levels above the leaves.</summary>
    public int Height => height;

    private int Width => 1 << bitWidth;

    /// <summary>Opens a list; the root is read at once.</summary>
    /// <param name="store">Where its blocks are.</param>
    /// <param name="root">Its root.</param>
    /// <param name="format">How the root is written.</param>
    /// <param name="isLenient">
    /// Whether all passes that actors let pass, see <see cref="CborReader.Lenient"/>.
    /// </param>
    public static Amt<TValue> Load(
        IBlockstore store, Cid root, AmtFormat format = AmtFormat.V3, bool isLenient = false)
    {
        if (!store.TryGet(root, out ReadOnlyMemory<byte> block))
        {
            throw IpldException.Missing(root);
        }

        CborReader reader = CborReader.For(block.Span, isLenient);
        ulong bitWidth = OldBitWidth;
        if (!reader.TryReadArrayOf(format == AmtFormat.V0 ? 3 : 4)
            || (format == AmtFormat.V3 && !reader.TryReadUInt64(out bitWidth))
            || !reader.TryReadUInt64(out ulong height)
            || !reader.TryReadUInt64(out ulong count))
        {
            throw IpldException.Malformed(root, $"AMT root: {reader.Error}");
        }

        if (bitWidth is < 1 or > BitWidthMax || height > uint.MaxValue)
        {
            throw IpldException.Malformed(root, $"AMT of bit width {bitWidth}, height {height}");
        }

        if (!AmtNode<TValue>.TryRead(ref reader, (int)bitWidth, out AmtNode<TValue>? node)
            || !reader.TryEnd())
        {
            throw IpldException.Malformed(root, $"AMT root: {reader.Error}");
        }

        if (height > HeightMax)
        {
            throw new IpldException(
                IpldFailure.Inconsistent, root, $"AMT {root} has height {height}");
        }

        return node is not null
            ? new(store, (int)bitWidth, format, isLenient, (int)height, count, node, root)
            : throw IpldException.Malformed(root, Inconsistent);
    }

    /// <summary>Gets the value at an index; false if there is none.</summary>
    public bool TryGet(ulong index, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        CheckIndex(index);
        if (index >= Capacity(height + 1))
        {
            return false;
        }

        AmtNode<TValue> node = root;
        for (int level = height; !node.IsLeaf; level--)
        {
            int slot = TakeSlot(ref index, level);
            if (!node.Has(slot))
            {
                return false;
            }

            node = ChildOf(node, slot, level);
        }

        if (index >= (ulong)node.Width)
        {
            return false;
        }

        bool isSet = node.IsSet![(int)index];
        value = node.Values![(int)index];
        return isSet;
    }

    /// <summary>Sets the value at an index. An equal value counts as a change as well.</summary>
    public void Set(ulong index, TValue value)
    {
        CheckIndex(index);
        while (index >= Capacity(height + 1))
        {
            AmtNode<TValue> above = AmtNode<TValue>.Inner(Width);
            if (!root.IsEmpty)
            {
                above.Children![0].Node = root;
            }

            root = above;
            height++;
        }

        AmtNode<TValue> node = root;
        for (int level = height; level > 0; level--)
        {
            if (node.IsLeaf)
            {
                throw WrongKind();
            }

            int slot = TakeSlot(ref index, level);
            ref AmtChild<TValue> child = ref node.Children![slot];
            if (child.IsEmpty)
            {
                child.Node = level == 1
                    ? AmtNode<TValue>.Leaf(Width)
                    : AmtNode<TValue>.Inner(Width);
            }

            AmtNode<TValue> next = ChildOf(node, slot, level);
            child.Link = default;
            node = next;
        }

        if (!node.IsLeaf)
        {
            throw WrongKind();
        }

        int last = (int)index;
        if (!node.IsSet![last])
        {
            // The root block says what it likes.
            Count = Count < ulong.MaxValue
                ? Count + 1
                : throw IpldException.Panic("an AMT cannot count one more value");
        }

        (node.Values![last], node.IsSet[last], flushed) = (value, true, default);
    }

    /// <summary>Deletes the value at an index; false if there was none.</summary>
    public bool Delete(ulong index) => Delete(index, out _);

    /// <summary>Deletes a value and gives it; false if there was none.</summary>
    public bool Delete(ulong index, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        CheckIndex(index);
        if (index >= Capacity(height + 1) || !Delete(root, index, height, out value))
        {
            return false;
        }

        Count = Count > 0
            ? Count - 1
            : throw IpldException.Panic("an AMT has more values than its root counts");
        flushed = default;
        Collapse();
        return true;
    }

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush()
    {
        if (flushed.IsDefined)
        {
            return flushed;
        }

        FlushChildren(root);
        CborWriter writer = new(512);
        writer.WriteArrayHeader(format == AmtFormat.V0 ? 3 : 4);
        if (format == AmtFormat.V3)
        {
            writer.WriteUInt64((ulong)bitWidth);
        }

        writer.WriteUInt64((ulong)height);
        writer.WriteUInt64(Count);
        root.WriteTo(ref writer, bitWidth);
        flushed = store.Put(Codec.DagCbor, writer.ToArray());
        writer.Dispose();
        return flushed;
    }

    /// <summary>Visits all values in the order of their indexes.</summary>
    public void ForEach(Action<ulong, TValue> visit) => ForEach(root, 0, height, visit);

    private static void CheckIndex(ulong index) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, IndexMax);

    /// <summary>
    /// Quirk: leaves are read at any level, where they hold the lowest indexes of their range, and
    /// children of the lowest level until one is looked at.
    /// </summary>
    private static IpldException WrongKind() =>
        IpldException.Panic("an AMT has a node of the wrong kind for its level");

    /// <summary>How many indexes a node above so many levels covers.</summary>
    private ulong Capacity(int level)
    {
        int bits = bitWidth * level;
        return bits >= 64 ? ulong.MaxValue : 1UL << bits;
    }

    private int TakeSlot(ref ulong index, int level)
    {
        ulong capacity = Capacity(level);
        int slot = (int)(index / capacity);
        index %= capacity;
        return slot;
    }

    private AmtNode<TValue> ChildOf(AmtNode<TValue> node, int slot, int level)
    {
        ref AmtChild<TValue> child = ref node.Children![slot];
        return child.Node ??= LoadNode(child.Link, level - 1);
    }

    private AmtNode<TValue> LoadNode(Cid cid, int level)
    {
        if (!store.TryGet(cid, out ReadOnlyMemory<byte> block))
        {
            throw IpldException.Missing(cid);
        }

        CborReader reader = CborReader.For(block.Span, isLenient);
        if (!AmtNode<TValue>.TryRead(ref reader, bitWidth, out AmtNode<TValue>? node)
            || !reader.TryEnd())
        {
            throw IpldException.Malformed(cid, $"AMT node: {reader.Error}");
        }

        if (node is null)
        {
            throw new IpldException(
                IpldFailure.Inconsistent, cid, $"block {cid} is inconsistent: {Inconsistent}");
        }

        return level >= 0 ? node : throw WrongKind();
    }

    private bool Delete(
        AmtNode<TValue> node,
        ulong index,
        int level,
        [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        if (node.IsLeaf)
        {
            if (index >= (ulong)node.Width)
            {
                return false;
            }

            bool isSet = node.IsSet![(int)index];
            value = node.Values![(int)index];
            (node.IsSet[(int)index], node.Values[(int)index]) = (false, default);
            return isSet;
        }

        int slot = TakeSlot(ref index, level);
        if (!node.Has(slot)
            || !Delete(ChildOf(node, slot, level), index, level - 1, out value))
        {
            return false;
        }

        ref AmtChild<TValue> child = ref node.Children![slot];
        child = child.Node!.IsEmpty ? default : new() { Node = child.Node };
        return true;
    }

    private void Collapse()
    {
        if (root.IsEmpty)
        {
            (root, height) = (AmtNode<TValue>.Leaf(Width), 0);
            return;
        }

        while (height > 0 && root.HasOnlyFirst)
        {
            root = ChildOf(root, 0, height);
            height--;
        }
    }

    private void FlushChildren(AmtNode<TValue> node)
    {
        foreach (ref AmtChild<TValue> child in node.Children.AsSpan())
        {
            if (child.IsDirty)
            {
                FlushChildren(child.Node!);
                CborWriter writer = new(512);
                child.Node!.WriteTo(ref writer, bitWidth);
                child.Link = store.Put(Codec.DagCbor, writer.ToArray());
                writer.Dispose();
            }
        }
    }

    private void ForEach(
        AmtNode<TValue> node, ulong first, int level, Action<ulong, TValue> visit)
    {
        for (int slot = 0; slot < node.Width; slot++)
        {
            if (!node.Has(slot))
            {
                continue;
            }

            ulong index = IndexOf(first, slot, node.IsLeaf ? 0 : level);
            if (node.IsLeaf)
            {
                visit(index, node.Values![slot]!);
            }
            else
            {
                ForEach(ChildOf(node, slot, level), index, level - 1, visit);
            }
        }
    }
}
