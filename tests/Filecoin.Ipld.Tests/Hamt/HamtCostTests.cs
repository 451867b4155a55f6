using System.Globalization;
using System.Text;
using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests.Hamt;

/// <summary>
/// Blocks read and written, which gas is charged for. Source: hamt-amt-kamt 2.12, 2.13.
/// </summary>
public sealed class HamtCostTests
{
    private readonly TrackingBlockstore store = new();

    private static byte[] Key(int number) =>
        Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Keys that share their first slot at a bit width of five.</summary>
    private Hamt<RawCbor> Load(params ReadOnlySpan<int> keys)
    {
        Hamt<RawCbor> map = new(store, new(5));
        foreach (int key in keys)
        {
            map.Set(Key(key), new RawCbor(new byte[] { 0x01 }));
        }

        return Hamt<RawCbor>.Load(store, map.Flush(), new(5));
    }

    private (int Reads, int Writes) CostOf(Hamt<RawCbor> map, Action<Hamt<RawCbor>> change)
    {
        (int reads, int writes) = (store.Reads, store.Writes);
        change(map);
        map.Flush();
        return (store.Reads - reads, store.Writes - writes);
    }

    private static void Set(Hamt<RawCbor> map, int key, byte value) =>
        map.Set(Key(key), new RawCbor(new[] { value }));

    [Fact]
    public void An_empty_map_is_written_once() =>
        Assert.Equal((0, 1), CostOf(new(store, new(5)), _ => { }));

    [Fact]
    public void A_bucket_in_the_root_costs_the_root()
    {
        Assert.Equal((0, 0), CostOf(Load(51, 55), it => it.Has(Key(51))));
        Assert.Equal((0, 0), CostOf(Load(51, 55), it => Set(it, 51, 1)));
        Assert.Equal((0, 1), CostOf(Load(51, 55), it => Set(it, 51, 2)));
        Assert.Equal((0, 1), CostOf(Load(51, 55), it => Set(it, 149, 1)));
        Assert.Equal((0, 1), CostOf(Load(51, 55), it => it.Delete(Key(51))));
        Assert.Equal((0, 0), CostOf(Load(51, 55), it => it.Delete(Key(149))));
    }

    [Fact]
    public void A_split_writes_the_new_child_and_the_root() =>
        Assert.Equal((0, 2), CostOf(Load(51, 55, 149), it => Set(it, 152, 1)));

    [Fact]
    public void A_child_costs_a_read_and_a_write_when_it_changes()
    {
        Assert.Equal((1, 0), CostOf(Load(51, 55, 149, 152), it => it.Has(Key(51))));
        Assert.Equal((1, 0), CostOf(Load(51, 55, 149, 152), it => Set(it, 51, 1)));
        Assert.Equal((1, 2), CostOf(Load(51, 55, 149, 152), it => Set(it, 51, 2)));
    }

    [Fact]
    public void A_child_that_collapses_is_not_written() =>
        Assert.Equal((1, 1), CostOf(Load(51, 55, 149, 152), it => it.Delete(Key(152))));

    [Fact]
    public void The_child_of_a_split_has_these_bytes()
    {
        Hamt<RawCbor> map = new(store, new(5));
        (int, byte)[] entries = [(51, 0), (55, 1), (149, 2), (152, 3)];
        foreach ((int key, byte value) in entries)
        {
            Set(map, key, value);
        }

        map.Flush();
        byte[] child = Convert.FromHexString(
            "8243411800848182423535018182423531008182433135320381824331343902");
        Assert.True(store.TryGet(Cid.Of(Codec.DagCbor, child), out _));
        Assert.Equal(
            "bafy2bzacecifdyiqql6obxtomjei4cxynngihd2ftfiexiordvy5baqwbvjk4",
            Cid.Of(Codec.DagCbor, child).ToString());
    }
}
