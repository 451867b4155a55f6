using System.Text;
using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests.Amt;

/// <summary>Source, where none is named: ref-fvm ipld/amt/tests/amt_tests.rs.</summary>
public sealed class AmtGoldenTests
{
    private const string Empty = "bafy2bzacedijw74yui7otvo63nfl3hdq2vdzuy7wx2tnptwed6zml4vvz7wee";
    private readonly TrackingBlockstore store = new();

    private static RawCbor Text(string text)
    {
        CborWriter writer = new(32);
        writer.WriteBytes(Encoding.ASCII.GetBytes(text));
        RawCbor value = new(writer.ToArray());
        writer.Dispose();
        return value;
    }

    private Amt<RawCbor> Of(string text, params IEnumerable<ulong> indexes)
    {
        Amt<RawCbor> list = new(store);
        foreach (ulong index in indexes)
        {
            list.Set(index, Text(text));
        }

        return list;
    }

    private static IEnumerable<ulong> UpTo(ulong count)
    {
        for (ulong i = 0; i < count; i++)
        {
            yield return i;
        }
    }

    private Amt<RawCbor> Load(Cid root) => Amt<RawCbor>.Load(store, root);

    private void Counts(int reads, int writes, long bytesRead, long bytesWritten) =>
        Assert.Equal((reads, writes, bytesRead, bytesWritten), store.Statistics);

    private static void AllAre(string text, Amt<RawCbor> list, IEnumerable<ulong> indexes) =>
        Assert.All(indexes, index => Assert.True(
            list.TryGet(index, out RawCbor value) && value == Text(text)));

    /// <summary>Roots computed by a second implementation, in Python.</summary>
    [Theory]
    [InlineData(1, "bafy2bzaceah43zxgj2qpop772pe7w2m5bj7ezp6cpoj6ai4m75grhxba2uxog")]
    [InlineData(2, "bafy2bzacebpbl7msg6mta4gjy3xmntdo6tt7wiikvctwtrkukkem5kvw5bw2i")]
    [InlineData(3, Empty)]
    [InlineData(4, "bafy2bzacebtuxloybdfwpzgkvvpdlkmnp4qu52omg3tkj4vqvimurdnfw3jva")]
    [InlineData(5, "bafy2bzaceacu3yonapahihxmnhzuvk76yupwjmyeymd2l5n6xfs5st52shm6a")]
    [InlineData(6, "bafy2bzaceaa2jny7gkgdwnid4kuldau6bnvgyss5bszo4uy6uikrncvdu5mc2")]
    [InlineData(7, "bafy2bzaceb6hdlij2uj3s5pjnslsicl6wsxknisb7ozq7xthftekcji4iukh4")]
    [InlineData(8, "bafy2bzaceb7tftzs4lvju5gt6mdnb5jiys7p2dptra75zdtezkrszs7sgrtz4")]
    public void An_empty_list_has_its_root(int bitWidth, string root)
    {
        Cid flushed = new Amt<RawCbor>(store, bitWidth).Flush();
        Assert.Equal(root, flushed.ToString());
        store.TryGet(flushed, out ReadOnlyMemory<byte> block);
        Assert.StartsWith($"840{bitWidth}000083", Convert.ToHexStringLower(block.Span));
    }

    /// <summary>Source: the genesis block of mainnet names it.</summary>
    [Fact]
    public void An_empty_list_of_the_old_form_has_its_root()
    {
        Cid root = new Amt<RawCbor>(store, format: AmtFormat.V0).Flush();
        Assert.Equal(
            "bafy2bzacedswlcz5ddgqnyo3sak3jmhmkxashisnlpq6ujgyhe4mlobzpnhs6", root.ToString());
        store.TryGet(root, out ReadOnlyMemory<byte> block);
        Assert.Equal("8300008341008080", Convert.ToHexStringLower(block.Span));
    }

    [Theory]
    [InlineData(AmtFormat.V3, "bafy2bzacedv5uu5za6oqtnozjvju5lhbgaybayzhw4txiojw7hd47ktgbv5wc", "8403000183410480814" + "3666f6f", 13)]
    [InlineData(AmtFormat.V0, "bafy2bzaceansvim5z2rzifilsbzsjuoul2adx7iad7x3b4paj3qsexqf6ovxk", "83000183410480814" + "3666f6f", 12)]
    public void One_value_is_a_root_alone(AmtFormat format, string expected, string bytes, int size)
    {
        Amt<RawCbor> list = new(store, format: format);
        list.Set(2, Text("foo"));
        Cid root = list.Flush();
        AllAre("foo", Amt<RawCbor>.Load(store, root, format), [2]);
        Assert.Equal(root, list.Flush());
        Assert.Equal(expected, root.ToString());
        Counts(1, 1, size, size);
        store.TryGet(root, out ReadOnlyMemory<byte> block);
        Assert.Equal(bytes, Convert.ToHexStringLower(block.Span));
    }

    [Fact]
    public void The_last_indexes_need_the_greatest_height()
    {
        Amt<RawCbor> list = Of("what is up", Amt<RawCbor>.IndexMax, Amt<RawCbor>.IndexMax - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Set(ulong.MaxValue, Text("")));
        Assert.Equal(21, list.Height);
        Assert.Equal(
            "bafy2bzacecl3zuubhdvkojg6uhbu4mebaehx554q6algfjitqiivvnrqprkxo",
            list.Flush().ToString());
        Counts(0, 22, 0, 1039);
    }

    [Fact]
    public void A_list_grows_with_its_indexes()
    {
        Amt<RawCbor> list = Of("foo", 2);
        list.Set(11, Text("bar"));
        list.Set(79, Text("baz"));
        Cid root = list.Flush();
        list = Load(root);
        AllAre("foo", list, [2]);
        AllAre("bar", list, [11]);
        AllAre("baz", list, [79]);
        Assert.Equal(
            "bafy2bzacecughjbclx3lbqwibrwc6pe7nttlc3qewedsrayghsvh5j5lpofiq", root.ToString());
        Counts(6, 6, 261, 261);
    }

    [Fact]
    public void Five_thousand_values_are_read_node_by_node()
    {
        Cid root = Of("foo foo bar", UpTo(5_000)).Flush();
        AllAre("foo foo bar", Load(root), UpTo(5_000));
        Assert.Equal(
            "bafy2bzacecfquuqzqzlox25aynodzw2qhxijdzfvno6tibyes3kb6nd3f7uxa", root.ToString());
        Counts(717, 717, 94_379, 94_379);
    }

    [Fact]
    public void What_was_flushed_is_not_read_again()
    {
        Amt<RawCbor> list = Of("foo foo bar", UpTo(100));
        list.Flush();
        AllAre("foo foo bar", list, UpTo(100));
        Counts(0, 16, 0, 1_930);
    }

    [Fact]
    public void A_list_with_a_history_has_the_root_of_one_without()
    {
        Amt<RawCbor> list = Of("cat", 0, 1, 2, 3);
        Assert.All<ulong>([1, 0, 2, 3], index => Assert.True(list.Delete(index)));
        list.Set(23, Text("dog"));
        list.Set(24, Text("dog"));
        Assert.True(list.Delete(23));
        Cid root = list.Flush();
        Assert.Equal(1UL, Load(root).Count);
        Assert.Equal(root, Of("dog", 24).Flush());
        Assert.Equal(
            "bafy2bzacebnnxpurpb3zqqr22i7ch4uruz6hgykn3ryzoo4hh3ox2m2kufsvg", root.ToString());
        Counts(1, 4, 52, 122);
    }

    [Fact]
    public void Deleting_the_highest_index_lowers_the_list()
    {
        Amt<RawCbor> list = Of("cat", 0, 27);
        list.Delete(27);
        Cid root = list.Flush();
        Assert.Equal(0, Load(root).Height);
        Assert.Equal(
            "bafy2bzacecmxrjeri2ojuy3riae2mpbnztx2hqggqgkcrxao2nwpga77j2vqe", root.ToString());
        Counts(1, 1, 13, 13);
    }

    [Fact]
    public void A_lowered_list_has_its_former_root()
    {
        Amt<RawCbor> list = Of("thing", 1);
        Cid former = list.Flush();
        list.Set(37, Text("other"));
        list = Load(list.Flush());
        Assert.True(list.Delete(37));
        Assert.Equal(former, list.Flush());
        Assert.Equal(
            "bafy2bzacebmkyah6kppbszluix3g332hntzx6wfdcqcr5hjdsaxri5jhgrdmo", former.ToString());
        Counts(3, 5, 117, 147);
    }

    [Fact]
    public void Iterating_reads_each_node_once()
    {
        ulong[] indexes = [.. UpTo(10_000).Where(i => (i + 1) % 3 == 0)];
        Amt<RawCbor> list = Of("value", indexes);
        list.ForEach((_, _) => { });
        Cid root = list.Flush();
        list = Load(root);
        List<ulong> listed = [];
        list.ForEach((index, _) => listed.Add(index));
        list.ForEach((_, _) => { });
        Assert.Equal(indexes, listed);
        Assert.Equal(
            "bafy2bzaceanqxtbsuyhqgxubiq6vshtbhktmzp2if4g6kxzttxmzkdxmtipcm", root.ToString());
        Counts(1_431, 1_431, 88_649, 88_649);
    }

    /// <summary>The reference changes two values on the way, which costs nothing more.</summary>
    [Fact]
    public void Iterating_a_deep_list_reads_each_node_once()
    {
        Cid root = Of("value", 1, 9, 66, 74, 82, 515).Flush();
        Amt<RawCbor> list = Load(root);
        list.ForEach((_, _) => { });
        list.Set(1, Text("value"));
        list.Set(74, Text("value"));
        Assert.Equal(
            "bafy2bzaced44wtasbcukqjqicvxzcyn5up6sorr5khzbdkl6zjeo736f377ew", root.ToString());
        Counts(12, 12, 573, 573);
    }

    [Fact]
    public void Deleting_the_only_value_gives_the_empty_list()
    {
        Amt<RawCbor> list = new(store);
        list.Flush();
        list.Set(100_000, Text("foo"));
        list.Delete(100_000);
        Assert.Equal(Empty, list.Flush().ToString());
        Counts(0, 2, 0, 18);
    }

    /// <summary>Lists of a chain; computed by a second implementation, in Python.</summary>
    [Theory]
    [InlineData("84004000f6", "bafy2bzaceb7cwbdddvuzb52rtfgm6rw5o5lbk2dzxp4gxriye6qqiapxjxauy")]
    [InlineData(
        "d82a5827000171a0e40220cebe89d62b1ff3c34a26d112fd0d1c71debefce08214cce0cdaaf67d532fbfeb",
        "bafy2bzacea5efr2lqxqhflvy6v3ipau3uplxihdcjlvtxgalz5zb3apxi26ju")]
    public void A_list_of_receipts_or_messages_has_its_root(string item, string root)
    {
        Amt<RawCbor> list = new(store, format: AmtFormat.V0);
        list.Set(0, new RawCbor(Convert.FromHexString(item)));
        Assert.Equal(root, list.Flush().ToString());
        store.TryGet(Cid.Parse(root), out ReadOnlyMemory<byte> block);
        Assert.Equal("8300018341018081" + item, Convert.ToHexStringLower(block.Span));
    }

    /// <summary>Computed by a second implementation, in Python.</summary>
    [Fact]
    public void The_lists_of_a_block_have_one_root()
    {
        CborWriter writer = new(128);
        writer.WriteArrayHeader(2);
        writer.WriteCid(
            Cid.Parse("bafy2bzacea5efr2lqxqhflvy6v3ipau3uplxihdcjlvtxgalz5zb3apxi26ju"));
        writer.WriteCid(new Amt<RawCbor>(store, format: AmtFormat.V0).Flush());
        Assert.Equal(
            "bafy2bzaceajep34bywlbirlh7tpp27lzkrbg77txyd763vzfajhkztjdemj3i",
            Cid.Of(Codec.DagCbor, writer.Written).ToString());
        writer.Dispose();
    }

    /// <summary>Computed by a second implementation, in Python.</summary>
    [Fact]
    public void A_list_of_events_has_its_root()
    {
        Amt<RawCbor> list = new(store, 5);
        list.Set(0, new RawCbor(Convert.FromHexString(
            "821903e9828403627431185558" + "20" + new string('0', 62) + "01"
            + "84036164185542dead")));
        Assert.Equal(
            "bafy2bzacedhgehz47o7fqhy2x3tiztynld53jbxrye2vecljfg7i3zxppjrxw",
            list.Flush().ToString());
    }
}
