using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>
/// A store of hostile blocks. An input is a list of blocks, each behind its length; the first
/// names the others by their places, so that a block can change and still be found.
/// </summary>
/// <remarks>
/// Blocks may name each other in a circle, which hashes forbid; the number of reads is bounded.
/// </remarks>
public sealed class BlockList : IBlockstore
{
    private const int BlocksMax = 250;

    private readonly List<ReadOnlyMemory<byte>> blocks = [];
    private readonly MemoryBlockstore written = new();
    private int readsLeft;

    public BlockList(ReadOnlySpan<byte> input, int readsMax = 2_000)
    {
        readsLeft = readsMax;
        while (blocks.Count < BlocksMax
            && Varint.TryRead(input, out ulong length, out int consumed))
        {
            input = input[consumed..];
            int taken = (int)ulong.Min(length, (ulong)input.Length);
            blocks.Add(input[..taken].ToArray());
            input = input[taken..];
        }
    }

    /// <summary>The first block.</summary>
    public static Cid First { get; } = At(0);

    public static Cid At(int place, ulong codec = Codec.DagCbor) =>
        Cid.Create(codec, Multihash.Identity, [(byte)place]);

    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        block = default;
        if (readsLeft-- <= 0)
        {
            return false;
        }

        if (cid.HashFunction == Multihash.Identity && cid.Digest.Length == 1)
        {
            int place = cid.Digest[0];
            block = place < blocks.Count ? blocks[place] : default;
            return place < blocks.Count;
        }

        return written.TryGet(cid, out block);
    }

    public bool Has(Cid cid) => TryGet(cid, out _);

    public void Put(Cid cid, ReadOnlyMemory<byte> block) => written.Put(cid, block);

    /// <summary>What a refusal says apart from the block's name.</summary>
    public static string Reason(IpldException refusal)
    {
        int colon = refusal.Message.LastIndexOf(':');
        return $"{refusal.Failure} {(colon < 0 ? "" : refusal.Message[colon..])}";
    }

    /// <summary>An input of all blocks that a root reaches in a store.</summary>
    public static byte[] Of(IBlockstore store, Cid root)
    {
        List<Cid> order = [root];
        Dictionary<Cid, int> places = new() { [root] = 0 };
        List<byte> input = [];
        Span<byte> length = stackalloc byte[Varint.LengthMax];
        for (int i = 0; i < order.Count; i++)
        {
            _ = store.TryGet(order[i], out ReadOnlyMemory<byte> block);
            byte[] named = order[i].Codec == Codec.DagCbor
                ? Rename(block.Span, store, order, places)
                : block.ToArray();
            input.AddRange(length[..Varint.Write(length, (ulong)named.Length)]);
            input.AddRange(named);
        }

        return [.. input];
    }

    /// <summary>The block with its links replaced by the places of what they name.</summary>
    private static byte[] Rename(
        ReadOnlySpan<byte> block, IBlockstore store, List<Cid> order, Dictionary<Cid, int> places)
    {
        CborReader reader = new(block);
        CborWriter writer = new(block.Length);
        Rename(ref reader, ref writer, store, order, places);
        byte[] renamed = writer.ToArray();
        writer.Dispose();
        return renamed;
    }

    private static void Rename(
        ref CborReader reader,
        ref CborWriter writer,
        IBlockstore store,
        List<Cid> order,
        Dictionary<Cid, int> places)
    {
        int start = reader.Position;
        _ = reader.TryPeekMajor(out CborMajor major);
        int items = 0;
        switch (major)
        {
            case CborMajor.Array when reader.TryReadArrayHeader(out items):
                writer.WriteArrayHeader(items);
                break;
            case CborMajor.Map when reader.TryReadMapHeader(out int entries):
                writer.WriteMapHeader(entries);
                items = 2 * entries;
                break;
            case CborMajor.Tag when reader.TryReadCid(out Cid cid):
                if (!places.TryGetValue(cid, out int place) && store.Has(cid))
                {
                    (place, places[cid]) = (order.Count, order.Count);
                    order.Add(cid);
                }

                writer.WriteCid(places.ContainsKey(cid) ? At(place, cid.Codec) : cid);
                break;
            default:
                _ = reader.TrySkip();
                writer.WriteRaw(reader.Since(start));
                break;
        }

        for (int i = 0; i < items; i++)
        {
            Rename(ref reader, ref writer, store, order, places);
        }
    }
}
