namespace Filecoin.Ipld;

/// <summary>Reads and writes KAMT nodes.</summary>
/// <remarks>
/// Spec: ref-fvm ipld/kamt/src/node.rs (load) and pointer.rs. Only an actor has such trees, so that
/// all passes that actors let pass.
/// </remarks>
internal static class KamtCodec<TValue>
    where TValue : ICbor<TValue>
{
    internal static KamtNode<TValue> Load(
        IBlockstore store, Cid cid, in KamtOptions options, int depth)
    {
        TreeBlock.Require(cid, depth, options.BitWidth);
        ReadOnlyMemory<byte> block = TreeBlock.Get(store, cid);
        CborReader reader = CborReader.Lenient(block.Span);
        KamtNode<TValue> node = new();
        if (!TryRead(ref reader, node, options, depth))
        {
            throw IpldException.Malformed(cid, $"KAMT node: {reader.Error}");
        }

        // Only the root may be empty.
        return node.Pointers.Length == 0 && depth != 0
            ? throw IpldException.Malformed(cid, "a KAMT node below the root is empty")
            : node;
    }

    internal static void Write(ref CborWriter writer, KamtNode<TValue> node)
    {
        node.WriteHead(ref writer);
        foreach (ref readonly KamtPointer<TValue> pointer in node.Pointers.AsSpan())
        {
            writer.WriteMapHeader(1);
            if (pointer.Bucket is null)
            {
                writer.WriteText("l");
                writer.WriteArrayHeader(3);
                writer.WriteCid(pointer.Link);
                pointer.Extension.WriteTo(ref writer);
                continue;
            }

            writer.WriteText("v");
            writer.WriteArrayHeader(pointer.Bucket.Length);
            foreach (ref readonly TreeEntry<TValue> entry in pointer.Bucket.AsSpan())
            {
                writer.WriteArrayHeader(2);
                KamtKey.Write(ref writer, entry.Key);
                entry.Value.WriteTo(ref writer);
            }
        }
    }

    private static bool TryRead(
        ref CborReader reader, KamtNode<TValue> node, in KamtOptions options, int depth)
    {
        if (!node.TryReadHead(ref reader, options.BitWidth))
        {
            return false;
        }

        foreach (ref KamtPointer<TValue> pointer in node.Pointers.AsSpan())
        {
            int start = reader.Position;
            if (!reader.TryReadMapHeader(out int count) || !reader.TryReadText(out string kind))
            {
                return false;
            }

            bool isRead = (count, kind) switch
            {
                (1, "v") when depth >= options.DataDepthMin =>
                    TryReadBucket(ref reader, ref pointer, options),
                (1, "l") => TryReadLink(ref reader, ref pointer, options, depth),
                _ => reader.FailAt(CborErrorKind.InvalidValue, start),
            };
            if (!isRead)
            {
                return false;
            }
        }

        return reader.TryEnd();
    }

    private static bool TryReadLink(
        ref CborReader reader, ref KamtPointer<TValue> pointer, in KamtOptions options, int depth)
    {
        if (!reader.TryReadArrayOf(3))
        {
            return false;
        }

        int start = reader.Position;
        if (!reader.TryReadCid(out pointer.Link))
        {
            return false;
        }

        return pointer.Link.Codec == Codec.DagCbor
            ? PathExtension.TryRead(
                ref reader,
                (depth + 1) * options.BitWidth,
                options.BitWidth,
                out pointer.Extension)
            : reader.FailAt(CborErrorKind.InvalidCid, start);
    }

    private static bool TryReadBucket(
        ref CborReader reader, ref KamtPointer<TValue> pointer, in KamtOptions options)
    {
        int start = reader.Position;
        if (!reader.TryReadArrayHeader(out int count))
        {
            return false;
        }

        if (count == 0 || count > options.BucketSize)
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        TreeEntry<TValue>[] bucket = new TreeEntry<TValue>[count];
        for (int i = 0; i < count; i++)
        {
            int at = reader.Position;
            if (!reader.TryReadArrayOf(2)
                || !KamtKey.TryRead(ref reader, out byte[] key)
                || !TValue.TryRead(ref reader, out TValue? value))
            {
                return reader.Fail(CborErrorKind.InvalidValue);
            }

            if (i > 0 && bucket[i - 1].Key.AsSpan().SequenceCompareTo(key) >= 0)
            {
                return reader.FailAt(CborErrorKind.InvalidValue, at);
            }

            bucket[i] = new(key, value);
        }

        pointer.Bucket = bucket;
        return true;
    }
}
