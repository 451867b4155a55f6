using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>A CAR is read block by block; what was read is written as another CAR.</summary>
public static class CarTarget
{
    public static IEnumerable<byte[]> Seeds()
    {
        byte[][] blocks = [[0x80], "raw block"u8.ToArray(), []];
        Cid[] cids =
        [
            Cid.Of(Codec.DagCbor, blocks[0]),
            Cid.Of(Codec.Raw, blocks[1]),
            Cid.Create(Codec.Raw, Multihash.Identity, blocks[2]),
        ];
        for (int count = 1; count <= blocks.Length; count++)
        {
            using MemoryStream stream = new();
            CarWriter writer = new(stream, cids.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                writer.Write(cids[i], blocks[i]);
            }

            yield return stream.ToArray();
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        using MemoryStream stream = new();
        int count = 0;
        CarReader reader;
        try
        {
            reader = new(input.ToArray());
            CarWriter writer = new(stream, [.. reader.Roots]);
            while (reader.TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
            {
                writer.Write(cid, block.Span);
                count++;
            }
        }
        catch (CarException refusal)
        {
            Claim.Holds(
                refusal.Offset >= 0 && refusal.Offset <= input.Length, "outside the input");
            return Outcome.Refused(refusal.Message.Split(" that is not ")[0]);
        }

        CarReader again = new(stream.ToArray());
        Claim.Holds(again.Roots.SequenceEqual(reader.Roots), "other roots");
        MemoryBlockstore store = new();
        again.CopyTo(store);
        Claim.Holds(store.Count <= count, "more blocks than were written");
        return Outcome.Accepted($"roots {Outcome.Size(reader.Roots.Count)} blocks {count}");
    }
}
