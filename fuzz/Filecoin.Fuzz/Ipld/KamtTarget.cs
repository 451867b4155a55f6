using Filecoin.Ipld;

namespace Filecoin.Fuzz.Ipld;

/// <summary>Storages of hostile blocks: read, changed and written, or refused.</summary>
public static class KamtTarget
{
    private const int KeysMax = 8;

    private static readonly KamtOptions[] Options =
        [KamtOptions.ContractStorage, new(8, 3), new(1, 3), new(4, 3, 1)];

    private static readonly byte[] Added = [.. new byte[15], 0xa5, .. new byte[16]];

    private static readonly RawCbor Mark = new(new byte[] { 0x43, 1, 2, 3 });

    public static IEnumerable<byte[]> Seeds()
    {
        for (int form = 0; form < Options.Length; form++)
        {
            foreach (int count in (int[])[0, 1, 2, 9, 30])
            {
                MemoryBlockstore store = new();
                Kamt<RawCbor> map = new(store, Options[form]);
                for (int i = 0; i < count; i++)
                {
                    byte[] key = new byte[32];
                    key[i % 3 == 0 ? 31 : i % 32] = (byte)i;
                    map.Set(key, new RawCbor(new byte[] { 0x41, (byte)i }));
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

        KamtOptions options = Options[input[0] % Options.Length];
        BlockList store = new(input[1..]);
        int entries = 0;
        try
        {
            Kamt<RawCbor> map = Kamt<RawCbor>.Load(store, BlockList.First, options);
            List<byte[]> keys = [];
            HashSet<string> names = [];
            foreach ((ReadOnlyMemory<byte> key, RawCbor _) in map.Entries())
            {
                entries++;
                Claim.Holds(key.Length == 32, "a key of another length");
                _ = names.Add(Convert.ToHexString(key.Span));
                if (keys.Count < KeysMax)
                {
                    keys.Add(key.ToArray());
                }
            }

            bool isDistinct = names.Count == entries;
            Check(map, keys, isDistinct);
            Kamt<RawCbor> again = Kamt<RawCbor>.Load(store, map.Flush(), options);
            Claim.Holds(
                again.TryGet(Added, out RawCbor kept) && kept == Mark, "a written key is lost");
            return Outcome.Accepted($"{options.BitWidth} entries {Outcome.Size(entries)}");
        }
        catch (IpldException refusal)
        {
            return Outcome.Refused($"after {entries != 0} {BlockList.Reason(refusal)}");
        }
    }

    private static void Check(Kamt<RawCbor> map, List<byte[]> keys, bool isDistinct)
    {
        map.Set(Added, Mark);
        foreach (byte[] key in keys)
        {
            // A hostile node has keys where no way leads, and keys that are elsewhere again.
            if (map.TryGet(key, out RawCbor value) && !key.AsSpan().SequenceEqual(Added))
            {
                map.Set(key, Mark);
                Claim.Holds(map.Delete(key, out RawCbor old) && old == Mark, "not deleted");
                Claim.Holds(!isDistinct || !map.Has(key), "a deleted key is there");
                map.Set(key, value);
            }
        }
    }
}
