namespace Filecoin.Chain.Tests.Blocks;

/// <summary>
/// Real headers. Source: shared/spec/vectors-data.md 8: the genesis blocks of mainnet and
/// butterfly from their CARs in lotus, and block_headers.json [0] of Forest's test data.
/// </summary>
public sealed class HeaderGoldenTests
{
    private const string Mainnet =
        "904200008158205f8a03396b309a60fb7d3d33dd13483d05464bce5fd9d06171e7a8c280e242168200408182"
        + "00582000000000000000000000000000000000000000000000000000000000000000008081d82a58250001"
        + "711220107d821c25dc0735200249df94a8bebc9c8e489744f86a4ca8919e81f19dcd724000d82a58270001"
        + "71a0e402208fbc07f7587e2efebab9ff1ab27c928881abf9d1b7e5ad5206781415615867aed82a58270001"
        + "71a0e40220e5658b3d18cd06e1db9015b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2fd82a58270001"
        + "71a0e4022098307faeabdd208c1321be4c1ec84fbb952cd8424c24db0d5a96c8032fb2ce10f61a5f443860"
        + "f600450005f5e100";

    private const string Butterfly =
        "9042000081582018794c99c02845d146b51119eb89f129e3083fe1a6b20a6eb894d92df4e6170d8200408182"
        + "00582000000000000000000000000000000000000000000000000000000000000000008081d82a58250001"
        + "711220107d821c25dc0735200249df94a8bebc9c8e489744f86a4ca8919e81f19dcd724000d82a58270001"
        + "71a0e40220066f54e0cdf6c2387d4458e3f2822921e2279e5831ff434523327603e8ed8788d82a58270001"
        + "71a0e40220e5658b3d18cd06e1db9015b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2fd82a58270001"
        + "71a0e4022098307faeabdd208c1321be4c1ec84fbb952cd8424c24db0d5a96c8032fb2ce10f61a69f9900c"
        + "f600450005f5e100";

    private const string WithAllFields =
        "904300e80781586082cb7477a801f55c1f2ea5e5d1167661feea60a39f697e1099af132682b81cc5047beacf"
        + "5b6e80d5f52b9fd90323fb8510a5396416dd076c13c85619e176558582744053a3faef6764829aa02132a1"
        + "571a76aabdc498a638ea0054d3bb57f41d82015860812d2396cc4592cdf7f829374b01ffd03c5469a4b0a9"
        + "acc5ccc642797aa0a5498b97b28d90820fedc6f79ff0a6005f5c15dbaca3b8a45720af7ed5300055566720"
        + "7a0ccb50073cd24510995abd4c4e45c1e9e114905018b2da9454190499941e818201582012dd0a6a7d0e22"
        + "2a97926da03adb5a7768d31cc7c5c2bd6828e14a7d25fa3a608182004b76616c69642070726f6f6681d82a"
        + "5827000171a0e4022030f89a8b0373ad69079dbcbc5addfe9b34dce932189786e50d3eb432ede3ba9c4300"
        + "0f0001d82a5827000171a0e4022052238c7d15c100c1b9ebf849541810c9e3c2d86e826512c6c416d2318f"
        + "cd496dd82a5827000171a0e40220e5658b3d18cd06e1db9015b4b0ec55c123a24d5be1ea24d83938c5b839"
        + "7b4f2fd82a5827000171a0e4022018d351341c302a21786b585708c9873565a0d07c42521d4aaf52da3ff6"
        + "f2e461586102c0000000000000000000000000000000000000000000000000000000000000000000000000"
        + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000000000000000001a5f2c5439586102b5cd48724dce0fec8799d77fd6c5113276e7f4"
        + "70c8391faa0b5a6033a3eaf357d635705c36abe10309d73592727289680515afd9d424793ba4796b052682"
        + "d21b03c5c8a37d94827fecc59cdc5750e198fdf20dee012f4d627c6665132298ab95004500053724e0";

    [Theory]
    [InlineData(Mainnet, "bafy2bzacecnamqgqmifpluoeldx7zzglxcljo6oja4vrmtj7432rphldpdmm2")]
    [InlineData(Butterfly, "bafy2bzacebt5wxzyrgizu2uunetxtkc6aom3ult236vviv2nseiwnquu6anha")]
    [InlineData(WithAllFields, "bafy2bzacecv2dnse37l6p2xwhqaq63txtme7hc7ajkgawuswyzqftgdmuhrfs")]
    public void A_header_is_read_and_written_to_the_byte(string hex, string cid)
    {
        byte[] bytes = Convert.FromHexString(hex);

        Assert.True(BlockHeader.TryDecode(bytes, out BlockHeader? header));

        Assert.Equal(hex, Convert.ToHexStringLower(Cbor.Encode(header)));
        Assert.Equal(cid, header.Cid.ToString());
    }

    [Fact]
    public void Fields_are_those_that_the_source_has()
    {
        Assert.True(BlockHeader.TryDecode(
            Convert.FromHexString(WithAllFields), out BlockHeader? header));

        Assert.Equal(Address.Parse("f01000"), header.Miner);
        Assert.Equal(new(1), header.Epoch);
        Assert.Equal(3_840, header.ParentWeight.Value);
        Assert.Equal(1, header.ElectionProof!.Value.WinCount);
        Assert.Equal("valid proof"u8, header.WinningPost[0].Proof.Span);
        Assert.Equal(1_596_740_665UL, header.Timestamp);
        Assert.Equal(TokenAmount.FromAtto(87_500_000), header.ParentBaseFee);
        Assert.Equal(SignatureType.Bls, header.BlsAggregate!.Value.Type);
    }

    [Fact]
    public void The_signature_of_no_message_is_the_one_that_the_source_has()
    {
        Assert.True(BlockHeader.TryDecode(
            Convert.FromHexString(WithAllFields), out BlockHeader? header));
        Assert.True(Signature.TryAggregateBls([], out Signature none));
        Assert.Equal(header.BlsAggregate, none);
    }

    [Fact]
    public void What_is_signed_is_the_header_without_its_signature()
    {
        Assert.True(BlockHeader.TryDecode(
            Convert.FromHexString(WithAllFields), out BlockHeader? header));
        Assert.True(BlockHeader.TryDecode(header.SigningBytes(), out BlockHeader? unsigned));
        Assert.Null(unsigned.Signature);
        Assert.Equal(
            header.Cid, (unsigned with { Signature = header.Signature }).Cid);
    }

    [Fact]
    public void The_key_of_the_first_tipset_has_the_known_cid()
    {
        Assert.True(BlockHeader.TryDecode(
            Convert.FromHexString(Mainnet), out BlockHeader? header));
        Assert.Equal(
            "bafy2bzacea3l7hchfijz5fvswab36fxepf6oagecp5hrstmol7zpm2l4tedf6",
            Tipset.Of(header).KeyCid.ToString());
        Assert.Equal(
            "bafy2bzacea456askyutsf7uk4ta2q5aojrlcji4mhaqokbfalgvoq4ueeh4l2",
            default(TipsetKey).Cid.ToString());
    }

    [Fact]
    public void A_first_block_of_ours_has_the_form_of_the_networks()
    {
        Assert.True(BlockHeader.TryDecode(
            Convert.FromHexString(Butterfly), out BlockHeader? golden));

        BlockHeader ours = GenesisBlock.Make(
            new MemoryBlockstore(), golden.ParentStateRoot, golden.Timestamp,
            golden.ParentBaseFee);

        Assert.Equal(golden.Cid, (ours with { Ticket = golden.Ticket }).Cid);
    }

    [Fact]
    public void Lists_of_messages_have_the_known_roots()
    {
        // vectors-data.md 8, small structures: the message of Forest's message_signing.json [0].
        Message message = new(
            0, Address.Parse("f099999"), Address.FromBls(Convert.FromHexString(
                "938c9a503bf9a33d4e95aaee1401933dae469743b1a1e937e67a7fa175cc37cce4a5eb90e4ea9a1e36"
                + "c0035891518f3d")),
            55, TokenAmount.FromAtto(1), 1_000_000, TokenAmount.FromAtto(100),
            TokenAmount.FromAtto(1), MethodNumber.Send, default);
        Assert.True(BlockHeader.TryDecode(
            Convert.FromHexString(Mainnet), out BlockHeader? header));
        MemoryBlockstore blocks = new();

        FullBlock block = FullBlock.Of(header, [ChainMessage.FromBls(message)]);
        Cid root = block.PutMessages(blocks);

        Assert.Equal(
            "bafy2bzaceajep34bywlbirlh7tpp27lzkrbg77txyd763vzfajhkztjdemj3i", root.ToString());
        Assert.Equal(header.Messages, FullBlock.Of(header, []).PutMessages(blocks));
        FullBlock read = FullBlock.Load(blocks, header with { Messages = root });
        Assert.Equal([ChainMessage.FromBls(message)], read.Messages);
        Assert.Equal(1, read.BlsCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void A_header_that_is_cut_or_longer_is_refused(int cut)
    {
        byte[] bytes = Convert.FromHexString(WithAllFields);
        Assert.False(BlockHeader.TryDecode(bytes.AsSpan(0, bytes.Length - 1 - cut), out _));
        Assert.False(BlockHeader.TryDecode([.. bytes, 0], out _));
    }

    [Fact]
    public void A_number_in_more_bytes_than_it_needs_is_refused()
    {
        // The base fee 0x05f5e100 with a zero before it: a value that Go takes, of another CID.
        byte[] longer = Convert.FromHexString(Mainnet.Replace(
            "450005f5e100", "46000005f5e100", StringComparison.Ordinal));
        Assert.False(BlockHeader.TryDecode(longer, out _));
    }
}
