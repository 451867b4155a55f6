namespace Filecoin.Vm;

/// <summary>The block that a state's root CID names: <c>[version, actors, info]</c>.</summary>
/// <remarks>Spec: message-execution 3.1.</remarks>
internal readonly record struct StateRoot(ulong Version, Cid Actors, Cid Info)
{
    public static StateRoot Load(IBlockstore store, Cid root)
    {
        if (!store.TryGet(root, out ReadOnlyMemory<byte> block))
        {
            throw new FatalException($"no state {root} in the store");
        }

        CborReader reader = new(block.Span);
        return reader.TryReadArrayOf(3)
            && reader.TryReadUInt64(out ulong version)
            && reader.TryReadCid(out Cid actors)
            && reader.TryReadCid(out Cid info)
            && reader.TryEnd()
            ? new(version, actors, info)
            : throw new FatalException($"state {root} is malformed: {reader.Error}");
    }

    public Cid Save(IBlockstore store)
    {
        CborWriter writer = new(128);
        writer.WriteArrayHeader(3);
        writer.WriteUInt64(Version);
        writer.WriteCid(Actors);
        writer.WriteCid(Info);
        byte[] block = writer.ToArray();
        writer.Dispose();
        return store.Put(Codec.DagCbor, block);
    }
}
