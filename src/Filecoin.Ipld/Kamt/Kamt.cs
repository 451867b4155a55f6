using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Ipld;

/// <summary>A map from 256-bit numbers to values, kept as a tree of blocks.</summary>
/// <remarks>
/// Spec: ref-fvm ipld/kamt; hamt-amt-kamt 4. Like a HAMT without hashing; levels that all keys
/// below pass alike are skipped. Keys are 32 bytes, big-endian. Nodes are read when first needed
/// and kept decoded; changes are written by <see cref="Flush()"/> alone. The root CID depends on
/// the content only.
/// Errors: every member may throw <see cref="IpldException"/>, a node is missing or malformed.
/// </remarks>
public sealed partial class Kamt<TValue>
    where TValue : ICbor<TValue>
{
    private readonly IBlockstore store;
    private readonly KamtOptions options;
    private KamtNode<TValue> root;
    private Cid flushed;

    /// <summary>An empty map.</summary>
    public Kamt(IBlockstore store, KamtOptions options)
        : this(store, options, new KamtNode<TValue>(), default)
    {
    }

    private Kamt(IBlockstore store, KamtOptions options, KamtNode<TValue> root, Cid flushed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BitWidth, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BitWidth, 8, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BucketSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.DataDepthMin, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
            (long)options.DataDepthMin * options.BitWidth, 8 * KamtKey.Length, nameof(options));
        (this.store, this.options, this.root, this.flushed) = (store, options, root, flushed);
    }

    /// <summary>Opens a map; the root is read at once.</summary>
    public static Kamt<TValue> Load(IBlockstore store, Cid root, KamtOptions options) =>
        new(store, options, KamtCodec<TValue>.Load(store, root, options, 0), root);

    /// <summary>
    /// How many levels keys have been led down so far, with those that extensions skip.
    /// </summary>
    public long LevelsPassed { get; private set; }

    /// <summary>Whether the map has no entries.</summary>
    public bool IsEmpty => root.Pointers.Length == 0;

    /// <summary>Gets the value of a key.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        CheckKey(key);
        KamtNode<TValue> node = root;
        value = default;
        for (int depth = 0, consumed = 0; ; depth++)
        {
            int slot = PathBits.Next(key, ref consumed, options.BitWidth);
            if (!node.Bitmap[slot])
            {
                return false;
            }

            ref KamtPointer<TValue> pointer = ref node.At(slot);
            if (pointer.Bucket is { } bucket)
            {
                int at = Bucket.Find(bucket, key, out bool found);
                value = found ? bucket[at].Value : default;
                return found;
            }

            // Quirk: the child is read before the key is compared with the way to it.
            node = ChildOf(ref pointer, depth);
            int matched = pointer.Extension.Match(key, ref consumed, options.BitWidth);
            LevelsPassed += 1 + (matched / options.BitWidth);
            if (matched < pointer.Extension.Length)
            {
                return false;
            }
        }
    }

    /// <summary>Whether the map has the key.</summary>
    public bool Has(ReadOnlySpan<byte> key) => TryGet(key, out _);

    /// <summary>Sets the value of a key; false when it had an equal value already.</summary>
    public bool Set(ReadOnlySpan<byte> key, TValue value) =>
        Set(new Assignment(key, value, true));

    /// <summary>Sets the value of a key that is absent; false when it is present.</summary>
    public bool SetIfAbsent(ReadOnlySpan<byte> key, TValue value) =>
        Set(new Assignment(key, value, false));

    /// <summary>Deletes a key; false when it was absent.</summary>
    public bool Delete(ReadOnlySpan<byte> key) => Delete(key, out _);

    /// <summary>Deletes a key and gives its last value; false when it was absent.</summary>
    public bool Delete(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        CheckKey(key);
        if (!Delete(root, new Removal(key, 0, 0), out value))
        {
            return false;
        }

        flushed = default;
        return true;
    }

    /// <summary>Removes every entry.</summary>
    public void Clear()
    {
        if (!IsEmpty)
        {
            root = new KamtNode<TValue>();
            flushed = default;
        }
    }

    /// <summary>The entries, ascending by key; nodes read are kept.</summary>
    public IEnumerable<KeyValuePair<ReadOnlyMemory<byte>, TValue>> Entries()
    {
        Stack<(KamtNode<TValue> Node, int Next)> path = new();
        path.Push((root, 0));
        while (path.TryPop(out (KamtNode<TValue> Node, int Next) at))
        {
            if (at.Next == at.Node.Pointers.Length)
            {
                continue;
            }

            path.Push((at.Node, at.Next + 1));
            if (at.Node.Pointers[at.Next].Bucket is { } bucket)
            {
                foreach (TreeEntry<TValue> entry in bucket)
                {
                    yield return new(entry.Key, entry.Value);
                }
            }
            else
            {
                path.Push((ChildOf(ref at.Node.Pointers[at.Next], path.Count - 1), 0));
            }
        }
    }

    /// <summary>Writes what has changed, children first, and returns the root.</summary>
    public Cid Flush()
    {
        if (!flushed.IsDefined)
        {
            CborWriter writer = new(1024);
            try
            {
                flushed = Flush(root, ref writer);
            }
            finally
            {
                writer.Dispose();
            }
        }

        return flushed;
    }

    private Cid Flush(KamtNode<TValue> node, ref CborWriter writer)
    {
        foreach (ref KamtPointer<TValue> pointer in node.Pointers.AsSpan())
        {
            if (pointer.IsDirty)
            {
                pointer.Link = Flush(pointer.Child!, ref writer);
            }
        }

        writer.Clear();
        KamtCodec<TValue>.Write(ref writer, node);
        return store.Put(Codec.DagCbor, writer.ToArray());
    }

    private bool Set(Assignment change)
    {
        CheckKey(change.Key);
        if (!Set(root, change, 0, 0))
        {
            return false;
        }

        flushed = default;
        return true;
    }

    private KamtNode<TValue> ChildOf(ref KamtPointer<TValue> pointer, int depth) =>
        pointer.Child ??= KamtCodec<TValue>.Load(store, pointer.Link, options, depth + 1);

    private static void CheckKey(ReadOnlySpan<byte> key) =>
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KamtKey.Length, nameof(key));
}
