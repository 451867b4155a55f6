using CsCheck;
using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests;

/// <summary>Iteration over lists: what is visited, what is read, what is written again.</summary>
public sealed class AmtEntriesTests
{
    private static readonly Gen<ulong[]> Indexes = Gen.OneOf(
        Gen.ULong[0, 40], Gen.ULong[0, 5_000], Gen.ULong[0, 1UL << 40]).Array[0, 30];

    [Fact]
    public void Entries_from_an_index_on_are_those_of_the_dictionary() =>
        Gen.Select(Indexes, Gen.ULong[0, 6_000]).Sample((indexes, start) =>
        {
            Amt<RawCbor> list = Stored(indexes);
            ulong[] expected = [.. indexes.Distinct().Order().Where(index => index >= start)];
            return expected.SequenceEqual(list.Entries(start).Select(entry => entry.Key));
        });

    [Fact]
    public void Who_stops_early_reads_no_more()
    {
        TrackingBlockstore store = new();
        Amt<RawCbor> list = Filled(store, [0, 100, 200, 300, 400]);
        Cid root = list.Flush();
        int before = store.Reads;

        Assert.Equal(0UL, Amt<RawCbor>.Load(store, root).Entries().First().Key);

        // The root and one node a level: bit width 3 makes three levels of 400.
        Assert.Equal(3, store.Reads - before);
    }

    [Fact]
    public void Entries_from_within_read_the_way_to_it_alone()
    {
        TrackingBlockstore store = new();
        Cid root = Filled(store, [0, 100, 200, 300, 400]).Flush();
        int before = store.Reads;

        Assert.Equal(300UL, Amt<RawCbor>.Load(store, root).Entries(300).First().Key);
        Assert.Equal(3, store.Reads - before);
        Assert.Empty(Amt<RawCbor>.Load(store, root).Entries(ulong.MaxValue));
    }

    [Fact]
    public void Only_nodes_with_a_changed_value_are_written()
    {
        TrackingBlockstore store = new();
        Amt<RawCbor> list = Filled(store, [0, 100, 200, 300, 400]);
        _ = list.Flush();
        int before = store.Writes;

        list.Visit((ulong index, ref RawCbor value) =>
        {
            if (index != 200)
            {
                return AmtVisit.Next;
            }

            value = Value(7);
            return AmtVisit.Changed | AmtVisit.Stop;
        });
        Cid changed = list.Flush();

        Assert.Equal(3, store.Writes - before);
        Amt<RawCbor> expected = Filled(new MemoryBlockstore(), [0, 100, 200, 300, 400]);
        expected.Set(200, Value(7));
        Assert.Equal(expected.Flush(), changed);
    }

    [Fact]
    public void A_visit_without_a_change_writes_nothing()
    {
        TrackingBlockstore store = new();
        Amt<RawCbor> list = Filled(store, [0, 100, 200]);
        Cid root = list.Flush();
        int before = store.Writes;
        List<ulong> seen = [];

        list.Visit((ulong index, ref RawCbor value) =>
        {
            seen.Add(index);
            return index == 100 ? AmtVisit.Stop : AmtVisit.Next;
        });

        Assert.Equal([0, 100], seen);
        Assert.Equal(root, list.Flush());
        Assert.Equal(before, store.Writes);
    }

    [Fact]
    public void A_deleted_value_is_given_back()
    {
        Amt<RawCbor> list = Stored([5, 70]);
        Assert.True(list.Delete(70, out RawCbor value));
        Assert.Equal(Value(70), value);
        Assert.False(list.Delete(70, out _));
        Assert.Equal(Stored([5]).Flush(), list.Flush());
    }

    private static RawCbor Value(ulong number)
    {
        CborWriter writer = new(16);
        writer.WriteUInt64(number);
        CborReader reader = new(writer.ToArray());
        writer.Dispose();
        Assert.True(RawCbor.TryRead(ref reader, out RawCbor value));
        return value;
    }

    private static Amt<RawCbor> Filled(IBlockstore store, ulong[] indexes)
    {
        Amt<RawCbor> list = new(store);
        foreach (ulong index in indexes)
        {
            list.Set(index, Value(index));
        }

        return list;
    }

    private static Amt<RawCbor> Stored(ulong[] indexes)
    {
        MemoryBlockstore store = new();
        return Amt<RawCbor>.Load(store, Filled(store, indexes).Flush());
    }
}
