using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests.Amt;

/// <summary>
/// Blocks read and written, which gas is charged for. Source: hamt-amt-kamt 3.9, 3.10.
/// </summary>
public sealed class AmtCostTests
{
    private readonly TrackingBlockstore store = new();

    private static RawCbor Number(byte number) => new(new[] { number });

    private Amt<RawCbor> Load(int bitWidth, params IEnumerable<ulong> indexes)
    {
        Amt<RawCbor> list = new(store, bitWidth);
        foreach (ulong index in indexes)
        {
            list.Set(index, Number(1));
        }

        return Amt<RawCbor>.Load(store, list.Flush());
    }

    private (int Reads, int Writes) CostOf(Amt<RawCbor> list, Action<Amt<RawCbor>> change)
    {
        (int reads, int writes) = (store.Reads, store.Writes);
        change(list);
        list.Flush();
        return (store.Reads - reads, store.Writes - writes);
    }

    /// <summary>Roots computed by a second implementation, in Python.</summary>
    [Fact]
    public void Lowering_a_list_reads_the_leaf_that_stays()
    {
        Amt<RawCbor> list = new(store, 5);
        list.Set(0, Number(1));
        list.Set(33, Number(2));
        Cid root = list.Flush();
        Assert.Equal(
            "bafy2bzaceb6ufqzjgcnlna7wl672kz7hr5mayxlvyogl73scqgslcs5loxksy", root.ToString());
        list = Amt<RawCbor>.Load(store, root);
        Assert.Equal((2, 1), CostOf(list, it => it.Delete(33)));
        Assert.Equal(
            "bafy2bzaceae2xmuoo4lpu7qakrbrt7oc6j7hxq7qeyy4rz4mdl5rxbcnobe2q",
            list.Flush().ToString());
    }

    /// <summary>Computed by a second implementation, in Python.</summary>
    [Fact]
    public void A_list_of_height_one_has_these_bytes()
    {
        Amt<RawCbor> list = new(store);
        list.Set(8, new RawCbor(new byte[] { 0x41, 0x78 }));
        Cid root = list.Flush();
        Assert.Equal(
            "bafy2bzacedukeog2bowvta3oszdgf2qtfmwiuwk5hpgxkh65rmuso5fkuexxg", root.ToString());
        Assert.True(store.Has(
            Cid.Of(Codec.DagCbor, Convert.FromHexString("83410180814" + "178"))));
    }

    [Theory]
    [InlineData(600, 3, 0)]
    [InlineData(3, 3, 0)]
    [InlineData(5_000, 0, 0)]
    [InlineData(100, 1, 0)]
    public void Getting_reads_the_nodes_on_the_way(ulong index, int reads, int writes) =>
        Assert.Equal((reads, writes), CostOf(Load(3, 3, 600), it => it.TryGet(index, out _)));

    [Theory]
    [InlineData(600)]
    [InlineData(601)]
    public void Setting_writes_the_nodes_on_the_way_and_the_root(ulong index) =>
        Assert.Equal((3, 4), CostOf(Load(3, 3, 600), it => it.Set(index, Number(1))));

    [Fact]
    public void Growing_writes_the_old_root_and_the_new_way_and_reads_nothing() =>
        Assert.Equal((0, 7), CostOf(Load(3, 1, 2), it => it.Set(600, Number(1))));

    [Fact]
    public void Deleting_one_of_two_writes_the_nodes_on_the_way_and_the_root() =>
        Assert.Equal((3, 4), CostOf(Load(3, 3, 600, 601), it => it.Delete(600)));

    [Fact]
    public void Deleting_what_is_absent_writes_nothing()
    {
        Assert.Equal((3, 0), CostOf(Load(3, 3, 600), it => it.Delete(602)));
        Assert.Equal((1, 0), CostOf(Load(3, 3, 600), it => it.Delete(100)));
        Assert.Equal((0, 0), CostOf(Load(3, 3, 600), it => it.Delete(5_000)));
    }

    [Fact]
    public void Iterating_reads_every_node_but_the_root() =>
        Assert.Equal((6, 0), CostOf(Load(3, 3, 600), it => it.ForEach((_, _) => { })));
}
