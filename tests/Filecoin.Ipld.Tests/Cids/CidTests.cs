namespace Filecoin.Ipld.Tests;

public sealed class CidTests
{
    private const string EmptyArrayText =
        "bafy2bzacebc3bt6cedhoyw34drrmjvazhu4oj25er2ebk4u445pzycvq4ta4a";

    [Theory]
    [InlineData(Codec.DagCbor, "80", EmptyArrayText)]
    [InlineData(Codec.Raw, "", "bafk2bzaceahfouoae3suhmxivmxlayez3kq5dzo7i53y654h7kvultprf7r2q")]
    [InlineData(Codec.Cbor, "80", "bafi2bzacebc3bt6cedhoyw34drrmjvazhu4oj25er2ebk4u445pzycvq4ta4a")]
    [InlineData(Codec.DagCbor, "40", "bafy2bzacea456askyutsf7uk4ta2q5aojrlcji4mhaqokbfalgvoq4ueeh4l2")]
    [InlineData(
        Codec.DagCbor,
        "82d82a5827000171a0e40220e5658b3d18cd06e1db9015b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2f"
        + "d82a5827000171a0e40220e5658b3d18cd06e1db9015b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2f",
        "bafy2bzacecmda75ovposbdateg7eyhwij65zklgyijgcjwynlklmqazpwlhba")]
    public void A_block_has_the_cid_of_the_network(ulong codec, string block, string text)
    {
        var cid = Cid.Of(codec, Convert.FromHexString(block));
        Assert.Equal(text, cid.ToString());
        Assert.Equal(cid, Cid.Parse(text));
        Assert.Equal(codec, cid.Codec);
        Assert.Equal(Multihash.Blake2b256, cid.HashFunction);
        Assert.Equal(32, cid.Digest.Length);
    }

    [Theory]
    [InlineData("bafkqaaa", "01550000")]
    [InlineData("bafkqaddgnfwc6mjpon4xg5dfnu", "0155000c66696c2f312f73797374656d")]
    [InlineData(EmptyArrayText, "0171a0e4022045b0cfc220ceec5b7c1c62c4d4193d38e4eba48e8815729ce75f9c0ab0e4c1c0")]
    [InlineData(
        "baga6ea4seaqdomn3tgwgrh3g532zopskstnbrd2n3sxfqbze7rxt7vqn7veigmy",
        "0181e203922020" + "3731bb99ac689f66eef5973e4a94da188f4ddcae580724fc6f3fd60dfd488333")]
    [InlineData(
        "bagboea4b5abcaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "0182e20381e80220" + "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(
        "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n",
        "1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Text_and_binary_form_agree(string text, string binary)
    {
        var bytes = Convert.FromHexString(binary);
        Assert.True(Cid.TryDecode(bytes, out var cid));
        Assert.Equal(text, cid.ToString());
        Assert.Equal(cid, Cid.Parse(text));
        Assert.Equal(bytes, Cid.Parse(text).Bytes.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("0171")]
    [InlineData("0071a0e40201aa")]
    [InlineData("0271000100")]
    [InlineData("81007100" + "00")]
    [InlineData("01f1000000")]
    [InlineData("0155000201")]
    [InlineData("1220e3b0")]
    [InlineData("01ffffffffffffffffff020000")]
    [InlineData("015500" + "41" + "0000000000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000" + "00")]
    public void Malformed_bytes_are_refused(string binary)
    {
        Assert.False(Cid.TryRead(Convert.FromHexString(binary), out var cid, out var consumed));
        Assert.False(cid.IsDefined);
        Assert.Equal(0, consumed);
    }

    [Fact]
    public void Reading_leaves_the_rest_and_decoding_refuses_it()
    {
        var bytes = Convert.FromHexString("0155000100ff");
        Assert.True(Cid.TryRead(bytes, out var cid, out var consumed));
        Assert.Equal(5, consumed);
        Assert.Equal(Multihash.Identity, cid.HashFunction);
        Assert.False(Cid.TryDecode(bytes, out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("b")]
    [InlineData("bAFKQAAA")]
    [InlineData("bafkqaab")]
    [InlineData("bafkqaaa=")]
    [InlineData("xafkqaaa")]
    [InlineData("QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10")]
    public void Malformed_text_is_refused(string? text) => Assert.False(Cid.TryParse(text, out _));

    [Fact]
    public void Equal_bytes_are_equal_cids_whatever_their_arrays()
    {
        var one = Cid.Of(Codec.Raw, "x"u8);
        Assert.True(Cid.TryDecode(one.Bytes, out var other));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Cid.Of(Codec.Cbor, "x"u8));
        Assert.NotEqual(default, one);
    }
}
