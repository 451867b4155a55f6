namespace Filecoin.Primitives.Tests;

/// <summary>Addresses of the reference.</summary>
/// <remarks>
/// Provenance: ref-fvm shared/tests/address_test.rs. The two Ethereum addresses, ids 127 and 128
/// and the BLS zero address are reckoned by the rules that the others confirm.
/// </remarks>
public sealed class AddressGoldenTests
{
    [Theory]
    [InlineData(
        "049402fac37e6432a416a3a0ca5426b5185ab3b24f6134efa25ce487c82d2e4e13bf452511e0d224"
        + "5421f8613bc10d72fa216666a96c3bc13920d3ff233fd0bc05",
        "01ea0f0ea039b291a0f08fd179e0556a8c3277c0d3",
        "f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq")]
    [InlineData(
        "047687b910379bf28cbe3aea674b12000c6b7dba46ffc05f6c94fe2a22bbcc2602ff7f5c76f21ca5"
        + "5d36959152b0e1e887917c393576eef093f61ebd3ad06f7fda",
        "01d1500504e4d1ac3e89ac891a4502586fabd9b417",
        "f12fiakbhe2gwd5cnmrenekasyn6v5tnaxaqizq6a")]
    [InlineData(
        "04defdd01001efb86e01ded5ce34f847a73a14819ee641bcb60bb92993596f05dc2d605f2985f8d1"
        + "25812dac4163a396349b23c11cc2ff359de54be287ea62319b",
        "01b06e7a6f0f551de261fe3a6fe182b422ee0bc6b6",
        "f1wbxhu3ypkuo6eyp6hjx6davuelxaxrvwb2kuwva")]
    [InlineData(
        "0403ed12c814b6b10d2ee09d95b4688db2d180d0a9a37a6b6a7db63d29811ee9730479d8ef9139e9"
        + "1249cabd393291cfe5d277ba76de45e3e085a37681bf3645d2",
        "01bcec07c05e69f92468e2b3e3bf77c874f2c5da8c",
        "f1xtwapqc6nh4si2hcwpr3656iotzmlwumogqbuaa")]
    [InlineData(
        "04f796819a8e271631af7c189797b545d60225936147e6010e6562b3ce9efe8b10144161a91ed0b4"
        + "ec890800253fa6fc20ac90fbf1fbf27130a4ecc3e403b70576",
        "01b882619d46558f3d9e316d11b48dcf211327026a",
        "f1xcbgdhkgkwht3hrrnui3jdopeejsoatkzmoltqy")]
    [InlineData(
        "0442832bf87cce9ea345b90350de7d3495859ca449059c5e88dde74285dffb9ec01ebabc5fc86268"
        + "cfeaeba7ae05bfb8d68eb75a5268782cf86fc8702bef8a1fe0",
        "01fd1d0f4dfcd7e99afcb99a8326b7dc459d32c628",
        "f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy")]
    public void A_secp256k1_key_has_the_address_of_the_reference(
        string key, string bytes, string text) =>
        Check(Address.FromSecp256k1(Convert.FromHexString(key)), bytes, text);

    [Theory]
    [InlineData(
        "76128190cdf068d1418044acc03e0b6781970d60",
        "02e54dea4f9bc5b47d261819826d5e1fbf8bc5503b",
        "f24vg6ut43yw2h2jqydgbg2xq7x6f4kub3bg6as6i")]
    [InlineData(
        "2cafb8e2e06bba98ea657c5cf5f42023aa23e88e",
        "02eb58bd08a15a6ade19d0989674148fa95a8157c6",
        "f25nml2cfbljvn4goqtclhifepvfnicv6g7mfmmvq")]
    [InlineData(
        "022c9e0ea29d8f40c56abec35c8d587da0a64c18",
        "026d21137eb4c4814269e894d296cf6500e43cd714",
        "f2nuqrg7vuysaue2pistjjnt3fadsdzvyuatqtfei")]
    [InlineData(
        "dfec030e204f0f59d80f1d5ee91dfd066d7f63bd",
        "02e0c7c75f82d55e5ed55db28033630df4274a984f",
        "f24dd4ox4c2vpf5vk5wkadgyyn6qtuvgcpxxon64a")]
    [InlineData(
        "3d3a89e8ddab547832716c6d468c3560c9f47fd8",
        "02316b4c1ff5d4afb7826ceab5bb0f2c3e0f364053",
        "f2gfvuyh7v2sx3patm5k23wdzmhyhtmqctasbr23y")]
    public void An_actors_seed_has_the_address_of_the_reference(
        string seed, string bytes, string text) =>
        Check(Address.FromActor(Convert.FromHexString(seed)), bytes, text);

    [Theory]
    [InlineData(
        "ad58df696e2d4e91ea86c881e938ba4ea81b395e12797b84b9cf314b9546705e839c7a99d606b247"
        + "ddb4f9ac7a3414dd",
        "f3vvmn62lofvhjd2ugzca6sof2j2ubwok6cj4xxbfzz4yuxfkgobpihhd2thlanmsh3w2ptld2gqkn2j"
        + "vlss4a")]
    [InlineData(
        "b3294f0a2e29e0c66ebc235d2fedca5697bf784af605c75af608e6a63d5cd38ea85ca8989e0efde9"
        + "188b382f9372460d",
        "f3wmuu6crofhqmm3v4enos73okk2l366ck6yc4owxwbdtkmpk42ohkqxfitcpa57pjdcftql4tojda2p"
        + "oeruwa")]
    [InlineData(
        "96a1a3e4ea7a14d49985e661b22401d44fed402d1d0925b243c923589c0fbc7e32cd04e29ed78d15"
        + "d37d3aaa3fe6da33",
        "f3s2q2hzhkpiknjgmf4zq3ejab2rh62qbndueslmsdzervrhapxr7dftie4kpnpdiv2n6tvkr743ndhr"
        + "sw6d3a")]
    [InlineData(
        "86b454258c589475f7d16f5aac018a79f6c1169d20fc33921dd8b5ce1cac6c348f90a3603624f6ae"
        + "b91b64518c2e8095",
        "f3q22fijmmlckhl56rn5nkyamkph3mcfu5ed6dheq53c244hfmnq2i7efdma3cj5voxenwiummf2ajls"
        + "bxc65a")]
    [InlineData(
        "a7726b038022f75a384617585360cee629070a2d9d28712965e5f26ecc40858382803724ed34f272"
        + "0336f09db631f074",
        "f3u5zgwa4ael3vuocgc5mfgygo4yuqocrntuuhcklf4xzg5tcaqwbyfabxetwtj4tsam3pbhnwghyhij"
        + "r5mixa")]
    public void A_bls_key_has_the_address_of_the_reference(string key, string text) =>
        Check(Address.FromBls(Convert.FromHexString(key)), "03" + key, text);

    [Theory]
    [InlineData("0420ffffffffff", "f432f77777777x32lpna")]
    [InlineData("04ffffffffffffffffff01", "f418446744073709551615ftnkyfaq")]
    [InlineData(
        "04ffffffffffffffffff010000000000000000000000000000000000000000000000000000000000"
        + "00000000000000000000000000000000000000000000000000",
        "f418446744073709551615faaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaafbbuagu")]
    [InlineData(
        "040ad388ab098ed3e84c0d808776440b48f685198498",
        "f410f2oekwcmo2pueydmaq53eic2i62crtbeyuzx2gmy")]
    [InlineData(
        "040a52963ef50e27e06d72d59fcb4f3c2a687be3cfef",
        "f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa")]
    [InlineData("0000", "f00")]
    [InlineData("0001", "f01")]
    [InlineData("000a", "f010")]
    [InlineData("007f", "f0127")]
    [InlineData("008001", "f0128")]
    [InlineData("009601", "f0150")]
    [InlineData("00f303", "f0499")]
    [InlineData("008008", "f01024")]
    [InlineData("00c10d", "f01729")]
    [InlineData("00bf843d", "f0999999")]
    [InlineData("00ffffffffffffffffff01", "f018446744073709551615")]
    [InlineData(
        "03c00000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "000000000000000000",
        "f3yaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaby"
        + "2smx7a")]
    public void Ids_and_delegated_addresses_have_the_forms_of_the_reference(
        string bytes, string text)
    {
        Assert.True(Address.TryDecode(Convert.FromHexString(bytes), out Address address));
        Check(address, bytes, text);
    }

    [Theory]
    [InlineData(
        "t410f2oekwcmo2pueydmaq53eic2i62crtbeyuzx2gmy",
        "040ad388ab098ed3e84c0d808776440b48f685198498")]
    [InlineData(
        "t410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa",
        "040a52963ef50e27e06d72d59fcb4f3c2a687be3cfef")]
    public void The_text_of_a_test_network_is_read_as_the_same_address(
        string text, string bytes)
    {
        Assert.True(Address.TryParse(text, out Address address));
        Assert.Equal(bytes, Convert.ToHexStringLower(address.ToBytes()));
    }

    [Theory]
    [InlineData(
        "d388ab098ed3e84c0d808776440b48f685198498", "f410f2oekwcmo2pueydmaq53eic2i62crtbeyuzx2gmy")]
    [InlineData("ff00000000000000000000000000000000000400", "f01024")]
    public void An_ethereum_address_is_delegated_or_a_masked_id(string ethereum, string text) =>
        Assert.Equal(text, Address.FromEthereum(Convert.FromHexString(ethereum)).ToString());

    [Theory]
    [InlineData("43008008", "f01024")]
    [InlineData("4400bf843d", "f0999999")]
    [InlineData(
        "5501ea0f0ea039b291a0f08fd179e0556a8c3277c0d3",
        "f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq")]
    public void Cbor_is_the_bytes_as_a_byte_string(string cbor, string text) =>
        Assert.Equal(cbor, Convert.ToHexStringLower(Ipld.Cbor.Encode(Address.Parse(text))));

    [Theory]
    [InlineData("Q2gfvuyh7v2sx3patm5k23wdzmhyhtmqctasbr23y")]
    [InlineData("f5gfvuyh7v2sx3patm5k23wdzmhyhtmqctasbr23y")]
    [InlineData("f2gfvuyh7v2sx3patm5k23wdzmhyhtmqctasbr24y")]
    [InlineData("f0banananananannnnnnnnn")]
    [InlineData("f0banananananannnnnnnn")]
    [InlineData("f2gfvuyh7v2sx3patm1k23wdzmhyhtmqctasbr24y")]
    [InlineData("f2gfvuyh7v2sx3paTm1k23wdzmhyhtmqctasbr24y")]
    [InlineData("f2")]
    [InlineData("f1mzxqu")]
    [InlineData("f018446744073709551616")]
    [InlineData("f00\0")]
    [InlineData("f0+1")]
    public void Text_that_the_reference_refuses_is_no_address(string text) =>
        Assert.False(Address.TryParse(text, out _));

    public static TheoryData<string> RefusedBytes =>
    [
        "", "00", "050404", "04ff", "008000",
        "01" + Zeros(19), "01" + Zeros(21), "02" + Zeros(19), "02" + Zeros(21),
        "03" + Zeros(47), "03" + Zeros(49), "0400" + new string('f', 110), "00ffffffffffffffffff02",
    ];

    [Theory]
    [MemberData(nameof(RefusedBytes))]
    public void Bytes_that_the_reference_refuses_are_no_address(string bytes) =>
        Assert.False(Address.TryDecode(Convert.FromHexString(bytes), out _));

    private static string Zeros(int count) => new('0', 2 * count);

    private static void Check(Address address, string bytes, string text)
    {
        Assert.Equal(bytes, Convert.ToHexStringLower(address.ToBytes()));
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, Address.Parse(text));
        Assert.Equal(address, Address.Parse($"t{text[1..]}"));
    }
}
