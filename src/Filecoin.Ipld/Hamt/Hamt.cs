using System.Diagnostics.CodeAnalysis;
using Filecoin.Crypto;

namespace Filecoin.Ipld;

/// <summary>A map from byte strings to values, kept as a tree of blocks.</summary>
/// <remarks>
/// Spec: ref-fvm ipld/hamt. Nodes are read when first needed and kept decoded; changes are
/// written by <see cref="Flush()"/> alone. The root CID depends on the content only.
/// Errors: every member may throw <see cref="IpldException"/>, a node is missing or malformed.
/// </remarks>
public sealed partial class Hamt<TValue>
    where TValue : ICbor<TValue>
{
    private const int HashLength = 32;

    private readonly IBlockstore store;
    private readonly HamtOptions options;
    private HamtNode<TValue> root;
    private Cid flushed;

    /// <summary>An empty map.</summary>
    public Hamt(IBlockstore store, HamtOptions options)
        : this(store, options, new HamtNode<TValue>(), default)
    {
    }

    private Hamt(IBlockstore store, HamtOptions options, HamtNode<TValue> root, Cid flushed) =>
        (this.store, this.options, this.root, this.flushed) = (store, options, root, flushed);

    /// <summary>Opens a map; the root is read at once.</summary>
    public static Hamt<TValue> Load(IBlockstore store, Cid root, HamtOptions options) =>
        new(store, options, HamtCodec<TValue>.Load(store, root, options, 0), root);

    /// <summary>Whether the map has no entries.</summary>
    public bool IsEmpty => root.Pointers.Length == 0;

    /// <summary>Gets the value of a key.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        Hash(key, hash);
        var node = root;
        for (int depth = 0, consumed = 0; ; depth++)
        {
            var slot = PathBits.Next(hash, ref consumed, options.BitWidth);
            if (!node.Bitmap[slot])
            {
                value = default;
                return false;
            }

            ref var pointer = ref node.At(slot);
            if (pointer.Bucket is { } bucket)
            {
                var at = Bucket.Find(bucket, key, out var found);
                value = found ? bucket[at].Value : default;
                return found;
            }

            node = ChildOf(ref pointer, depth);
        }
    }

    /// <summary>Whether the map has the key.</summary>
    public bool Has(ReadOnlySpan<byte> key) => TryGet(key, out _);

    /// <summary>Sets the value of a key; false when it had an equal value already.</summary>
    public bool Set(ReadOnlySpan<byte> key, TValue value) => Set(key, value, true);

    /// <summary>Sets the value of a key that is absent; false when it is present.</summary>
    public bool SetIfAbsent(ReadOnlySpan<byte> key, TValue value) => Set(key, value, false);

    /// <summary>Deletes a key; false when it was absent.</summary>
    public bool Delete(ReadOnlySpan<byte> key) => Delete(key, out _);

    /// <summary>Deletes a key and gives its last value; false when it was absent.</summary>
    public bool Delete(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        Hash(key, hash);
        if (!Delete(root, hash, 0, 0, key, out value))
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
            root = new HamtNode<TValue>();
            flushed = default;
        }
    }

    /// <summary>Writes what has changed, children first, and returns the root.</summary>
    public Cid Flush()
    {
        if (!flushed.IsDefined)
        {
            var writer = new CborWriter(1024);
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

    private Cid Flush(HamtNode<TValue> node, ref CborWriter writer)
    {
        foreach (ref var pointer in node.Pointers.AsSpan())
        {
            if (pointer.IsDirty)
            {
                pointer.Link = Flush(pointer.Child!, ref writer);
            }
        }

        writer.Clear();
        HamtCodec<TValue>.Write(ref writer, node, options);
        Cid cid = store.Put(Codec.DagCbor, writer.ToArray());
        HamtCodec<TValue>.Keep(store, cid, options, node);
        return cid;
    }

    private bool Set(ReadOnlySpan<byte> key, TValue value, bool overwrite)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        Hash(key, hash);
        if (!Set(root, hash, 0, 0, key, value, overwrite))
        {
            return false;
        }

        flushed = default;
        return true;
    }

    private HamtNode<TValue> ChildOf(ref HamtPointer<TValue> pointer, int depth) =>
        pointer.Child ??= HamtCodec<TValue>.Load(store, pointer.Link, options, depth + 1);

    private void Hash(ReadOnlySpan<byte> key, Span<byte> hash)
    {
        if (options.Hasher is { } hasher)
        {
            hasher.HashKey(key, hash);
            return;
        }

        if (options.Hash == HamtHash.Sha256)
        {
            Sha256.Hash(key, hash);
            return;
        }

        hash.Clear();
        key[..Math.Min(key.Length, HashLength)].CopyTo(hash);
    }
}
