using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>The queue against a list of sectors, each with its state and its epoch.</summary>
public sealed class ExpirationQueueTests
{
    private static readonly Quantization Quantization = TestSectors.Shape.Quantization;

    [Fact]
    public void It_holds_each_sector_once_at_its_epoch_with_all_it_counts() =>
        Gen.Select(Gen.Int[0, 6], Gen.Long[0, 20_000], Gen.ULong[1, 255]).Array[500].Sample(
            steps =>
            {
                MemoryRuntime runtime = new();
                Cid root = StateArray<ExpirationSet>.StoreEmpty(runtime, 4);
                SortedDictionary<ulong, Entry> model = [];
                ulong next = 0;
                foreach ((int kind, long epoch, ulong mask) in steps)
                {
                    ExpirationQueue queue = ExpirationQueue.Load(runtime, root, Quantization);
                    Step(queue, model, kind, epoch, mask, ref next);
                    root = queue.Flush();
                    Assert.Equal(Of(model), Read(runtime, root));
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 200);

    [Fact]
    public void A_sector_that_is_not_in_it_cannot_be_moved()
    {
        MemoryRuntime runtime = new();
        ExpirationQueue queue = ExpirationQueue.Load(
            runtime, StateArray<ExpirationSet>.StoreEmpty(runtime, 4), Quantization);
        _ = queue.AddActive([TestSectors.Of(1, 5_000)], TestSectors.Bytes);
        Assert.Throws<ActorAbortException>(
            () => queue.RescheduleAsFaults(
                9_000, [TestSectors.Of(2, 5_000)], TestSectors.Bytes));
        Assert.Throws<ActorAbortException>(
            () => queue.RescheduleRecovered([TestSectors.Of(2, 5_000)], TestSectors.Bytes));
    }

    /// <summary>builtin-actors actors/miner/tests/types_test.rs at v18.0.0.</summary>
    [Theory]
    [InlineData("8640404082404082404040", "8640404082404082404040")]
    [InlineData(
        "85410c411849001bc16d674ec800008242000342000482420005420006",
        "86410c411849001bc16d674ec80000824200034200048242000542000640")]
    [InlineData(
        "86410c411849001bc16d674ec80000824200034200048242000542000649006124fee993bc0000",
        "86410c411849001bc16d674ec80000824200034200048242000542000649006124fee993bc0000")]
    public void A_set_is_written_as_the_reference_does(string read, string written)
    {
        Assert.True(Cbor.TryDecode(
            Convert.FromHexString(read), out ExpirationSet set, out CborError error), $"{error}");
        Assert.Equal(written, Convert.ToHexStringLower(Cbor.Encode(set)));
    }

    private static void Step(
        ExpirationQueue queue,
        SortedDictionary<ulong, Entry> model,
        int kind,
        long epoch,
        ulong mask,
        ref ulong next)
    {
        long rounded = Quantization.Up(epoch);
        Entry[] chosen =
            [.. model.Values.Where(entry => (mask >> (int)(entry.Number % 8) & 1) == 1)];
        Entry[] active = [.. chosen.Where(entry => !entry.IsFaulty)];
        switch (kind)
        {
            case 0:
                SectorOnChainInfo[] added =
                [
                    TestSectors.Of(next++, epoch + 1),
                    TestSectors.Of(next++, epoch + 3_000),
                    TestSectors.Of(next++, epoch + 1),
                ];
                _ = queue.AddActive(added, TestSectors.Bytes);
                Array.ForEach(added, sector => Put(model, new(sector, false, false)));
                break;
            case 1:
                _ = queue.RescheduleAsFaults(epoch, Infos(active), TestSectors.Bytes);
                Array.ForEach(active, entry => Put(model, entry.Failed(rounded)));
                break;
            case 2:
                Entry[] faulty = [.. chosen.Where(entry => entry.IsFaulty)];
                _ = queue.RescheduleRecovered(Infos(faulty), TestSectors.Bytes);
                Array.ForEach(faulty, entry => Put(model, new(entry.Sector, false, false)));
                break;
            case 3:
                (ExpirationSet removed, _) = queue.Remove(
                    Infos(chosen), Faults(model), default, TestSectors.Bytes);
                Assert.Equal((ulong)chosen.Length, removed.Count);
                Array.ForEach(chosen, entry => model.Remove(entry.Number));
                break;
            case 4:
                ExpirationSet popped = queue.PopUntil(epoch);
                Entry[] due = [.. model.Values.Where(entry => entry.Epoch <= epoch)];
                Assert.Equal(Describe(epoch, due), Describe(epoch, popped));
                Array.ForEach(due, entry => model.Remove(entry.Number));
                break;
            case 5:
                FailAll(queue, model, epoch, rounded);
                break;
            default:
                Entry[] onTime = [.. active.Where(entry => !entry.IsEarly)];
                SectorOnChainInfo[] moved =
                    [.. onTime.Select(entry => TestSectors.Of(entry.Number, epoch + 5_000))];
                _ = queue.Replace(Infos(onTime), moved, TestSectors.Bytes);
                Array.ForEach(moved, sector => Put(model, new(sector, false, false)));
                break;
        }
    }

    private static void FailAll(
        ExpirationQueue queue, SortedDictionary<ulong, Entry> model, long epoch, long rounded)
    {
        // A miner's faults never end later than those before them.
        if (model.Values.Any(entry => entry.IsEarly && entry.Epoch > rounded))
        {
            return;
        }

        queue.RescheduleAllAsFaults(epoch);
        foreach (Entry entry in model.Values.ToArray())
        {
            Put(model, entry.Failed(rounded));
        }
    }

    private static void Put(SortedDictionary<ulong, Entry> model, Entry entry) =>
        model[entry.Number] = entry;

    private static List<SectorOnChainInfo> Infos(IEnumerable<Entry> entries) =>
        [.. entries.Select(entry => entry.Sector)];

    private static BitField Faults(SortedDictionary<ulong, Entry> model) =>
        BitField.Of([.. model.Values.Where(entry => entry.IsFaulty).Select(e => e.Number)]);

    private static string Of(SortedDictionary<ulong, Entry> model) => string.Join(
        '\n',
        model.Values.GroupBy(entry => entry.Epoch).OrderBy(group => group.Key)
            .Select(group => Describe(group.Key, [.. group])));

    private static string Read(MemoryRuntime runtime, Cid root) => string.Join(
        '\n',
        Amt<ExpirationSet>.Load(runtime.Memory, root).Entries()
            .Select(pair => Describe((long)pair.Key, pair.Value)));

    private static string Describe(long epoch, Entry[] entries)
    {
        ExpirationSet set = default;
        foreach (Entry entry in entries)
        {
            PowerPair power = PowerPair.Of(TestSectors.Bytes, entry.Sector);
            BitField number = BitField.Of(entry.Number);
            set.Add(new(
                entry.IsEarly ? default : number,
                entry.IsEarly ? number : default,
                entry.IsEarly ? default : entry.Sector.InitialPledge,
                entry.IsFaulty ? default : power,
                entry.IsFaulty ? power : default,
                entry.Sector.DailyFee));
        }

        return Describe(epoch, set);
    }

    private static string Describe(long epoch, ExpirationSet set) =>
        $"{epoch} {Convert.ToHexString(Cbor.Encode(set))}";

    /// <summary>A sector, whether it is faulty, and whether that ends it early.</summary>
    private sealed record Entry(
        SectorOnChainInfo Sector, bool IsFaulty, bool IsEarly, long EarlyEpoch = 0)
    {
        internal ulong Number => Sector.SectorNumber;

        internal long Epoch => IsEarly ? EarlyEpoch : Quantization.Up(Sector.Expiration);

        internal Entry Failed(long rounded) => Epoch <= rounded
            ? this with { IsFaulty = true }
            : new(Sector, true, true, rounded);
    }
}
