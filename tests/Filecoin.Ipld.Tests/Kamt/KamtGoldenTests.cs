using Filecoin.TestKit;

namespace Filecoin.Ipld.Tests.Kamt;

public sealed class KamtGoldenTests
{
    private readonly TrackingBlockstore store = new();

    private static string Ones => new('f', 64);

    /// <summary>
    /// Contents and roots written by the reference's EVM actor. Source: froghub-io
    /// fevm-test-vectors.
    /// </summary>
    public static TheoryData<string, string> ContractStorages => new()
    {
        {
            $"c373677ac44616fb9556e16d06b39ef0a5bec47c40b9eacb9b2dc4e6ce3fdd79={Ones}",
            "bafy2bzacebilwdhyozuoofuluhxsbgirifzx27jqbw5daawax5e4h2sfycscs"
        },
        {
            "0=c6cde7c39eb2f0f0095f41570af89efc2c1ea828 "
            + "53d8a4bdc24a86646a43cbfdd49371bbab497e3478650e5fc7e831fb6d2c6cf2=3fd0f6efcd",
            "bafy2bzacedzqrwe5ygqqx5l46dezlneglxk4mw7stgjjzekzb5in3vyybmouo"
        },
        {
            "0=c6cde7c39eb2f0f0095f41570af89efc2c1ea828 "
            + "53d8a4bdc24a86646a43cbfdd49371bbab497e3478650e5fc7e831fb6d2c6cf2=3fce39a48d "
            + "7de69e2a7594b71e0751bbb5c76681646d0c7a612b348047c0894ea5994779f7=02bd4b40",
            "bafy2bzacecqeamwizp7dixqyl7r53xzlt4liz67px6z47luxue5jiyvafmfz4"
        },
        {
            Five("16"),
            "bafy2bzacec2c6ee5zzzllvg2i45vxnaa2nuw37nsssqaifcbn2s7vlsvtbxyk"
        },
        {
            Five("17") + " 489fcfe78b2083ebb328f3a94fbbed439bdf2dfba07cf9e577076b259da7fdbf=01",
            "bafy2bzaceadn4vhqb6rgjesbvojkof53imf6obwpvd2w26vjra3ebib2rphz6"
        },
    };

    [Theory]
    [MemberData(nameof(ContractStorages))]
    public void The_storage_of_a_contract_has_its_root(string content, string root) =>
        Assert.Equal(root, Of(content).Flush().ToString());

    /// <summary>Roots computed by a second implementation, in Python.</summary>
    [Theory]
    [InlineData("", "bafy2bzaceamp42wmmgr2g2ymg46euououzfyck7szknvfacqscohrvaikwfay")]
    [InlineData("0=1", "bafy2bzaced72u7zr5shnkkr2rrdmpn5sqd35floqjef2p26ettoviudcxg462")]
    [InlineData("0=1 1=2", "bafy2bzaced5no5tqekexm5nsjnx7myfclcukpzbbwbsd27z4efzc3jmydblci")]
    [InlineData("0=1 2=3", "bafy2bzaceckmzzt7uwk5pg37v6puf2siv6xdfcke6mqgn5y7ksgbooy5bsk3u")]
    [InlineData("0=1 20=2", "bafy2bzacebmtzyillwv4achovu5t5lq5gax2mw7r763nkj5hkj63s3jbqdob6")]
    [InlineData(
        "0=64 1=65 2=66 3=67 4=68 5=69 6=6a 7=6b 8=6c 9=6d",
        "bafy2bzacedltm5oe5rdz63v2n4xbkn2pmi7h3rltic7fpbzb5g24u3yvzziey")]
    [InlineData("0=1 8^1=2", "bafy2bzacebzgchfjr2lqvepaduhb7txofnvrapikt4z3l5r2orzahat6qpohs")]
    [InlineData(
        "5=1 8^5=2 8^6=3", "bafy2bzacecw6kmwcph5stvotbpho4ga2zrgbc2qtredwc47cypnaaovmwikkc")]
    [InlineData(
        "0=1 1=2 100000000000000000000000000000000000000000000000000=9",
        "bafy2bzaceb4kt5svj53tkqngrq75sd57r7y4fv2tszkdzqlu3sc63twofrrbw")]
    public void Keys_alike_share_skipped_levels(string content, string root)
    {
        // 8^n is the number n with the highest bit set.
        string far = content
            .Replace("8^1", "8" + new string('0', 63), StringComparison.Ordinal)
            .Replace("8^", "8" + new string('0', 62), StringComparison.Ordinal);
        Assert.Equal(root, Of(far).Flush().ToString());
    }

    [Theory]
    [InlineData("0=1", "82410181a1617681824041" + "01")]
    [InlineData(
        "0=1 8000000000000000000000000000000000000000000000000000000000000000=2",
        "824301000182a16176818240" + "4101" + "a161768182"
        + "58208000000000000000000000000000000000000000000000000000000000000000" + "4102")]
    public void A_root_has_these_bytes(string content, string bytes)
    {
        store.TryGet(Of(content).Flush(), out ReadOnlyMemory<byte> block);
        Assert.Equal(bytes, Convert.ToHexStringLower(block.Span));
    }

    [Theory]
    [InlineData("0=1 1=2", "824103" + "82a1617681824041" + "01a16176818241014102", "18fa5820", 32)]
    [InlineData("0=1 20=2", "8243010001" + "82a1617681824041" + "01a16176818241204102", "18f5581f", 31)]
    public void A_pointer_says_which_bits_it_skips(
        string content, string leaf, string head, int zeros)
    {
        Cid child = Cid.Of(Codec.DagCbor, Convert.FromHexString(leaf));
        store.TryGet(Of(content).Flush(), out ReadOnlyMemory<byte> block);
        Assert.True(store.Has(child));
        Assert.Equal(
            "82410181a1616c83d82a582700" + Convert.ToHexStringLower(child.Bytes) + head
            + new string('0', 2 * zeros),
            Convert.ToHexStringLower(block.Span));
    }

    [Fact]
    public void A_key_that_leaves_a_skipped_way_is_put_without_reading_the_child()
    {
        Kamt<RawCbor> map = Load(Of("0=1 1=2").Flush());
        map.Set(KamtText.Key("1" + new string('0', 50)), KamtText.Value("9"));
        Assert.Equal((1, 2), (store.Reads, store.Writes));
        Assert.Equal(
            "bafy2bzaceb4kt5svj53tkqngrq75sd57r7y4fv2tszkdzqlu3sc63twofrrbw",
            map.Flush().ToString());
        Assert.Equal((1, 4), (store.Reads, store.Writes));
    }

    [Fact]
    public void Deleting_the_key_that_split_a_way_joins_it_again_without_reading_the_child()
    {
        string far = "1" + new string('0', 50);
        Kamt<RawCbor> map = Load(Of($"0=1 1=2 {far}=9").Flush());
        int written = store.Writes;
        Assert.True(map.Delete(KamtText.Key(far)));
        Assert.Equal(
            "bafy2bzaced5no5tqekexm5nsjnx7myfclcukpzbbwbsd27z4efzc3jmydblci",
            map.Flush().ToString());

        // The root and the node at the split are read; the root alone is written.
        Assert.Equal((2, written + 1), (store.Reads, store.Writes));
    }

    [Fact]
    public void A_get_that_misses_on_the_way_reads_the_child_and_a_delete_does_not()
    {
        Cid root = Of("0=1 1=2").Flush();
        byte[] far = KamtText.Key("1" + new string('0', 50));
        Kamt<RawCbor> map = Load(root);
        Assert.False(map.Delete(far));
        Assert.Equal(1, store.Reads);
        Assert.False(map.Has(far));
        Assert.Equal(2, store.Reads);
        Assert.False(map.Has(far));
        Assert.Equal(2, store.Reads);
        Assert.Equal(root, map.Flush());
    }

    [Fact]
    public void What_is_present_costs_a_read_for_each_link_and_a_write_for_each_changed_node()
    {
        Cid root = Of("0=1 1=2").Flush();
        int written = store.Writes;
        Kamt<RawCbor> map = Load(root);
        Assert.False(map.Set(KamtText.Key("1"), KamtText.Value("2")));
        Assert.Equal(root, map.Flush());
        Assert.Equal((2, written), (store.Reads, store.Writes));
        Assert.True(map.Set(KamtText.Key("1"), KamtText.Value("3")));
        map.Flush();
        Assert.Equal((2, written + 2), (store.Reads, store.Writes));
        map = Load(root);
        Assert.True(map.Delete(KamtText.Key("1")));
        map.Flush();
        Assert.Equal((4, written + 3), (store.Reads, store.Writes));
    }

    private static string Five(string changed) =>
        "c9=1b3324b415464b861c004d51872869a4483474e6 "
        + "360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc="
        + "acdcfe0519b4a4e1d9f270d77c335af58e7cb3c2 "
        + $"7b6766dc6ee0a8d988b0cf2a8e1d6cbf6e470037b8bac6c61ec40cf150203631={changed} "
        + "b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103="
        + "2ff9e5170c6b4146f6bab3b416e56817a34b556c "
        + "d2efb2195749f60dad4f7213b341c6d75d5494c416eab81932aa8af2e254a468=01";

    private Kamt<RawCbor> Of(string content)
    {
        Kamt<RawCbor> map = new(store, KamtOptions.ContractStorage);
        foreach (string entry in content.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.Split('=');
            map.Set(KamtText.Key(parts[0]), KamtText.Value(parts[1]));
        }

        return map;
    }

    private Kamt<RawCbor> Load(Cid root) =>
        Kamt<RawCbor>.Load(store, root, KamtOptions.ContractStorage);
}
