using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <content>Setting and deleting below the root.</content>
public sealed partial class Hamt<TValue>
{
    private bool Set(
        HamtNode<TValue> node,
        ReadOnlySpan<byte> hash,
        int consumed,
        int depth,
        ReadOnlySpan<byte> key,
        TValue value,
        bool overwrite)
    {
        var slot = PathBits.Next(hash, ref consumed, options.BitWidth);
        if (!node.Bitmap[slot])
        {
            var entry = new TreeEntry<TValue>(key.ToArray(), value);
            node.Insert(slot, new HamtPointer<TValue> { Bucket = [entry] });
            return true;
        }

        ref var pointer = ref node.At(slot);
        if (pointer.Bucket is not null)
        {
            return SetInBucket(ref pointer, consumed, depth, key, value, overwrite, hash);
        }

        if (!Set(ChildOf(ref pointer, depth), hash, consumed, depth + 1, key, value, overwrite))
        {
            return false;
        }

        pointer.Link = default;
        return true;
    }

    private bool SetInBucket(
        ref HamtPointer<TValue> pointer,
        int consumed,
        int depth,
        ReadOnlySpan<byte> key,
        TValue value,
        bool overwrite,
        ReadOnlySpan<byte> hash)
    {
        var bucket = pointer.Bucket!;
        var at = Bucket.Find(bucket, key, out var found);
        if (found)
        {
            // Quirk: an equal value is no change, so that nothing is written for it.
            if (!overwrite || EqualityComparer<TValue>.Default.Equals(bucket[at].Value, value))
            {
                return false;
            }

            pointer.Bucket = ArraySplice.Replace(bucket, at, bucket[at] with { Value = value });
            return true;
        }

        if (bucket.Length < options.BucketSize)
        {
            var entry = new TreeEntry<TValue>(key.ToArray(), value);
            pointer.Bucket = ArraySplice.Insert(bucket, at, entry);
            return true;
        }

        var child = new HamtNode<TValue>();
        _ = Set(child, hash, consumed, depth + 1, key, value, overwrite);
        foreach (var entry in bucket)
        {
            Move(child, entry, consumed, depth + 1);
        }

        pointer = new HamtPointer<TValue> { Child = child };
        return true;
    }

    private void Move(HamtNode<TValue> target, TreeEntry<TValue> entry, int consumed, int depth)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        Hash(entry.Key, hash);
        _ = Set(target, hash, consumed, depth, entry.Key, entry.Value, true);
    }

    private bool Delete(
        HamtNode<TValue> node,
        ReadOnlySpan<byte> hash,
        int consumed,
        int depth,
        ReadOnlySpan<byte> key,
        [MaybeNullWhen(false)] out TValue value)
    {
        value = default;
        var slot = PathBits.Next(hash, ref consumed, options.BitWidth);
        if (!node.Bitmap[slot])
        {
            return false;
        }

        ref var pointer = ref node.At(slot);
        if (pointer.Bucket is { } bucket)
        {
            var at = Bucket.Find(bucket, key, out var found);
            if (!found)
            {
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

        var child = ChildOf(ref pointer, depth);
        if (!Delete(child, hash, consumed, depth + 1, key, out value))
        {
            return false;
        }

        pointer.Link = default;
        Collapse(ref pointer, child);
        return true;
    }

    /// <summary>Pulls a small child up, so that content alone decides the shape.</summary>
    private void Collapse(ref HamtPointer<TValue> pointer, HamtNode<TValue> child)
    {
        var pointers = child.Pointers;
        if (pointers.Length == 0)
        {
            throw IpldException.OutOfRange("a HAMT node below the root became empty");
        }

        if (pointers.Length > options.BucketSize)
        {
            return;
        }

        List<TreeEntry<TValue>> entries = [];
        foreach (ref readonly HamtPointer<TValue> below in pointers.AsSpan())
        {
            if (below.Bucket is null)
            {
                return;
            }

            entries.AddRange(below.Bucket);
        }

        if (entries.Count <= options.BucketSize)
        {
            pointer = new HamtPointer<TValue> { Bucket = Bucket.Of(entries) };
        }
    }
}
