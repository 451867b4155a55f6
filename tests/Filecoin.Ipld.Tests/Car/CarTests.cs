namespace Filecoin.Ipld.Tests.Car;

public sealed class CarTests
{
    /// <summary>
    /// The link to the block 80. Its CID is that of the empty tuple on every network.
    /// </summary>
    private const string Link =
        "d82a5827000171a0e4022045b0cfc220ceec5b7c1c62c4d4193d38e4eba48e8815729ce75f9c0ab0e4c1c0";

    private const string Header = "a265726f6f747381" + Link + "6776657273696f6e01";

    /// <summary>The header, then the block behind its CID, each behind its length.</summary>
    private const string Golden = "3c" + Header + "27"
        + "0171a0e4022045b0cfc220ceec5b7c1c62c4d4193d38e4eba48e8815729ce75f9c0ab0e4c1c0" + "80";

    private static readonly Cid Root = Cid.Of(Codec.DagCbor, [0x80]);

    private static CarReader Read(string hex) => new(Convert.FromHexString(hex));

    private static string Framed(string hex) => $"{hex.Length / 2:x2}{hex}";

    [Fact]
    public void A_car_has_these_bytes()
    {
        using MemoryStream target = new();
        new CarWriter(target, Root).Write(Root, [0x80]);
        Assert.Equal(Golden, Convert.ToHexStringLower(target.ToArray()));
    }

    [Fact]
    public void These_bytes_are_a_car()
    {
        CarReader reader = Read(Golden);
        MemoryBlockstore store = new();
        reader.CopyTo(store);
        Assert.Equal([Root], reader.Roots);
        Assert.Equal(1, store.Count);
        Assert.True(store.TryGet(Root, out ReadOnlyMemory<byte> block));
        Assert.Equal(new byte[] { 0x80 }, block.ToArray());
    }

    /// <summary>Source: ref-fvm ipld/car/src/lib.rs, CarReader::new.</summary>
    [Theory]
    [InlineData("a265726f6f7473806776657273696f6e01", "no roots")]
    [InlineData("a265726f6f747381" + Link + "6776657273696f6e02", "version 2, not 1")]
    [InlineData("a165726f6f747381" + Link, "a malformed header")]
    [InlineData("a16776657273696f6e01", "a malformed header")]
    [InlineData(Header + "00", "a malformed header")]
    [InlineData("a365726f6f747381" + Link + "6776657273696f6e01" + "6776657273696f6e01", "a malformed header")]
    public void A_header_that_the_reference_refuses_is_refused(string header, string reason)
    {
        CarException refusal = Assert.Throws<CarException>(() => Read(Framed(header)));
        Assert.Equal($"CAR: {reason} (at byte 0)", refusal.Message);
    }

    [Fact]
    public void A_header_with_entries_in_any_order_and_of_any_name_is_read() =>
        Assert.Equal(
            [Root],
            Read(Framed("a3" + "616101" + "6776657273696f6e01" + "65726f6f747381" + Link)).Roots);

    [Theory]
    [InlineData("27")]
    [InlineData("280171a0e40220")]
    [InlineData("0100")]
    [InlineData("27" + "0171a0e4022045b0cfc220ceec5b7c1c62c4d4193d38e4eba48e8815729ce75f9c0ab0e4c1c0" + "81")]
    public void A_block_that_is_cut_or_not_what_its_name_says_is_refused(string block)
    {
        CarReader reader = Read("3c" + Header + block);
        CarException refusal = Assert.Throws<CarException>(() => reader.TryRead(out _, out _));
        Assert.Equal(0x3d, refusal.Offset);
    }
}
