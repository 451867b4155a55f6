using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>Lists of hostile blocks: read, changed and written, or refused.</summary>
public static class AmtTarget
{
    private static readonly ulong[] Indexes =
        [0, 1, 7, 8, 63, 500, 1UL << 33, ulong.MaxValue / 2, Amt<RawCbor>.IndexMax];

    public static IEnumerable<byte[]> Seeds()
    {
        for (int bitWidth = 1; bitWidth <= 8; bitWidth++)
        {
            foreach (AmtFormat format in (AmtFormat[])[AmtFormat.V3, AmtFormat.V0])
            {
                MemoryBlockstore store = new();
                Amt<RawCbor> list = new(store, format == AmtFormat.V0 ? 3 : bitWidth, format);
                for (int i = 0; i < 3 * bitWidth; i++)
                {
                    list.Set(
                        (ulong)(i * i * i * i), new RawCbor(new byte[] { 0x18, (byte)(i + 24) }));
                }

                yield return [(byte)format, .. BlockList.Of(store, list.Flush())];
            }
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return Outcome.Refused("empty");
        }

        AmtFormat format = (AmtFormat)(input[0] % 2);
        BlockList store = new(input[1..]);
        int entries = 0;
        try
        {
            Amt<RawCbor> list = Amt<RawCbor>.Load(store, BlockList.First, format);
            List<ulong> indexes = [];
            list.ForEach((index, _) =>
            {
                entries++;
                Claim.Holds(
                    indexes.Count == 0 || indexes[^1] < index, "indexes are out of order");
                indexes.Add(index);
            });
            int height = list.Height;
            Check(list, store, indexes, format);
            return Outcome.Accepted($"height {height} entries {Outcome.Size(entries)}");
        }
        catch (IpldException refusal)
        {
            return Outcome.Refused($"after {entries != 0} {BlockList.Reason(refusal)}");
        }
    }

    private static void Check(
        Amt<RawCbor> list, BlockList store, List<ulong> indexes, AmtFormat format)
    {
        RawCbor mark = new(new byte[] { 0x43, 1, 2, 3 });
        foreach (ulong index in indexes[..Math.Min(8, indexes.Count)])
        {
            Claim.Holds(list.TryGet(index, out RawCbor value), "a listed index is not there");
            Claim.Holds(list.Delete(index), "a listed index is not deleted");
            Claim.Holds(!list.TryGet(index, out _), "a deleted index is there");
            list.Set(index, value);
        }

        foreach (ulong index in Indexes)
        {
            list.Set(index, mark);
        }

        Amt<RawCbor> again = Amt<RawCbor>.Load(store, list.Flush(), format);
        foreach (ulong index in Indexes)
        {
            Claim.Holds(
                again.TryGet(index, out RawCbor kept) && kept == mark, "a written value is lost");
        }
    }
}
