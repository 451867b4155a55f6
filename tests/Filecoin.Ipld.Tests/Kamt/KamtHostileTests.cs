namespace Filecoin.Ipld.Tests.Kamt;

public sealed class KamtHostileTests
{
    private readonly MemoryBlockstore store = new();

    /// <summary>Nodes as hexadecimal; LINK stands for a link to an entry's node.</summary>
    [Theory]
    [InlineData("80", "no pair")]
    [InlineData("8340" + "8000", "three elements")]
    [InlineData("82410180", "fewer pointers than bits")]
    [InlineData("82410181a1617881" + "82404101", "an unknown pointer")]
    [InlineData("82410181a2617681824041016176818240" + "4101", "two pointers in one")]
    [InlineData("82410181a1617680", "an empty bucket")]
    [InlineData("82410181a16176828240410182" + "41014102", "two entries in a bucket of one")]
    [InlineData("82410181a1617681" + "81" + "40", "a key without a value")]
    [InlineData("82410181a16176818258210000000000000000000000000000000000000000000000000000000000000000004101", "a key of 33 bytes")]
    [InlineData("82410181a1616c82LINK00", "a link without its bits")]
    [InlineData("82410181a1616c83LINK034100", "bits of a part of a level")]
    [InlineData("82410181a1616c83LINK054" + "0", "fewer bytes than bits")]
    [InlineData("82410181a1616c83LINK18ff582000", "more bits than a key")]
    [InlineData("82410181a1616c83LINK1b0000000000000005" + "4100", "a length of eight bytes")]
    [InlineData("82410181a1616c83LINK0020", "bits that are a number")]
    [InlineData("82410181a1616c83d82a4800015512040a0a0a0a" + "0040", "a link to raw bytes")]
    [InlineData("824101" + "81a1617681824041" + "0100", "bytes after the node")]
    public void A_root_in_another_form_is_refused(string node, string why)
    {
        Cid child = Put("82410181a161768182404101");
        CborWriter writer = new(64);
        writer.WriteCid(child);
        Cid root = Put(node.Replace(
            "LINK", Convert.ToHexString(writer.Written), StringComparison.Ordinal));
        writer.Dispose();

        IpldException refusal = Assert.Throws<IpldException>(() => Load(root));
        Assert.True(refusal.Failure == IpldFailure.Malformed, why);
    }

    /// <summary>
    /// Of an item's type the reference looks only at the bits that the wanted type lacks: in a
    /// KAMT, whose nodes it reads by type, the number 0 is no bytes; an empty text is refused.
    /// </summary>
    /// <remarks>Spec: ref-fvm ipld/kamt/src/pointer.rs, PointerDe; cbor4ii 0.2.14.</remarks>
    [Fact]
    public void Bits_that_are_the_number_zero_are_taken_for_none()
    {
        string number = Root(Put("82410181a161768182404101"), 0)[..^2] + "00";
        Assert.True(Load(Put(number)).Has(KamtText.Key(0)));
        Assert.Throws<IpldException>(() => Load(Put(number[..^2] + "60")));
    }

    [Fact]
    public void A_skipped_way_is_shorter_than_what_is_left_of_a_key()
    {
        Cid child = Put("82410181a161768182404101");
        Assert.NotNull(Load(Put(Root(child, 250))));
        Assert.Throws<IpldException>(() => Load(Put(Root(child, 255))));
    }

    [Fact]
    public void An_empty_node_below_the_root_is_refused_when_it_is_read()
    {
        Kamt<RawCbor> map = Load(Put(Root(Put("824080"), 0)));
        IpldException refusal = Assert.Throws<IpldException>(() => map.Has(KamtText.Key(0)));
        Assert.Equal(IpldFailure.Malformed, refusal.Failure);
    }

    /// <summary>The reference does not look at bits beyond the slots.</summary>
    [Fact]
    public void A_slot_that_no_key_has_stays_and_is_cut_when_it_is_pulled_up()
    {
        Cid deep = Put("82410181a161768182404101");
        string link = Root(deep, 0)[8..];
        Cid beyond = Put("8245" + "0100000001" + "82" + "a161768182404102" + link);
        Kamt<RawCbor> map = Load(Put(Root(beyond, 0)));
        Assert.Equal(2, map.Entries().Count());
        Assert.True(map.Delete(KamtText.Key(0)));
        Assert.Single(Load(map.Flush()).Entries());
    }

    [Fact]
    public void Entries_above_the_least_depth_are_refused()
    {
        Cid root = Put("82410181a161768182404101");
        Assert.Throws<IpldException>(() => Kamt<RawCbor>.Load(store, root, new(5, 1, 1)));
    }

    [Fact]
    public void A_chain_of_nodes_deeper_than_a_key_is_refused()
    {
        Cid root = Put("82410181a161768182404101");
        for (int i = 0; i < 60; i++)
        {
            root = Put(Root(root, 0));
        }

        Kamt<RawCbor> map = Load(root);
        byte[] key = KamtText.Key(0);
        Assert.Throws<IpldException>(() => map.Has(key));
        Assert.Throws<IpldException>(() => map.Entries().Count());
        Assert.Throws<IpldException>(() => map.Set(key, KamtText.Value("1")));
        Assert.Throws<IpldException>(() => map.Delete(key));
    }

    [Fact]
    public void A_chain_of_skipped_ways_longer_than_a_key_is_refused()
    {
        Cid root = Put("82410181a161768182404101");
        for (int i = 0; i < 8; i++)
        {
            root = Put(Root(root, 100));
        }

        Kamt<RawCbor> map = Load(root);
        byte[] key = KamtText.Key(0);
        Assert.Throws<IpldException>(() => map.Has(key));
        Assert.Throws<IpldException>(() => map.Set(key, KamtText.Value("1")));
        Assert.Throws<IpldException>(() => map.Delete(key));
    }

    [Fact]
    public void A_bucket_that_a_key_cannot_leave_is_refused()
    {
        // The entry's key differs from zero in the first bits alone, which put it elsewhere.
        Cid root = Put(
            "82410181a161768182" + "5820f8" + new string('0', 62) + "4101");
        Kamt<RawCbor> map = Load(root);
        IpldException refusal = Assert.Throws<IpldException>(
            () => map.Set(KamtText.Key(0), KamtText.Value("1")));
        Assert.Equal(IpldFailure.OutOfRange, refusal.Failure);
        Assert.Equal(root, map.Flush());
    }

    private static string Root(Cid child, int skipped)
    {
        CborWriter writer = new(128);
        writer.WriteArrayHeader(2);
        writer.WriteBytes([1]);
        writer.WriteArrayHeader(1);
        writer.WriteMapHeader(1);
        writer.WriteText("l");
        writer.WriteArrayHeader(3);
        writer.WriteCid(child);
        writer.WriteUInt64((ulong)skipped);
        writer.WriteBytes(new byte[(skipped + 7) / 8]);
        string node = Convert.ToHexString(writer.Written);
        writer.Dispose();
        return node;
    }

    private Cid Put(string node) => store.Put(Codec.DagCbor, Convert.FromHexString(node));

    private Kamt<RawCbor> Load(Cid root) =>
        Kamt<RawCbor>.Load(store, root, KamtOptions.ContractStorage);
}
