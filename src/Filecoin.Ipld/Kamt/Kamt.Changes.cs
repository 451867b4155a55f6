using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <content>Setting and deleting below the root.</content>
/// <remarks>
/// A depth here counts the levels that extensions skip; the reference's reads do not.
/// </remarks>
public sealed partial class Kamt<TValue>
{
    private bool Set(KamtNode<TValue> node, Assignment change, int consumed, int depth)
    {
        int slot = PathBits.Next(change.Key, ref consumed, options.BitWidth);
        if (!node.Bitmap[slot])
        {
            node.Insert(slot, PointerTo(change, consumed, depth));
            return true;
        }

        ref KamtPointer<TValue> pointer = ref node.At(slot);
        if (pointer.Bucket is not null)
        {
            return SetInBucket(ref pointer, change, consumed, depth);
        }

        int matched = pointer.Extension.Match(change.Key, ref consumed, options.BitWidth);
        LevelsPassed += 1 + (matched / options.BitWidth);
        if (matched < pointer.Extension.Length)
        {
            Split(ref pointer, matched, change, consumed);
            return true;
        }

        KamtNode<TValue> child = ChildOf(ref pointer, depth);
        if (!Set(child, change, consumed, depth + 1 + (matched / options.BitWidth)))
        {
            return false;
        }

        pointer.Link = default;
        return true;
    }

    private KamtPointer<TValue> PointerTo(Assignment change, int consumed, int depth)
    {
        if (depth >= options.DataDepthMin)
        {
            return new() { Bucket = [change.Entry] };
        }

        KamtNode<TValue> child = new();
        _ = Set(child, change, consumed, depth + 1);
        return new() { Child = child };
    }

    private bool SetInBucket(
        ref KamtPointer<TValue> pointer, Assignment change, int consumed, int depth)
    {
        TreeEntry<TValue>[] bucket = pointer.Bucket!;
        int at = Bucket.Find(bucket, change.Key, out bool found);
        if (found)
        {
            // Quirk: an equal value is no change, so that nothing is written for it.
            if (!change.Overwrites
                || EqualityComparer<TValue>.Default.Equals(bucket[at].Value, change.Value))
            {
                return false;
            }

            bucket[at] = bucket[at] with { Value = change.Value };
            return true;
        }

        if (bucket.Length < options.BucketSize)
        {
            pointer.Bucket = ArraySplice.Insert(bucket, at, change.Entry);
            return true;
        }

        PathExtension extension = PathExtension.Shared(
            change.Key, bucket, ref consumed, options.BitWidth);
        LevelsPassed += 1 + (extension.Length / options.BitWidth);
        int below = depth + 1 + (extension.Length / options.BitWidth);
        KamtNode<TValue> child = new();
        _ = Set(child, change, consumed, below);
        foreach (TreeEntry<TValue> entry in bucket)
        {
            _ = Set(child, new Assignment(entry.Key, entry.Value, true), consumed, below);
        }

        pointer = new() { Child = child, Extension = extension };
        return true;
    }

    /// <summary>Puts a node where a key leaves the way to a child; the child is not read.</summary>
    private void Split(
        ref KamtPointer<TValue> pointer, int matched, Assignment change, int consumed)
    {
        int width = options.BitWidth;
        PathExtension extension = pointer.Extension;
        int left = extension.Length - matched - width;
        KamtNode<TValue> midway = new();
        midway.Insert(
            extension.SlotAt(matched, width),
            pointer with { Extension = extension.Slice(matched + width, left) });
        midway.Insert(
            PathBits.Next(change.Key, ref consumed, width), new() { Bucket = [change.Entry] });
        pointer = new() { Child = midway, Extension = extension.Slice(0, matched) };
    }

    private bool Delete(
        KamtNode<TValue> node, Removal removal, [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        int consumed = removal.Consumed;
        int slot = PathBits.Next(removal.Key, ref consumed, options.BitWidth);
        if (!node.Bitmap[slot])
        {
            return false;
        }

        ref KamtPointer<TValue> pointer = ref node.At(slot);
        if (pointer.Bucket is not null)
        {
            return DeleteInBucket(node, slot, removal.Key, out value);
        }

        int matched = pointer.Extension.Match(removal.Key, ref consumed, options.BitWidth);
        LevelsPassed += 1 + (matched / options.BitWidth);
        if (matched < pointer.Extension.Length)
        {
            return false;
        }

        KamtNode<TValue> child = ChildOf(ref pointer, removal.Depth);
        int below = removal.Depth + 1 + (matched / options.BitWidth);
        if (!Delete(child, new Removal(removal.Key, consumed, below), out value))
        {
            return false;
        }

        pointer.Link = default;
        if (child.Pointers.Length == 0 && removal.Depth < options.DataDepthMin)
        {
            node.Remove(slot);
        }
        else
        {
            Collapse(ref pointer, child, removal.Depth);
        }

        return true;
    }

    private static bool DeleteInBucket(
        KamtNode<TValue> node,
        int slot,
        ReadOnlySpan<byte> key,
        [MaybeNullWhen(false)] out TValue value)
    {
        ref KamtPointer<TValue> pointer = ref node.At(slot);
        TreeEntry<TValue>[] bucket = pointer.Bucket!;
        int at = Bucket.Find(bucket, key, out bool found);
        if (!found)
        {
            value = default;
            return false;
        }

        value = bucket[at].Value;
        if (bucket.Length == 1)
        {
            node.Remove(slot);
        }
        else
        {
            pointer.Bucket = ArraySplice.RemoveAt(bucket, at);
        }

        return true;
    }

    /// <summary>Pulls a small child up, so that content alone decides the shape.</summary>
    private void Collapse(ref KamtPointer<TValue> pointer, KamtNode<TValue> child, int depth)
    {
        KamtPointer<TValue>[] pointers = child.Pointers;
        if (pointers.Length == 0)
        {
            throw IpldException.OutOfRange("a KAMT node below the root became empty");
        }

        if (depth < options.DataDepthMin)
        {
            return;
        }

        if (pointers is [{ Bucket: null }])
        {
            PathExtension extension = pointer.Extension.Join(
                child.Bitmap.First, options.BitWidth, pointers[0].Extension);
            pointer = pointers[0] with { Extension = extension };
            return;
        }

        List<TreeEntry<TValue>> entries = [];
        foreach (ref readonly KamtPointer<TValue> below in pointers.AsSpan())
        {
            if (below.Bucket is null)
            {
                return;
            }

            entries.AddRange(below.Bucket);
        }

        if (entries.Count <= options.BucketSize)
        {
            pointer = new() { Bucket = Bucket.Of(entries) };
        }
    }

    /// <summary>What to set.</summary>
    private readonly ref struct Assignment(ReadOnlySpan<byte> key, TValue value, bool overwrites)
    {
        internal ReadOnlySpan<byte> Key { get; } = key;

        internal TValue Value { get; } = value;

        internal bool Overwrites { get; } = overwrites;

        internal TreeEntry<TValue> Entry => new(Key.ToArray(), Value);
    }

    /// <summary>What to delete below a node, and where the node is.</summary>
    private readonly ref struct Removal(ReadOnlySpan<byte> key, int consumed, int depth)
    {
        internal ReadOnlySpan<byte> Key { get; } = key;

        /// <summary>Bits of the key above the node.</summary>
        internal int Consumed { get; } = consumed;

        /// <summary>Levels above the node.</summary>
        internal int Depth { get; } = depth;
    }
}
