namespace Filecoin.Actors.Miner.Tests;

/// <summary>A deadline and the plain sets that it must agree with.</summary>
internal sealed class DeadlineWorld
{
    private const long Day = Storage.Epochs.InDay;
    private const ulong Size = TestSectors.PartitionSectors;

    private readonly MemoryRuntime runtime = new();
    private readonly Amt<SectorOnChainInfo> stored;
    private readonly Dictionary<ulong, SectorOnChainInfo> infos = [];
    private readonly HashSet<ulong> live = [];
    private readonly HashSet<ulong> faulty = [];
    private readonly HashSet<ulong> recovering = [];
    private readonly HashSet<ulong> unproven = [];
    private readonly HashSet<ulong> dead = [];
    private readonly HashSet<ulong> unpaid = [];
    private readonly List<BitField> posts = [];
    private Deadline deadline;
    private long now;

    internal DeadlineWorld()
    {
        stored = new(runtime.Memory, MinerState.SectorBits);
        deadline = Deadline.Create(runtime);
    }

    internal enum Kind
    {
        Add,
        AddMore,
        Fail,
        Declare,
        Prove,
        ProveSome,
        Close,
        Terminate,
        Pay,
        Compact,
    }

    private SectorArray Sectors => SectorArray.Load(runtime, stored.Flush());

    /// <summary>
    /// Faults last as long as they do on the network, so that they end in order.
    /// </summary>
    private long FaultEnd => now + (42 * Day);

    internal void Step(Kind kind, long days, ulong mask)
    {
        ulong[] chosen = [.. live.Where(n => (mask >> (int)(n % 8) & 1) == 1)];
        PowerPair active = ActivePower();

        // While it is open it is only proven.
        bool isProven = kind is Kind.Prove or Kind.ProveSome;
        kind = deadline.PartitionsPosted.IsEmpty || isProven ? kind : Kind.Close;
        switch (kind)
        {
            case Kind.Prove or Kind.ProveSome:
                Prove(kind == Kind.Prove ? ulong.MaxValue : mask, [.. chosen.Where(IsSkipped)]);
                break;
            case Kind.Add or Kind.AddMore:
                Add(days);
                break;
            case Kind.Fail:
                PowerPair delta = deadline.RecordFaults(
                    runtime, Sectors, FaultEnd, ByPartition(chosen), TestSectors.Shape);
                Fail(chosen);
                Assert.Equal(ActivePower() - active, delta);
                break;
            case Kind.Declare:
                deadline.DeclareRecovered(
                    runtime, Sectors, ByPartition(chosen), TestSectors.Bytes);
                recovering.UnionWith(chosen.Where(faulty.Contains));
                break;
            case Kind.Close:
                Close(days);
                break;
            case Kind.Terminate:
                PowerPair lost = deadline.Terminate(
                    runtime, Sectors, now, ByPartition(chosen), TestSectors.Shape);
                Bury(chosen, isEarly: true);
                Assert.Equal(active - ActivePower(), lost);
                break;
            case Kind.Pay:
                Pay(1 + (mask % 4));
                break;
            default:
                Compact(mask);
                break;
        }
    }

    /// <summary>What the sets say, and what is said of every deadline.</summary>
    internal void Check()
    {
        List<string> complaints = [];
        DeadlineInvariants.Check(
            "deadline", deadline, TestSectors.Shape, infos, runtime.Memory, complaints);
        Assert.Empty(complaints);
        Partition[] all = [.. Partitions().Select(pair => pair.Value)];
        Same(live, all.Select(partition => partition.LiveSectors));
        Same(faulty, all.Select(partition => partition.Faults));
        Same(recovering, all.Select(partition => partition.Recoveries));
        Same(unproven, all.Select(partition => partition.Unproven));
        Same(dead, all.Select(partition => partition.Terminated));
    }

    internal uint Refuse(params PostPartition[] posts)
    {
        Deadline copy = deadline;
        return Assert.Throws<ActorAbortException>(() => copy.RecordProven(
            runtime, Sectors, now + Day, [.. posts], TestSectors.Shape)).ExitCode.Value;
    }

    private static void Same(HashSet<ulong> expected, IEnumerable<BitField> parts) => Assert.Equal(
        BitField.Of([.. expected]),
        parts.Aggregate(default(BitField), (sum, part) => sum.Union(part)));

    /// <summary>One sector of three that are chosen is left out of proofs.</summary>
    private static bool IsSkipped(ulong number) => number % 3 == 0;

    private PowerPair ActivePower() => PowerOf(
        live.Where(number => !faulty.Contains(number) && !unproven.Contains(number)));

    private PowerPair PowerOf(IEnumerable<ulong> numbers) =>
        PowerPair.Of(TestSectors.Bytes, [.. numbers.Select(number => infos[number])]);

    private void Add(long days)
    {
        List<SectorOnChainInfo> added = [];
        for (ulong i = 0; i < 3; i++)
        {
            ulong number = (ulong)infos.Count;
            added.Add(TestSectors.Of(number, now + ((days + (long)i) * 2 * Day)));
            infos.Add(number, added[^1]);
            stored.Set(number, added[^1]);
            live.Add(number);
            unproven.Add(number);
        }

        Assert.Equal(
            PowerPair.Of(TestSectors.Bytes, added),
            deadline.AddSectors(runtime, Size, areProven: false, added, TestSectors.Shape));
    }

    private void Prove(ulong mask, ulong[] skipped)
    {
        PowerPair active = ActivePower();
        List<PostPartition> proven = [];
        List<ulong> members = [];
        List<ulong> ignored = [];
        List<ulong> recovered = [];
        foreach ((ulong index, Partition partition) in Partitions())
        {
            if (deadline.PartitionsPosted.Contains(index) || (mask >> (int)(index % 8) & 1) == 0)
            {
                continue;
            }

            BitField numbers = partition.Sectors;
            ulong[] absent = [.. skipped.Where(numbers.Contains)];
            proven.Add(new(index, BitField.Of(absent)));
            Fail(absent);
            recovered.AddRange(recovering.Where(numbers.Contains));
            unproven.RemoveWhere(numbers.Contains);
            faulty.ExceptWith(recovered);
            recovering.RemoveWhere(numbers.Contains);
            members.AddRange(numbers.Each());
            ignored.AddRange(numbers.Each().Where(n => faulty.Contains(n) || dead.Contains(n)));
        }

        PostResult result = deadline.RecordProven(
            runtime, Sectors, FaultEnd, [.. proven], TestSectors.Shape);
        Assert.Equal(BitField.Of([.. members]), result.Sectors);
        Assert.Equal(BitField.Of([.. ignored]), result.Ignored);
        Assert.Equal(PowerOf(recovered), result.RecoveredPower);
        Assert.Equal(ActivePower() - active, result.PowerDelta);
        deadline.AddPost(runtime, result.Partitions, []);
        posts.Add(result.Partitions);
    }

    private void Close(long days)
    {
        PowerPair active = ActivePower();
        foreach ((ulong index, Partition partition) in Partitions())
        {
            if (!deadline.PartitionsPosted.Contains(index))
            {
                BitField numbers = partition.Sectors;
                faulty.UnionWith(live.Where(numbers.Contains));
                unproven.RemoveWhere(numbers.Contains);
                recovering.RemoveWhere(numbers.Contains);
            }
        }

        now += days * Day;
        PowerPair delta = deadline.Close(runtime, FaultEnd, stored.Flush(), TestSectors.Shape);
        Assert.Equal(ActivePower() - active, delta);
        Dispute();
        ExpirationSet expired = deadline.PopExpired(runtime, now, TestSectors.Shape);
        Assert.All(
            expired.OnTimeSectors.Each(),
            n => Assert.InRange(infos[n].Expiration, 0, now));
        Bury([.. expired.OnTimeSectors.Each()], isEarly: false);
        Bury([.. expired.EarlySectors.Each()], isEarly: true);
    }

    /// <summary>Disputes each proof of the window that has just closed, once.</summary>
    private void Dispute()
    {
        KeyValuePair<ulong, Partition>[] partitions = Partitions();
        Deadline copy = deadline;
        for (int i = 0; i < posts.Count; i++)
        {
            BitField indexes = posts[i];
            Assert.Equal(indexes, copy.TakePost(runtime, (ulong)i).Partitions);
            DisputedSectors disputed = copy.GetDisputed(runtime, indexes);
            BitField members = partitions.Where(pair => indexes.Contains(pair.Key))
                .Aggregate(default(BitField), (sum, pair) => sum.Union(pair.Value.Sectors));
            ulong[] ignored =
                [.. members.Each().Where(n => faulty.Contains(n) || dead.Contains(n))];
            Assert.Equal(members, disputed.Sectors);
            Assert.Equal(BitField.Of(ignored), disputed.Ignored);
            Assert.Equal(PowerOf(members.Each().Except(ignored)), disputed.Power);
            Assert.Throws<ActorAbortException>(() => copy.TakePost(runtime, (ulong)i));
        }

        posts.Clear();
    }

    private void Pay(ulong sectorsMax)
    {
        (TerminationResult paid, bool hasMore) =
            deadline.PopEarlyTerminations(runtime, 2, sectorsMax);
        foreach (ulong number in paid.ByEpoch.Values.SelectMany(set => set.Each()))
        {
            Assert.True(unpaid.Remove(number));
        }

        Assert.InRange(paid.SectorCount, 0u, sectorsMax);
        Assert.Equal(unpaid.Count > 0, hasMore);
    }

    private void Compact(ulong mask)
    {
        BitField removed = BitField.Of(
        [
            .. Partitions().Where(pair =>
                pair.Value.Faults.IsEmpty && pair.Value.Unproven.IsEmpty)
                .Select(pair => pair.Key).Where(i => (mask >> (int)(i % 8) & 1) == 1),
        ]);
        if (unpaid.Count > 0 && !removed.IsEmpty)
        {
            Deadline copy = deadline;
            Assert.Equal(
                16u,
                Assert.Throws<ActorAbortException>(() => copy.Compact(
                    runtime, Sectors, Size, removed, TestSectors.Shape)).ExitCode.Value);
            return;
        }

        BitField gone = deadline.Compact(runtime, Sectors, Size, removed, TestSectors.Shape);
        Assert.All(gone.Each(), number => Assert.True(dead.Remove(number)));
    }

    private void Fail(ulong[] numbers)
    {
        faulty.UnionWith(numbers);
        recovering.ExceptWith(numbers);
        unproven.ExceptWith(numbers);
    }

    private void Bury(ulong[] numbers, bool isEarly)
    {
        live.ExceptWith(numbers);
        faulty.ExceptWith(numbers);
        recovering.ExceptWith(numbers);
        unproven.ExceptWith(numbers);
        dead.UnionWith(numbers);
        if (isEarly)
        {
            unpaid.UnionWith(numbers);
        }
    }

    private KeyValuePair<ulong, Partition>[] Partitions() =>
        [.. Amt<Partition>.Load(runtime.Memory, deadline.Partitions).Entries()];

    private SortedDictionary<ulong, BitField> ByPartition(ulong[] numbers)
    {
        SortedDictionary<ulong, BitField> result = [];
        foreach ((ulong index, Partition partition) in Partitions())
        {
            BitField here = partition.Sectors.Intersect(BitField.Of(numbers));
            if (!here.IsEmpty)
            {
                result[index] = here;
            }
        }

        return result;
    }
}
