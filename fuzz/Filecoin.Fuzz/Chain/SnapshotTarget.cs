using Filecoin.Chain;
using Filecoin.Ipld;

namespace Filecoin.Fuzz.Chain;

/// <summary>
/// A snapshot of a chain is taken up, or refused with nothing left in the store. An input is a
/// CAR whose CIDs may be those of other bytes: the target names its blocks anew, so that a
/// changed block is not refused for its name alone.
/// </summary>
public static class SnapshotTarget
{
    private const int BlocksMax = 2_000;
    private const int PassesMax = 6;

    private static readonly StoreFamily[] Families = Enum.GetValues<StoreFamily>();

    public static IEnumerable<byte[]> Seeds()
    {
        Blockchain chain = Blockchain.Open(OptionsOf(new MemoryOrderedStore()));
        yield return Export(chain);
        BlockProducer producer = new(chain, () => 0) { Mode = ProductionMode.Manual };
        producer.Mine(nullRounds: 1);
        producer.Mine();
        yield return Export(chain);
    }

    public static Outcome Run(ReadOnlySpan<byte> input)
    {
        using MemoryOrderedStore store = new();
        Tipset head;
        try
        {
            head = ChainSnapshot.Import(
                new MemoryStream(Rename(input)),
                OptionsOf(store),
                new() { BlocksMax = BlocksMax, NullRoundsMax = 3, BlockBytesMax = 1 << 16 });
        }
        catch (SnapshotException refusal)
        {
            foreach (StoreFamily family in Families)
            {
                Claim.Holds(!store.Scan(family).Any(), "a refused snapshot in the store");
            }

            return Outcome.Refused(refusal.Message.Split(" bafy")[0]);
        }

        Blockchain chain = Blockchain.Open(OptionsOf(store));
        Claim.Holds(chain.Head.Equals(head), "another head");
        return Outcome.Accepted($"{Outcome.Size(head.Epoch.Value)} {IsSame(chain)}");
    }

    /// <summary>
    /// Whether the chain can be written, for which older states may be lacking, and is then the
    /// same.
    /// </summary>
    private static bool IsSame(Blockchain chain)
    {
        byte[] car;
        try
        {
            car = Export(chain);
        }
        catch (SnapshotException)
        {
            return false;
        }

        using MemoryOrderedStore store = new();
        Claim.Holds(
            chain.Head.Equals(ChainSnapshot.Import(new MemoryStream(car), OptionsOf(store))),
            "another head after writing and reading");
        return true;
    }

    /// <summary>Gives changed blocks their own CIDs, wherever these are named.</summary>
    internal static byte[] Rename(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        if (!TryReadSections(bytes, out List<(int Cid, int Block, int End)> sections))
        {
            return bytes;
        }

        // Children mostly come behind their parents; some are shared and come before.
        for (int pass = 0; pass < PassesMax; pass++)
        {
            bool isChanged = false;
            for (int i = sections.Count - 1; i >= 0; i--)
            {
                (int start, int block, int end) = sections[i];
                byte[] old = bytes[start..block];
                Cid named = Cid.TryDecode(old, out Cid read) ? read : default;
                byte[] own = Cid.Of(
                    named.Codec, bytes.AsSpan(block, end - block)).Bytes.ToArray();
                if (own.Length == old.Length && !own.AsSpan().SequenceEqual(old))
                {
                    Replace(bytes, old, own);
                    isChanged = true;
                }
            }

            if (!isChanged)
            {
                break;
            }
        }

        return bytes;
    }

    private static bool TryReadSections(
        byte[] bytes, out List<(int Cid, int Block, int End)> sections)
    {
        sections = [];
        int at = 0;
        for (bool isHeader = true; at < bytes.Length; isHeader = false)
        {
            if (!Varint.TryRead(bytes.AsSpan(at), out ulong length, out int size)
                || length > (ulong)(bytes.Length - at - size))
            {
                return false;
            }

            int start = at + size;
            at = start + (int)length;
            if (!isHeader)
            {
                if (!Cid.TryRead(bytes.AsSpan(start, (int)length), out _, out int consumed))
                {
                    return false;
                }

                sections.Add((start, start + consumed, at));
            }
        }

        return sections.Count <= BlocksMax;
    }

    private static void Replace(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> own)
    {
        for (int at = 0; ;)
        {
            int next = bytes.AsSpan(at).IndexOf(old);
            if (next < 0)
            {
                return;
            }

            own.CopyTo(bytes.AsSpan(at + next));
            at += next + own.Length;
        }
    }

    private static byte[] Export(Blockchain chain)
    {
        using MemoryStream stream = new();
        ChainSnapshot.Export(chain.Store, chain.Head, 100, stream);
        return stream.ToArray();
    }

    private static BlockchainOptions OptionsOf(MemoryOrderedStore store) => new()
    {
        Store = store,
        Machines = NativeMachines.Open,
        BuildGenesis = new GenesisState().Build,
        GenesisTimestamp = 1_700_000_000,
    };
}
