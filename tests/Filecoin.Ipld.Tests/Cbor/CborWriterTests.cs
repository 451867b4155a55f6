namespace Filecoin.Ipld.Tests;

public sealed class CborWriterTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(23, "17")]
    [InlineData(24, "1818")]
    [InlineData(255, "18ff")]
    [InlineData(256, "190100")]
    [InlineData(65535, "19ffff")]
    [InlineData(65536, "1a00010000")]
    [InlineData(4294967296, "1b0000000100000000")]
    [InlineData(-1, "20")]
    [InlineData(-25, "3818")]
    [InlineData(long.MinValue, "3b7fffffffffffffff")]
    public void Integers_take_their_shortest_form(long value, string hex)
    {
        using var writer = new CborWriter(0);
        writer.WriteInt64(value);
        Assert.Equal(hex, Convert.ToHexStringLower(writer.Written));
    }

    [Fact]
    public void A_map_is_written_as_the_network_does()
    {
        using var writer = new CborWriter(1);
        writer.WriteMapHeader(3);
        writer.WriteText("a");
        writer.WriteUInt64(3);
        writer.WriteText("b");
        writer.WriteUInt64(1);
        writer.WriteText("aa");
        writer.WriteUInt64(2);
        Assert.Equal("a361610361620162616102", Convert.ToHexStringLower(writer.ToArray()));
    }

    [Fact]
    public void A_receipt_is_written_as_the_network_does()
    {
        using var writer = new CborWriter(1);
        writer.WriteArrayHeader(4);
        writer.WriteUInt64(0);
        writer.WriteBytes([]);
        writer.WriteUInt64(0);
        writer.WriteNull();
        Assert.Equal("84004000f6", Convert.ToHexStringLower(writer.ToArray()));
    }

    [Fact]
    public void A_link_is_written_as_the_network_does()
    {
        using var writer = new CborWriter(1);
        writer.WriteCid(Cid.Of(Codec.DagCbor, [0x80]));
        Assert.Equal(
            "d82a5827000171a0e4022045b0cfc220ceec5b7c1c62c4d4193d38e4eba48e8815729ce75f9c0ab0e4c1c0",
            Convert.ToHexStringLower(writer.Written));
    }

    [Fact]
    public void An_undefined_cid_cannot_be_linked_to()
    {
        Assert.Throws<ArgumentException>(static () =>
        {
            using var writer = new CborWriter(1);
            writer.WriteCid(default);
        });
    }
}
