using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>A partition through 100,000 changes, against a plain list of its sectors.</summary>
public sealed class PartitionModelTests
{
    private const int Steps = 100;
    private const int Sequences = 1_000;

    private enum Kind
    {
        Add,
        AddProven,
        Fail,
        Skip,
        Declare,
        Recover,
        Activate,
        Replace,
        Terminate,
        Expire,
        Pay,
        Miss,
    }

    [Fact]
    public void It_is_the_plain_list_after_each_of_100_000_changes() =>
        Gen.Select(Gen.Enum<Kind>(), Gen.Long[1, 40], Gen.ULong[0, 255]).Array[Steps].Sample(
            steps =>
            {
                Pair pair = new();
                foreach ((Kind kind, long days, ulong mask) in steps)
                {
                    pair.Step(kind, days, mask);
                    pair.Check();
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: Sequences);

    [Fact]
    public void Sectors_of_another_partition_are_refused()
    {
        Pair pair = new();
        pair.Step(Kind.Add, 30, 255);
        BitField foreign = BitField.Of(0, 77);
        Assert.Equal(16u, pair.Refuse((ref Partition partition, SectorArray sectors) =>
            partition.RecordFaults(pair.Runtime, sectors, foreign, 9, TestSectors.Shape)));
        Assert.Equal(16u, pair.Refuse((ref Partition partition, SectorArray sectors) =>
            partition.RecordSkipped(pair.Runtime, sectors, 9, foreign, TestSectors.Shape)));
        Assert.Equal(16u, pair.Refuse((ref Partition partition, SectorArray sectors) =>
            partition.DeclareRecovered(sectors, foreign, TestSectors.Bytes)));
        Assert.Equal(16u, pair.Refuse((ref Partition partition, SectorArray sectors) =>
            partition.Terminate(pair.Runtime, sectors, 9, foreign, TestSectors.Shape)));
    }

    private enum Health
    {
        Unproven,
        Active,
        Faulty,
        Recovering,
    }

    /// <summary>A live sector; early if its faults end it before its time.</summary>
    private sealed record Entry(SectorOnChainInfo Info, Health Health, long? EarlyEpoch = null)
    {
        internal ulong Number => Info.SectorNumber;

        internal bool IsFaulty => Health is Health.Faulty or Health.Recovering;

        internal long End => EarlyEpoch ?? TestSectors.Shape.Quantization.Up(Info.Expiration);

        internal Entry Failed(long faultEnd) => IsFaulty || End <= faultEnd
            ? this with { Health = Health.Faulty }
            : new(Info, Health.Faulty, faultEnd);
    }

    /// <summary>A partition and the list that it must agree with.</summary>
    private sealed class Pair
    {
        private const long Day = Storage.Epochs.InDay;

        private readonly SortedDictionary<ulong, Entry> live = [];
        private readonly SortedSet<ulong> dead = [];
        private readonly SortedDictionary<long, SortedSet<ulong>> unpaid = [];
        private readonly Amt<SectorOnChainInfo> infos;
        private readonly Dictionary<ulong, SectorOnChainInfo> all = [];
        private Partition partition;
        private ulong next;
        private long now;

        internal Pair()
        {
            infos = new(Runtime.Memory, MinerState.SectorBits);
            partition = Partition.Create(Runtime);
        }

        internal delegate void Change(ref Partition partition, SectorArray sectors);

        internal MemoryRuntime Runtime { get; } = new();

        private SectorArray Sectors => SectorArray.Load(Runtime, infos.Flush());

        internal void Step(Kind kind, long days, ulong mask)
        {
            Entry[] chosen =
                [.. live.Values.Where(entry => (mask >> (int)(entry.Number % 8) & 1) == 1)];
            switch (kind)
            {
                case Kind.Add or Kind.AddProven:
                    Add(days, kind == Kind.AddProven);
                    break;
                case Kind.Fail or Kind.Skip:
                    Fail(chosen, kind == Kind.Skip);
                    break;
                case Kind.Declare:
                    partition.DeclareRecovered(Sectors, WithSomeDead(chosen), TestSectors.Bytes);
                    Set(chosen.Where(entry => entry.IsFaulty), entry =>
                        entry with { Health = Health.Recovering });
                    break;
                case Kind.Recover:
                    Recover();
                    break;
                case Kind.Activate:
                    Entry[] unproven = In(Health.Unproven);
                    Assert.Equal(PowerOf(unproven), partition.ActivateUnproven());
                    Set(unproven, entry => entry with { Health = Health.Active });
                    break;
                case Kind.Replace:
                    Replace([.. chosen.Where(entry => entry.Health == Health.Active)], days);
                    break;
                case Kind.Terminate:
                    Terminate(chosen);
                    break;
                case Kind.Expire:
                    Expire(days);
                    break;
                case Kind.Pay:
                    Pay(1 + (mask % 5));
                    break;
                default:
                    Miss();
                    break;
            }
        }

        /// <summary>What the list says, and what is said of every partition.</summary>
        internal void Check()
        {
            List<string> complaints = [];
            _ = PartitionInvariants.Check(
                "partition", partition, TestSectors.Shape, all, Runtime.Memory, complaints);
            Assert.Empty(complaints);
            Assert.Equal(BitField.Of([.. live.Keys, .. dead]), partition.Sectors);
            Assert.Equal(BitField.Of([.. dead]), partition.Terminated);
            Assert.Equal(NumbersOf(In(Health.Unproven)), partition.Unproven);
            Assert.Equal(NumbersOf(In(Health.Recovering)), partition.Recoveries);
            Assert.Equal(NumbersOf(live.Values.Where(e => e.IsFaulty)), partition.Faults);
            Assert.Equal(
                live.Values.GroupBy(entry => entry.End).OrderBy(group => group.Key).Select(
                    group => (
                        group.Key,
                        NumbersOf(group.Where(entry => entry.EarlyEpoch is null)),
                        NumbersOf(group.Where(entry => entry.EarlyEpoch is not null)))),
                Amt<ExpirationSet>.Load(Runtime.Memory, partition.ExpirationsEpochs).Entries()
                    .Select(pair => (
                        (long)pair.Key, pair.Value.OnTimeSectors, pair.Value.EarlySectors)));
            Assert.Equal(
                unpaid.Select(pair => (pair.Key, BitField.Of([.. pair.Value]))),
                Amt<BitField>.Load(Runtime.Memory, partition.EarlyTerminated).Entries()
                    .Select(pair => ((long)pair.Key, pair.Value)));
        }

        internal uint Refuse(Change change)
        {
            Partition copy = partition;
            return Assert.Throws<ActorAbortException>(
                () => change(ref copy, Sectors)).ExitCode.Value;
        }

        private static PowerPair PowerOf(IEnumerable<Entry> entries) =>
            PowerPair.Of(TestSectors.Bytes, [.. entries.Select(entry => entry.Info)]);

        private static BitField NumbersOf(IEnumerable<Entry> entries) =>
            BitField.Of([.. entries.Select(entry => entry.Number)]);

        private Entry[] In(params Health[] healths) =>
            [.. live.Values.Where(entry => healths.Contains(entry.Health))];

        private void Set(IEnumerable<Entry> entries, Func<Entry, Entry> change)
        {
            foreach (Entry entry in entries.ToArray())
            {
                live[entry.Number] = change(entry);
            }
        }

        /// <summary>Dead sectors may be named and are passed over.</summary>
        private BitField WithSomeDead(Entry[] entries) =>
            NumbersOf(entries).Union(BitField.Of([.. dead.Where(n => n % 5 == 0)]));

        /// <summary>
        /// Faults last as long as they do on the network, so that they end in order.
        /// </summary>
        private long FaultEnd => TestSectors.Shape.Quantization.Up(now + (42 * Day));

        private SectorOnChainInfo Store(ulong number, long expiration)
        {
            SectorOnChainInfo info = TestSectors.Of(number, expiration);
            infos.Set(number, info);
            return all[number] = info;
        }

        private void Add(long days, bool areProven)
        {
            List<Entry> added = [];
            for (int i = 0; i < 3; i++)
            {
                added.Add(new(
                    Store(next++, now + ((days + i) * 2 * Day)),
                    areProven ? Health.Active : Health.Unproven));
            }

            SectorTotals totals = partition.AddSectors(
                Runtime, areProven, [.. added.Select(entry => entry.Info)], TestSectors.Shape);
            added.ForEach(entry => live.Add(entry.Number, entry));
            Assert.Equal(PowerOf(added), totals.Power);
        }

        private void Fail(Entry[] chosen, bool areSkipped)
        {
            Entry[] retracted = [.. chosen.Where(entry => entry.Health == Health.Recovering)];
            Entry[] failed = [.. chosen.Where(entry => !entry.IsFaulty)];
            PowerPair lost = PowerOf(failed.Where(entry => entry.Health == Health.Active));
            if (areSkipped)
            {
                Assert.Equal(
                    new SkippedFaults(
                        -lost, PowerOf(failed), PowerOf(retracted), failed.Length > 0),
                    partition.RecordSkipped(
                        Runtime, Sectors, FaultEnd, WithSomeDead(chosen), TestSectors.Shape));
            }
            else
            {
                Assert.Equal(
                    (NumbersOf(failed), -lost, PowerOf(failed)),
                    partition.RecordFaults(
                        Runtime, Sectors, WithSomeDead(chosen), FaultEnd, TestSectors.Shape));
            }

            Set(chosen, entry => entry.Failed(FaultEnd));
        }

        private void Recover()
        {
            Entry[] recovering = In(Health.Recovering);
            Assert.Equal(
                PowerOf(recovering), partition.Recover(Runtime, Sectors, TestSectors.Shape));
            Set(recovering, entry => new(entry.Info, Health.Active));
        }

        private void Replace(Entry[] active, long days)
        {
            Entry[] replaced =
            [
                .. active.Select(entry =>
                    new Entry(Store(entry.Number, now + (days * 3 * Day)), Health.Active)),
            ];
            (SectorTotals removed, SectorTotals added) = partition.Replace(
                Runtime,
                [.. active.Select(entry => entry.Info)],
                [.. replaced.Select(entry => entry.Info)],
                TestSectors.Shape);
            Assert.Equal((PowerOf(active), PowerOf(replaced)), (removed.Power, added.Power));
            Set(replaced, entry => entry);
        }

        private void Terminate(Entry[] chosen)
        {
            Entry[] unproven = [.. chosen.Where(entry => entry.Health == Health.Unproven)];
            (ExpirationSet removed, PowerPair unprovenPower) = partition.Terminate(
                Runtime, Sectors, now, NumbersOf(chosen), TestSectors.Shape);
            Assert.Equal(PowerOf(unproven), unprovenPower);
            Assert.Equal(
                PowerOf(chosen.Where(entry => entry.Health == Health.Active)),
                removed.ActivePower);
            Bury(chosen, isEarly: true);
            if (dead.Count > 0)
            {
                BitField again = BitField.Of(dead.Max);
                Assert.Equal(16u, Refuse((ref Partition copy, SectorArray sectors) =>
                    copy.Terminate(Runtime, sectors, now, again, TestSectors.Shape)));
            }
        }

        private void Expire(long days)
        {
            if (In(Health.Unproven, Health.Recovering).Length > 0)
            {
                Assert.Equal(20u, Refuse((ref Partition copy, SectorArray _) =>
                    copy.PopExpired(Runtime, now, TestSectors.Shape)));
                return;
            }

            now += days * Day;
            Entry[] due = [.. live.Values.Where(entry => entry.End <= now)];
            ExpirationSet popped = partition.PopExpired(Runtime, now, TestSectors.Shape);
            Assert.Equal(PowerOf(due), popped.ActivePower + popped.FaultyPower);
            Bury([.. due.Where(entry => entry.EarlyEpoch is null)], isEarly: false);
            Bury([.. due.Where(entry => entry.EarlyEpoch is not null)], isEarly: true);
        }

        private void Pay(ulong sectorsMax)
        {
            (TerminationResult result, bool hasMore) =
                partition.PopEarlyTerminations(Runtime, sectorsMax);
            (long Epoch, ulong Number)[] expected =
            [
                .. unpaid.SelectMany(pair => pair.Value.Select(number => (pair.Key, number)))
                    .Take((int)sectorsMax),
            ];
            Assert.Equal(
                expected,
                result.ByEpoch.SelectMany(pair => pair.Value.Each().Select(n => (pair.Key, n))));
            foreach ((long epoch, ulong number) in expected)
            {
                unpaid[epoch].Remove(number);
                if (unpaid[epoch].Count == 0)
                {
                    unpaid.Remove(epoch);
                }
            }

            Assert.Equal(unpaid.Count > 0, hasMore);
        }

        private void Miss()
        {
            PowerPair active = PowerOf(In(Health.Active));
            PowerPair failed = PowerOf(In(Health.Active, Health.Unproven));
            PowerPair recovering = PowerOf(In(Health.Recovering));
            Assert.Equal(
                (-active, failed + recovering, failed),
                partition.RecordMissedPost(Runtime, FaultEnd, TestSectors.Shape));
            Set(live.Values, entry => entry.Failed(FaultEnd));
        }

        private void Bury(Entry[] entries, bool isEarly)
        {
            foreach (Entry entry in entries)
            {
                live.Remove(entry.Number);
                dead.Add(entry.Number);
                if (isEarly)
                {
                    unpaid.TryAdd(now, []);
                    unpaid[now].Add(entry.Number);
                }
            }
        }
    }
}
