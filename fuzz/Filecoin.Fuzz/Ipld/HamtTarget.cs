using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>Maps of hostile blocks: read, changed and written, or refused.</summary>
public static class HamtTarget
{
    private const int KeysMax = 8;

    private static readonly HamtOptions[] Options =
    [
        new(5), new(8), new(1), new(3, HamtHash.Identity), new(5, Format: HamtFormat.V0),
    ];

    public static IEnumerable<byte[]> Seeds()
    {
        for (int form = 0; form < Options.Length; form++)
        {
            foreach (int count in (int[])[0, 1, 5, 30])
            {
                MemoryBlockstore store = new();
                Hamt<RawCbor> map = new(store, Options[form]);
                for (int i = 0; i < count; i++)
                {
                    map.Set(
                        [(byte)(i * 37 % 256), (byte)i],
                        new RawCbor(new byte[] { 0x18, (byte)(i + 24) }));
                }

                yield return [(byte)form, .. BlockList.Of(store, map.Flush())];
            }
        }
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return Outcome.Refused("empty");
        }

        HamtOptions options = Options[input[0] % Options.Length];
        BlockList store = new(input[1..]);
        List<byte[]> keys = [];
        int entries = 0;
        try
        {
            Hamt<RawCbor> map = Hamt<RawCbor>.Load(store, BlockList.First, options);
            map.ForEachUncached((key, _) =>
            {
                entries++;
                if (keys.Count < KeysMax)
                {
                    keys.Add(key.ToArray());
                }
            });
            Check(map, store, keys, options, entries);
        }
        catch (IpldException refusal)
        {
            return Outcome.Refused($"after {entries != 0} {BlockList.Reason(refusal)}");
        }

        return Outcome.Accepted(
            $"{options.BitWidth} {options.Format} entries {Outcome.Size(entries)}");
    }

    private static void Check(
        Hamt<RawCbor> map,
        BlockList store,
        List<byte[]> keys,
        HamtOptions options,
        int entries)
    {
        int listed = 0;
        foreach ((ReadOnlyMemory<byte> _, RawCbor _) in map.Entries())
        {
            listed++;
        }

        Claim.Holds(listed == entries, "two ways through the map list differently");
        RawCbor mark = new(new byte[] { 0x43, 1, 2, 3 });
        map.Set("a new key"u8, mark);
        foreach (byte[] key in keys)
        {
            if (map.TryGet(key, out RawCbor value))
            {
                map.Set(key, mark);
                Claim.Holds(map.Delete(key), "a key that is there is not deleted");
                Claim.Holds(!map.Has(key), "a deleted key is there");
                map.Set(key, value);
            }
        }

        Hamt<RawCbor> again = Hamt<RawCbor>.Load(store, map.Flush(), options);
        Claim.Holds(
            again.TryGet("a new key"u8, out RawCbor kept) && kept == mark, "a written key is lost");
    }
}
