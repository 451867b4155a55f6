namespace Filecoin.Ipld;

/// <summary>Reads and writes HAMT nodes.</summary>
/// <remarks>Spec: ref-fvm ipld/hamt/src/node.rs (load) and pointer.rs.</remarks>
internal static class HamtCodec<TValue>
    where TValue : ICbor<TValue>
{
    /// <summary>Bits of a number in the actors' Wasm.</summary>
    private const int WordBits = 32;

    internal static HamtNode<TValue> Load(
        IBlockstore store, Cid cid, in HamtOptions options, int depth)
    {
        TreeBlock.Require(cid, depth, options.BitWidth);
        if (store.Nodes?.Get<TValue>(cid, options) is { } known)
        {
            return known.Copy();
        }

        ReadOnlyMemory<byte> block = TreeBlock.Get(store, cid);
        var reader = CborReader.For(block.Span, options.IsLenient);
        var node = new HamtNode<TValue>();
        if (!TryRead(ref reader, node, options))
        {
            throw IpldException.Malformed(cid, $"HAMT node: {reader.Error}");
        }

        // Quirk: the reference asks for 2^width pointers at most and does not count that far.
        if (options.BitWidth >= WordBits)
        {
            throw IpldException.Panic($"a HAMT node of {options.BitWidth} bits");
        }

        // Only the root may be empty.
        if (node.Pointers.Length == 0 && depth != 0)
        {
            throw IpldException.Malformed(cid, "a HAMT node below the root is empty");
        }

        Keep(store, cid, options, node);
        return node;
    }

    /// <summary>Keeps what a node is now for whoever opens it next.</summary>
    internal static void Keep(
        IBlockstore store, Cid cid, in HamtOptions options, HamtNode<TValue> node)
    {
        if (node.Pointers.Length > 0)
        {
            store.Nodes?.Put(cid, options, node.Copy());
        }
    }

    internal static void Write(
        ref CborWriter writer, HamtNode<TValue> node, in HamtOptions options)
    {
        node.WriteHead(ref writer);
        foreach (ref readonly var pointer in node.Pointers.AsSpan())
        {
            if (options.Format == HamtFormat.V0)
            {
                writer.WriteMapHeader(1);
                writer.WriteText(pointer.Bucket is null ? "0" : "1");
            }

            if (pointer.Bucket is null)
            {
                writer.WriteCid(pointer.Link);
                continue;
            }

            writer.WriteArrayHeader(pointer.Bucket.Length);
            foreach (ref readonly var entry in pointer.Bucket.AsSpan())
            {
                writer.WriteArrayHeader(2);
                writer.WriteBytes(entry.Key);
                entry.Value.WriteTo(ref writer);
            }
        }
    }

    private static bool TryRead(
        ref CborReader reader, HamtNode<TValue> node, in HamtOptions options)
    {
        if (!node.TryReadHead(ref reader, options.BitWidth))
        {
            return false;
        }

        reader.BeStrict();
        foreach (ref var pointer in node.Pointers.AsSpan())
        {
            var read = options.Format == HamtFormat.V0
                ? TryReadV0(ref reader, ref pointer, options)
                : TryReadV3(ref reader, ref pointer, options);
            if (!read)
            {
                return false;
            }
        }

        return reader.TryEnd();
    }

    private static bool TryReadV3(
        ref CborReader reader, ref HamtPointer<TValue> pointer, in HamtOptions options) =>
        reader.TryPeekMajor(out var major) && major == CborMajor.Tag
            ? TryReadLink(ref reader, ref pointer)
            : TryReadBucket(ref reader, ref pointer, options);

    private static bool TryReadV0(
        ref CborReader reader, ref HamtPointer<TValue> pointer, in HamtOptions options)
    {
        var start = reader.Position;
        if (!reader.TryReadMapHeader(out var count) || !reader.TryReadText(out var key))
        {
            return false;
        }

        return (count, key) switch
        {
            (1, "0") => TryReadLink(ref reader, ref pointer),
            (1, "1") => TryReadBucket(ref reader, ref pointer, options),
            _ => reader.FailAt(CborErrorKind.InvalidValue, start),
        };
    }

    private static bool TryReadLink(ref CborReader reader, ref HamtPointer<TValue> pointer)
    {
        var start = reader.Position;
        return reader.TryReadCid(out pointer.Link)
            && (pointer.Link.Codec == Codec.DagCbor
                || reader.FailAt(CborErrorKind.InvalidCid, start));
    }

    private static bool TryReadBucket(
        ref CborReader reader, ref HamtPointer<TValue> pointer, in HamtOptions options)
    {
        var start = reader.Position;
        if (!reader.TryReadArrayHeader(out var count))
        {
            return false;
        }

        if (count == 0 || count > options.BucketSize)
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        var bucket = new TreeEntry<TValue>[count];
        for (var i = 0; i < count; i++)
        {
            var at = reader.Position;
            if (!reader.TryReadArrayOf(2)
                || !reader.TryReadBytes(out var key)
                || !TValue.TryRead(ref reader, out var value))
            {
                return reader.Fail(CborErrorKind.InvalidValue);
            }

            if (i > 0 && bucket[i - 1].Key.AsSpan().SequenceCompareTo(key) >= 0)
            {
                return reader.FailAt(CborErrorKind.InvalidValue, at);
            }

            bucket[i] = new TreeEntry<TValue>(key.ToArray(), value);
        }

        pointer.Bucket = bucket;
        return true;
    }
}
