using System.Text;
using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests;

/// <summary>Source: ref-fvm ipld/hamt/tests/hamt_tests.rs.</summary>
public sealed class HamtGoldenTests
{
    private const string Empty = "bafy2bzaceamp42wmmgr2g2ymg46euououzfyck7szknvfacqscohrvaikwfay";
    private readonly TrackingBlockstore store = new();

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static RawCbor Text(string text)
    {
        using var writer = new CborWriter(32);
        writer.WriteBytes(Ascii(text));
        return new RawCbor(writer.ToArray());
    }

    private static RawCbor Number(ulong value)
    {
        using var writer = new CborWriter(32);
        writer.WriteUInt64(value);
        return new RawCbor(writer.ToArray());
    }

    private Hamt<RawCbor> New(int width, HamtHash hash = HamtHash.Sha256) =>
        new(store, new HamtOptions(width, hash));

    private Hamt<RawCbor> Load(Cid root, int width, HamtHash hash = HamtHash.Sha256) =>
        Hamt<RawCbor>.Load(store, root, new HamtOptions(width, hash));

    private void Counts(int reads, int writes, long bytesRead, long bytesWritten) =>
        Assert.Equal((reads, writes, bytesRead, bytesWritten), store.Statistics);

    private static void Fill(Hamt<RawCbor> map, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            map.Set(Ascii($"{i}"), Text($"{i}"));
        }
    }

    [Fact]
    public void An_empty_map_has_its_root() => Assert.Equal(Empty, New(5).Flush().ToString());

    [Fact]
    public void Setting_if_absent_leaves_what_is_there()
    {
        var map = New(8);
        Assert.True(map.SetIfAbsent("favorite-animal"u8, Text("owl bear")));
        Assert.False(map.SetIfAbsent("favorite-animal"u8, Text("bright green bear")));
        var root = map.Flush();
        map = Load(root, 8);
        Assert.False(map.SetIfAbsent("favorite-animal"u8, Text("bright green bear")));
        Assert.Equal(root, map.Flush());
        Assert.Equal(
            "bafy2bzaced2tgnlsq4n2ioe6ldy75fw3vlrrkyfv4bq6didbwoob2552zvpuk", root.ToString());
        Counts(1, 1, 63, 63);
    }

    [Fact]
    public void Setting_an_equal_value_writes_nothing()
    {
        var map = New(1);
        for (var i = 0; i < 30; i++)
        {
            map.Set(Ascii($"{i}"), Text("filler"));
        }

        Assert.Equal(
            "bafy2bzacebjilcrsqa4uyxuh36gllup4rlgnvwgeywdm5yqq2ks4jrsj756qq",
            map.Flush().ToString());
        map.Set("favorite-animal"u8, Text("bright green bear"));
        const string Root = "bafy2bzacea7biyabzk7v7le2rrlec5tesjbdnymh5sk4lfprxibg4rtudwtku";
        Assert.Equal(Root, map.Flush().ToString());
        Counts(0, 18, 0, 1282);
        Assert.False(map.Set("favorite-animal"u8, Text("bright green bear")));
        Assert.Equal(Root, map.Flush().ToString());
        Counts(0, 18, 0, 1282);
    }

    [Fact]
    public void Deleting_gives_the_roots_of_the_reference()
    {
        var map = New(8);
        map.Set("foo"u8, Text("cat dog bear"));
        map.Set("bar"u8, Text("cat dog"));
        map.Set("baz"u8, Text("cat"));
        var root = map.Flush();
        Assert.Equal(
            "bafy2bzacebql36crv4odvxzstx2ubaczmawy2tlljxezvorcsoqeyyojxkrom", root.ToString());
        map = Load(root, 8);
        Assert.True(map.TryGet("foo"u8, out _));
        Assert.True(map.Delete("foo"u8));
        Assert.False(map.Has("foo"u8));
        Assert.False(map.Delete("nonexistent"u8));
        Assert.Equal(
            "bafy2bzaced7up7wkm7cirieh5bs4iyula5inrprihmjzozmku3ywvekzzmlyi",
            map.Flush().ToString());
        Counts(1, 2, 79, 139);
    }

    [Fact]
    public void Deleting_the_last_entry_gives_the_empty_map()
    {
        var map = New(8);
        map.Set([0], Text("Test data"));
        var root = map.Flush();
        Assert.Equal(
            "bafy2bzaceb2hikcc6tfuuuuehjstbiq356oruwx6ejyse77zupq445unranv6", root.ToString());
        map = Load(root, 8);
        Assert.True(map.Delete([0]));
        Assert.Equal(Empty, map.Flush().ToString());
        Counts(1, 2, 31, 34);
    }

    [Fact]
    public void Two_hundred_entries_come_and_go()
    {
        const string First = "bafy2bzaceczhz54xmmz3xqnbmvxfbaty3qprr6dq7xh5vzwqbirlsnbd36z7a";
        var map = New(5);
        Fill(map, 0, 200);
        Assert.Equal(First, map.Flush().ToString());
        Fill(map, 200, 400);
        Assert.Equal(
            "bafy2bzacecxcp736xkl2mcyjlors3tug6vdlbispbzxvb75xlrhthiw2xwxvw",
            map.Flush().ToString());
        for (var i = 200; i < 400; i++)
        {
            Assert.True(map.Delete(Ascii($"{i}")));
        }

        for (var i = 0; i < 400; i++)
        {
            Assert.Equal(i < 200, map.Has(Ascii($"{i}")));
        }

        Assert.Equal(First, map.Flush().ToString());
        for (var i = 0; i < 200; i++)
        {
            Assert.True(map.Delete(Ascii($"{i}")));
        }

        Assert.Equal(Empty, map.Flush().ToString());
        Counts(0, 94, 0, 11737);
    }

    [Fact]
    public void Iterating_and_changing_costs_what_the_reference_pays()
    {
        var map = New(5);
        Fill(map, 0, 200);
        map = Load(map.Flush(), 5);
        Assert.Equal(200, map.Entries().Count());
        var count = 0;
        map.ForEach((_, _) => count++);
        Assert.Equal(200, count);
        map.Flush();
        Change(map);
        Assert.Equal(
            "bafy2bzacebln5j7tdfavh2qqhio6mgaoq6mm2jbmcex2ngcmi3uqlx5k3mov4",
            map.Flush().ToString());
        Counts(30, 33, 3209, 4697);
    }

    [Fact]
    public void Iterating_uncached_reads_every_unchanged_node_again()
    {
        var map = New(5);
        Fill(map, 0, 200);
        map.ForEachUncached((_, _) => { });
        var root = map.Flush();
        Counts(0, 30, 0, 3209);
        map = Load(root, 5);
        map.ForEachUncached((_, _) => { });
        Assert.Equal(root, map.Flush());
        Counts(30, 30, 3209, 3209);
        Change(map);
        map.ForEachUncached((_, _) => { });
        map.Flush();
        Counts(60, 33, 5158, 4697);
    }

    private static void Change(Hamt<RawCbor> map)
    {
        foreach (var i in new[] { 10, 80, 81 })
        {
            map.Set(Ascii($"{i}"), Text($"modified-{i}"));
        }

        Assert.True(map.Delete("30"u8));
        Assert.False(map.Delete("300"u8));
    }

    [Fact]
    public void A_reduced_tree_takes_its_canonical_shape()
    {
        var map = New(5);
        Span<byte> key = stackalloc byte[10];
        for (ulong i = 100; i < 195; i++)
        {
            map.Set(key[..Varint.Write(key, i)], Number(42));
        }

        var root = map.Flush();
        Assert.Equal(
            "bafy2bzacebqox3gtng4ytexyacr6zmaliyins3llnhbnfbcrqmhzuhmuuawqk", root.ToString());
        map = Load(root, 5);
        Assert.True(map.Delete([104]));
        Assert.True(map.Delete([108]));
        root = map.Flush();
        Load(root, 5);
        Assert.Equal(
            "bafy2bzacedlyeuub3mo4aweqs7zyxrbldsq2u4a2taswubudgupglu2j4eru6", root.ToString());
        Counts(3, 11, 1449, 1751);
    }

    [Fact]
    public void Integer_values_give_the_roots_of_the_reference()
    {
        var map = New(5);
        for (ulong i = 0; i < 200; i++)
        {
            map.Set(Ascii($"{i}"), Number(i));
        }

        var root = map.Flush();
        Assert.Equal(
            "bafy2bzacedy4ypl2vedhdqep3llnwko6vrtfiys5flciz2f3c55pl4whlhlqm", root.ToString());
        map = Load(root, 5);
        Assert.Equal(200, map.Entries().Count());
        map.Set("10"u8, Number(210));
        map.Delete("30"u8);
        Assert.Equal(199, map.Entries().Count());
        Assert.Equal(
            "bafy2bzacecrxqeuuk34jsrol3azfpgy35ldw4bpgsa6pdxvzj262jzpvoekye",
            map.Flush().ToString());
        Counts(30, 33, 2895, 4321);
    }

    [Theory]
    [InlineData(8, "K", "B", "bafy2bzacecosy45hp4sz2t4o4flxvntnwjy7yaq43bykci22xycpeuj542lse", 2, 2, 38, 38)]
    [InlineData(8, "K0 K1 KAA1 KAA2 KAA3", "KAA4", "bafy2bzaceaqdaj5aqkwugr7wx4to3fahynoqlxuo5j6xznly3khazgyxihkbo", 3, 4, 163, 214)]
    [InlineData(5, "K", "B", "bafy2bzacec3cquclaqkb32cntwtizgij55b7isb4s5hv5hv5ujbbeu6clxkug", 2, 2, 22, 22)]
    [InlineData(5, "K0 K1 KAA1 KAA2 KAA3", "KAA4", "bafy2bzacedbiipe7l7gbtjandyyl6rqlkuqr2im2nl7d4bljidv5mta22rjqk", 3, 4, 139, 182)]
    [InlineData(6, "K", "B", "bafy2bzacebj7b2jahw7nxmu6mlhkwzucjmfq7aqlj52jusqtufqtaxcma4pdm", 2, 2, 24, 24)]
    [InlineData(6, "K0 K1 KAA1 KAA2 KAA3", "KAA4", "bafy2bzaceb3c76qlbsiv3baogpao3zah56eqonsowpkof33o5hmncfow4seso", 3, 4, 146, 194)]
    [InlineData(7, "K", "B", "bafy2bzacedrwwndijql6lmmtyicjwyehxtgey5fhzocc43hrzhetrz25v2k2y", 2, 2, 28, 28)]
    [InlineData(7, "K0 K1 KAA1 KAA2 KAA3", "KAA4", "bafy2bzacebhkyrwfexokaoygsx2crydq3fosiyfoa5bthphntmicsco2xf442", 3, 4, 154, 206)]
    public void Keys_used_as_hashes_give_the_shapes_of_the_reference(
        int width,
        string keys,
        string extra,
        string root,
        int reads,
        int writes,
        long bytesRead,
        long bytesWritten)
    {
        var map = New(width, HamtHash.Identity);
        var all = keys.Split(' ');
        for (var i = 0; i < all.Length; i++)
        {
            map.Set(Ascii(all[i]), Text($"{i}"));
        }

        map = Load(map.Flush(), width, HamtHash.Identity);
        var first = map.Flush();
        Assert.Equal(root, first.ToString());
        map = Load(first, width, HamtHash.Identity);
        map.Set(Ascii(extra), Text("0"));
        map.Delete(Ascii(extra));
        Assert.Equal(root, map.Flush().ToString());
        Counts(reads, writes, bytesRead, bytesWritten);
    }

    [Fact]
    public void A_bucket_that_overflows_becomes_a_child_and_comes_back()
    {
        const string Bucket = "bafy2bzaced2rbkiwrmrv7pdfypzz7mi2mhjyy2ykew64gahvw4knrx366bpwm";
        var map = New(5);
        map.Set("51"u8, Number(0));
        map.Set("55"u8, Number(1));
        map.Set("149"u8, Number(2));
        var root = map.Flush();
        Assert.Equal(Bucket, root.ToString());
        Assert.True(store.TryGet(root, out var block));
        Assert.Equal(
            "82410181838243313439028242353100824235" + "3501",
            Convert.ToHexStringLower(block.Span));
        map.Set("152"u8, Number(3));
        Assert.Equal(
            "bafy2bzacea6chtzf2gru5k42ynr52nvvb5fzgn5y3k6lbe427jmsapate3qno",
            map.Flush().ToString());
        map.Delete("152"u8);
        Assert.Equal(Bucket, map.Flush().ToString());

        map = New(5);
        map.Set("a"u8, Number(1));
        Assert.Equal(
            "bafy2bzacearq2fwmwe6vigu43ci5sop2pzdz2giwnyvjsfhdcn27ntsxugzdi",
            map.Flush().ToString());
    }

    /// <summary>Source: ref-fvm ipld/hamt/src/bitfield.rs.</summary>
    [Theory]
    [InlineData("", "40")]
    [InlineData("00", "4101")]
    [InlineData("00 40", "49010000000000000001")]
    public void A_bitmap_is_a_number_without_leading_zeros(string keys, string bitmap)
    {
        Hamt<RawCbor> map = New(8, HamtHash.Identity);
        foreach (string key in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            map.Set(Convert.FromHexString(key), Number(1));
        }

        store.TryGet(map.Flush(), out ReadOnlyMemory<byte> block);
        Assert.StartsWith("82" + bitmap + "8", Convert.ToHexStringLower(block.Span));
    }
}
