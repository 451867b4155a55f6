namespace Filecoin.Ipld;

/// <summary>What a visitor has done to a value, and whether it goes on.</summary>
[Flags]
public enum AmtVisit
{
    /// <summary>Nothing; the next value comes.</summary>
    Next = 0,

    /// <summary>The value is another one now.</summary>
    Changed = 1,

    /// <summary>No more values are wanted.</summary>
    Stop = 2,
}

/// <summary>Looks at a value, and may change it.</summary>
public delegate AmtVisit AmtVisitor<TValue>(ulong index, ref TValue value);

/// <content>
/// Iteration in the order of the indexes; a node is read when its first value is due.
/// </content>
public sealed partial class Amt<TValue>
{
    /// <summary>The values from an index on; whoever stops early reads no more nodes.</summary>
    public IEnumerable<KeyValuePair<ulong, TValue>> Entries(ulong start = 0) =>
        start >= Capacity(height + 1) ? [] : Entries(root, 0, height, start);

    /// <summary>
    /// Visits values, which may be changed: nodes in which none is are not written again.
    /// </summary>
    public void Visit(AmtVisitor<TValue> visitor)
    {
        if (Visit(root, 0, height, visitor).HasFlag(AmtVisit.Changed))
        {
            flushed = default;
        }
    }

    private IEnumerable<KeyValuePair<ulong, TValue>> Entries(
        AmtNode<TValue> node, ulong first, int level, ulong start)
    {
        level = node.IsLeaf ? 0 : level;
        ulong skipped = start > first ? (start - first) / Capacity(level) : 0;
        for (int slot = (int)ulong.Min(skipped, (ulong)node.Width); slot < node.Width; slot++)
        {
            if (!node.Has(slot))
            {
                continue;
            }

            ulong index = IndexOf(first, slot, level);
            if (node.IsLeaf)
            {
                yield return new(index, node.Values![slot]!);
                continue;
            }

            // The reference's iterator goes down a level before it reads, a visit afterwards.
            AmtNode<TValue> child = level > 0 ? ChildOf(node, slot, level) : throw WrongKind();
            foreach (KeyValuePair<ulong, TValue> entry in Entries(child, index, level - 1, start))
            {
                yield return entry;
            }
        }
    }

    private AmtVisit Visit(
        AmtNode<TValue> node, ulong first, int level, AmtVisitor<TValue> visitor)
    {
        AmtVisit all = AmtVisit.Next;
        level = node.IsLeaf ? 0 : level;
        for (int slot = 0; slot < node.Width && !all.HasFlag(AmtVisit.Stop); slot++)
        {
            if (!node.Has(slot))
            {
                continue;
            }

            ulong index = IndexOf(first, slot, level);
            if (node.IsLeaf)
            {
                all |= visitor(index, ref node.Values![slot]!);
                continue;
            }

            AmtVisit visit = Visit(ChildOf(node, slot, level), index, level - 1, visitor);
            if (visit.HasFlag(AmtVisit.Changed))
            {
                node.Children![slot].Link = default;
            }

            all |= visit;
        }

        return all;
    }

    private ulong IndexOf(ulong first, int slot, int level)
    {
        UInt128 wide = first + ((UInt128)(uint)slot * Capacity(level));
        return wide <= IndexMax
            ? (ulong)wide
            : throw IpldException.OutOfRange("an AMT has an index above 2^64 - 2");
    }
}
