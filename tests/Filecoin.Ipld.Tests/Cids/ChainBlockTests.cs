namespace Filecoin.Ipld.Tests.Cids;

/// <summary>
/// Blocks of real chains: their names, and that our codec writes them as they are.
/// </summary>
public sealed class ChainBlockTests
{
    /// <summary>Sources: beside each.</summary>
    public static TheoryData<string, string> Blocks => new()
    {
        // lotus build/genesis, mainnet: mainnet genesis block.
        {
            "904200008158205f8a03396b309a60fb7d3d33dd13483d05464bce5fd9d06171e7a8c280e2"
            + "42168200408182005820000000000000000000000000000000000000000000000000000000"
            + "00000000008081d82a58250001711220107d821c25dc0735200249df94a8bebc9c8e489744"
            + "f86a4ca8919e81f19dcd724000d82a5827000171a0e402208fbc07f7587e2efebab9ff1ab2"
            + "7c928881abf9d1b7e5ad5206781415615867aed82a5827000171a0e40220e5658b3d18cd06"
            + "e1db9015b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2fd82a5827000171a0e4022098"
            + "307faeabdd208c1321be4c1ec84fbb952cd8424c24db0d5a96c8032fb2ce10f61a5f443860"
            + "f600450005f5e100",
            "bafy2bzacecnamqgqmifpluoeldx7zzglxcljo6oja4vrmtj7432rphldpdmm2"
        },
        // lotus build/genesis, butterflynet: butterfly genesis block.
        {
            "9042000081582018794c99c02845d146b51119eb89f129e3083fe1a6b20a6eb894d92df4e6"
            + "170d8200408182005820000000000000000000000000000000000000000000000000000000"
            + "00000000008081d82a58250001711220107d821c25dc0735200249df94a8bebc9c8e489744"
            + "f86a4ca8919e81f19dcd724000d82a5827000171a0e40220066f54e0cdf6c2387d4458e3f2"
            + "822921e2279e5831ff434523327603e8ed8788d82a5827000171a0e40220e5658b3d18cd06"
            + "e1db9015b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2fd82a5827000171a0e4022098"
            + "307faeabdd208c1321be4c1ec84fbb952cd8424c24db0d5a96c8032fb2ce10f61a69f9900c"
            + "f600450005f5e100",
            "bafy2bzacebt5wxzyrgizu2uunetxtkc6aom3ult236vviv2nseiwnquu6anha"
        },
        // Forest serialization vectors, block_headers.json 0: header.
        {
            "904300e80781586082cb7477a801f55c1f2ea5e5d1167661feea60a39f697e1099af132682"
            + "b81cc5047beacf5b6e80d5f52b9fd90323fb8510a5396416dd076c13c85619e17655858274"
            + "4053a3faef6764829aa02132a1571a76aabdc498a638ea0054d3bb57f41d82015860812d23"
            + "96cc4592cdf7f829374b01ffd03c5469a4b0a9acc5ccc642797aa0a5498b97b28d90820fed"
            + "c6f79ff0a6005f5c15dbaca3b8a45720af7ed53000555667207a0ccb50073cd24510995abd"
            + "4c4e45c1e9e114905018b2da9454190499941e818201582012dd0a6a7d0e222a97926da03a"
            + "db5a7768d31cc7c5c2bd6828e14a7d25fa3a608182004b76616c69642070726f6f6681d82a"
            + "5827000171a0e4022030f89a8b0373ad69079dbcbc5addfe9b34dce932189786e50d3eb432"
            + "ede3ba9c43000f0001d82a5827000171a0e4022052238c7d15c100c1b9ebf849541810c9e3"
            + "c2d86e826512c6c416d2318fcd496dd82a5827000171a0e40220e5658b3d18cd06e1db9015"
            + "b4b0ec55c123a24d5be1ea24d83938c5b8397b4f2fd82a5827000171a0e4022018d351341c"
            + "302a21786b585708c9873565a0d07c42521d4aaf52da3ff6f2e461586102c0000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000001a5f2c5439586102b5cd48724dce0fec8799d77fd6c5"
            + "113276e7f470c8391faa0b5a6033a3eaf357d635705c36abe10309d73592727289680515af"
            + "d9d424793ba4796b052682d21b03c5c8a37d94827fecc59cdc5750e198fdf20dee012f4d62"
            + "7c6665132298ab95004500053724e0",
            "bafy2bzacecv2dnse37l6p2xwhqaq63txtme7hc7ajkgawuswyzqftgdmuhrfs"
        },
        // lotus build/genesis, butterflynet: state root.
        {
            "8305d82a5827000171a0e4022080389221f1962601192b939f79a2a773460af8cdd2b04988"
            + "20565d6ddd7d5e56d82a5827000171a0e4022045b0cfc220ceec5b7c1c62c4d4193d38e4eb"
            + "a48e8815729ce75f9c0ab0e4c1c0",
            "bafy2bzaceadg6vhazx3meod5irmoh4ucfeq6ej46lay76q2femzhma7i5wdyq"
        },
        // Forest serialization vectors, message_signing.json 0: message.
        {
            "8a0044009f8d06583103938c9a503bf9a33d4e95aaee1401933dae469743b1a1e937e67a7f"
            + "a175cc37cce4a5eb90e4ea9a1e36c0035891518f3d18374200011a000f4240420064420001"
            + "0040",
            "bafy2bzacedhl5cowfmp7hq2ke3irf7indry55px44cbbjthazwvpm7ktf676w"
        },
        // Computed by a second implementation, in Python: the key of the mainnet genesis tipset.
        {
            "58260171a0e40220" + GenesisDigest,
            "bafy2bzacea3l7hchfijz5fvswab36fxepf6oagecp5hrstmol7zpm2l4tedf6"
        },
    };

    private static string GenesisDigest => Convert.ToHexStringLower(
        Cid.Parse("bafy2bzacecnamqgqmifpluoeldx7zzglxcljo6oja4vrmtj7432rphldpdmm2").Digest);

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_of_a_chain_has_its_name(string block, string name) =>
        Assert.Equal(name, Cid.Of(Codec.DagCbor, Convert.FromHexString(block)).ToString());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_of_a_chain_is_written_as_it_was_read(string block, string name)
    {
        byte[] bytes = Convert.FromHexString(block);
        CborReader reader = new(bytes);
        CborWriter writer = new(bytes.Length);
        Copy(ref reader, ref writer);
        Assert.True(reader.TryEnd(), name);
        Assert.Equal(block, Convert.ToHexStringLower(writer.ToArray()));
        writer.Dispose();
    }

    private static void Copy(ref CborReader reader, ref CborWriter writer)
    {
        int start = reader.Position;
        Assert.True(reader.TryPeekMajor(out CborMajor major));
        switch (major)
        {
            case CborMajor.Unsigned when reader.TryReadUInt64(out ulong number):
                writer.WriteUInt64(number);
                break;
            case CborMajor.Bytes when reader.TryReadBytes(out ReadOnlySpan<byte> bytes):
                writer.WriteBytes(bytes);
                break;
            case CborMajor.Tag when reader.TryReadCid(out Cid cid):
                writer.WriteCid(cid);
                break;
            case CborMajor.Array when reader.TryReadArrayHeader(out int count):
                writer.WriteArrayHeader(count);
                for (int i = 0; i < count; i++)
                {
                    Copy(ref reader, ref writer);
                }

                break;
            default:
                Assert.True(reader.TryReadNull());
                writer.WriteNull();
                break;
        }

        Assert.True(reader.Position > start);
    }
}
