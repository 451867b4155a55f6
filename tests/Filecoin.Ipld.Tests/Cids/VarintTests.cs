using CsCheck;

namespace Filecoin.Ipld.Tests.Cids;

public sealed class VarintTests
{
    /// <summary>
    /// Keys of maps of the actors; computed by a second implementation, in Python.
    /// </summary>
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(100, "64")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(2880, "c016")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void A_number_has_one_form(ulong number, string form)
    {
        Span<byte> bytes = stackalloc byte[Varint.LengthMax];
        int length = Varint.Write(bytes, number);
        Assert.Equal(form, Convert.ToHexStringLower(bytes[..length]));
        Assert.True(Varint.TryRead(bytes, out ulong read, out int consumed));
        Assert.Equal((number, length), (read, consumed));
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "02")]
    [InlineData(-1, "01")]
    [InlineData(63, "7e")]
    [InlineData(64, "8001")]
    [InlineData(2880, "802d")]
    [InlineData(long.MaxValue, "feffffffffffffffff01")]
    [InlineData(long.MinValue, "ffffffffffffffffff01")]
    public void A_signed_number_is_folded(long number, string form)
    {
        Span<byte> bytes = stackalloc byte[Varint.LengthMax];
        int length = Varint.WriteSigned(bytes, number);
        Assert.Equal(form, Convert.ToHexStringLower(bytes[..length]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8000")]
    [InlineData("ffffffffffffffffff02")]
    [InlineData("ffffffffffffffffffff01")]
    public void Another_form_is_refused(string form) =>
        Assert.False(Varint.TryRead(Convert.FromHexString(form), out _, out _));

    [Fact]
    public void Every_number_is_read_as_it_was_written() =>
        Gen.ULong.Sample(
            number =>
            {
                Span<byte> bytes = stackalloc byte[Varint.LengthMax];
                int length = Varint.Write(bytes, number);
                return Varint.TryRead(bytes[..length], out ulong read, out int consumed)
                    && read == number && consumed == length;
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1_000);
}
