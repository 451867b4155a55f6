using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>A deadline through faults, proofs, ends and compaction, against plain sets.</summary>
public sealed class DeadlineTests
{
    private const ulong Size = TestSectors.PartitionSectors;

    /// <summary>actors/miner-state 1.3: fresh objects.</summary>
    [Fact]
    public void Fresh_objects_have_the_references_names()
    {
        MemoryRuntime runtime = new();
        Assert.Equal(
            "bafy2bzacecnivdqqznbrqamywij5tr5ic7fe47524ncgoiqevp2e7ylz4q7gc",
            runtime.PutBlock(Partition.Create(runtime)).ToString());
        Cid deadline = runtime.PutBlock(Deadline.Create(runtime));
        Assert.Equal(
            "bafy2bzacedwxfniftcr5fna2mtdy4klkkcrbhzhbh4avjvznn5tueobgdkxas", deadline.ToString());
        Assert.Equal(
            "bafy2bzacea7crkj7k6zqyzjdaqpepuyf5bp2dgleclpxse7pujbkoz5k7gdz4",
            runtime.PutBlock(DeadlineTable.Create(deadline)).ToString());
    }

    [Fact]
    public void Sectors_are_where_plain_sets_have_them() =>
        Gen.Select(Gen.Int[0, 6], Gen.Long[1, 40], Gen.ULong[1, 255]).Array[1, 25].Sample(
            steps =>
            {
                World world = new();
                foreach ((int kind, long days, ulong mask) in steps)
                {
                    world.Step(kind, days, mask);
                    world.Check();
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 150);

    [Fact]
    public void A_partition_is_proven_once_and_comes_once()
    {
        World world = new();
        world.Step(0, 30, 255);
        Assert.Equal(16u, world.Refuse(new(0, default), new(0, default)));
        Assert.Equal(17u, world.Refuse(new PostPartition(9, default)));
        Assert.Equal(16u, world.Refuse(new PostPartition(ulong.MaxValue, default)));
        Assert.Equal(16u, world.Refuse(new PostPartition(0, BitField.Of(77))));
        world.Step(3, 1, 255);
        Assert.Equal(16u, world.Refuse(new PostPartition(0, default)));
    }

    private sealed class World
    {
        private const long Day = Storage.Epochs.InDay;

        private readonly MemoryRuntime runtime = new();
        private readonly Dictionary<ulong, SectorOnChainInfo> infos = [];
        private readonly HashSet<ulong> live = [];
        private readonly HashSet<ulong> faulty = [];
        private readonly HashSet<ulong> recovering = [];
        private readonly HashSet<ulong> unproven = [];
        private readonly HashSet<ulong> dead = [];
        private readonly HashSet<ulong> unpaid = [];
        private Deadline deadline;
        private long now;

        internal World() => deadline = Deadline.Create(runtime);

        private SectorArray Sectors =>
            TestSectors.Store(runtime, [.. infos.Values], out _);

        internal void Step(int kind, long days, ulong mask)
        {
            long faultEnd = now + (days * Day);
            ulong[] chosen = [.. live.Where(n => (mask >> (int)(n % 8) & 1) == 1)];

            // While it is open it is only proven.
            kind = deadline.PartitionsPosted.IsEmpty || kind == 3 ? kind : 4;
            switch (kind)
            {
                case 0:
                    Add(days);
                    break;
                case 1:
                    deadline.RecordFaults(
                        runtime, Sectors, faultEnd, ByPartition(chosen), TestSectors.Shape);
                    Fail(chosen);
                    break;
                case 2:
                    deadline.DeclareRecovered(
                        runtime, Sectors, ByPartition(chosen), TestSectors.Bytes);
                    recovering.UnionWith(chosen.Where(faulty.Contains));
                    break;
                case 3:
                    Prove();
                    break;
                case 4:
                    Close(days);
                    break;
                case 5:
                    deadline.Terminate(
                        runtime, Sectors, now, ByPartition(chosen), TestSectors.Shape);
                    Bury(chosen, isEarly: true);
                    break;
                default:
                    PayOrCompact(mask);
                    break;
            }
        }

        internal void Check()
        {
            List<string> complaints = [];
            DeadlineInvariants.Check(
                "deadline", deadline, TestSectors.Shape, infos, runtime.Memory, complaints);
            Assert.Empty(complaints);
            Assert.Equal(Sorted(live), Sorted(Union(partition => partition.LiveSectors)));
            Assert.Equal(Sorted(faulty), Sorted(Union(partition => partition.Faults)));
            Assert.Equal(Sorted(recovering), Sorted(Union(partition => partition.Recoveries)));
            Assert.Equal(Sorted(unproven), Sorted(Union(partition => partition.Unproven)));
            Assert.Equal(Sorted(dead), Sorted(Union(partition => partition.Terminated)));
        }

        internal uint Refuse(params PostPartition[] posts)
        {
            Deadline copy = deadline;
            return Assert.Throws<ActorAbortException>(() => copy.RecordProven(
                runtime, Sectors, now + Day, [.. posts], TestSectors.Shape)).ExitCode.Value;
        }

        private void Add(long days)
        {
            List<SectorOnChainInfo> added = [];
            for (ulong i = 0; i < 3; i++)
            {
                ulong number = (ulong)infos.Count;
                added.Add(TestSectors.Of(number, now + ((days + (long)i) * Day)));
                infos.Add(number, added[^1]);
                live.Add(number);
                unproven.Add(number);
            }

            deadline.AddSectors(runtime, Size, areProven: false, added, TestSectors.Shape);
        }

        private void Prove()
        {
            List<PostPartition> posts = [];
            foreach ((ulong index, Partition partition) in Partitions())
            {
                if (!deadline.PartitionsPosted.Contains(index))
                {
                    posts.Add(new(index, default));
                    BitField numbers = partition.Sectors;
                    unproven.RemoveWhere(numbers.Contains);
                    faulty.RemoveWhere(n => recovering.Contains(n) && numbers.Contains(n));
                    recovering.RemoveWhere(numbers.Contains);
                }
            }

            deadline.RecordProven(
                runtime, Sectors, now + (9 * Day), [.. posts], TestSectors.Shape);
        }

        private void Close(long days)
        {
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

            // Faults last as long as they do on the network, so that they end in order.
            now += days * Day;
            deadline.Close(runtime, now + (42 * Day), default, TestSectors.Shape);
            ExpirationSet expired = deadline.PopExpired(runtime, now, TestSectors.Shape);
            Assert.All(
                expired.OnTimeSectors.Each(),
                n => Assert.InRange(infos[n].Expiration, 0, now));
            Bury([.. expired.OnTimeSectors.Each()], isEarly: false);
            Bury([.. expired.EarlySectors.Each()], isEarly: true);
        }

        private void PayOrCompact(ulong mask)
        {
            if (unpaid.Count > 0)
            {
                (TerminationResult paid, bool hasMore) =
                    deadline.PopEarlyTerminations(runtime, 2, 1 + (mask % 4));
                foreach (ulong number in paid.ByEpoch.Values.SelectMany(set => set.Each()))
                {
                    Assert.True(unpaid.Remove(number));
                }

                Assert.Equal(unpaid.Count > 0, hasMore);
                return;
            }

            ulong[] removable =
            [
                .. Partitions().Where(pair =>
                    pair.Value.Faults.IsEmpty && pair.Value.Unproven.IsEmpty)
                    .Select(pair => pair.Key).Where(i => (mask >> (int)(i % 8) & 1) == 1),
            ];

            BitField gone = deadline.Compact(
                runtime, Sectors, Size, BitField.Of(removable), TestSectors.Shape);
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

        private IEnumerable<ulong> Union(Func<Partition, BitField> part) =>
            Partitions().SelectMany(pair => part(pair.Value).Each());

        private static ulong[] Sorted(IEnumerable<ulong> numbers) => [.. numbers.Order()];
    }
}
