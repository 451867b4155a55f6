using System.Numerics;
using CsCheck;

namespace Filecoin.Rpc.Tests.Json;

public sealed class HexTests
{
    [Theory]
    [InlineData("0x", 0)]
    [InlineData("0x0", 0)]
    [InlineData("0X1f", 31)]
    [InlineData("0x001f", 31)]
    [InlineData("17", 17)]
    public void Numbers_are_read_in_both_forms(string text, int value)
    {
        Assert.True(Hex.TryReadNumber(text, out BigInteger read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("0xg")]
    [InlineData("-1")]
    [InlineData("0x-1")]
    [InlineData("")]
    [InlineData("1f")]
    public void What_is_no_number_is_refused(string text) =>
        Assert.False(Hex.TryReadNumber(text, out _));

    [Fact]
    public void Numbers_come_back_as_they_were() => Gen.ULong.Sample(value =>
    {
        Assert.True(Hex.TryReadNumber(Hex.Of(value), out BigInteger read));
        Assert.Equal(value, read);
        Assert.Equal(Hex.Of(value), Hex.Of(new BigInteger(value)));
    });

    [Fact]
    public void Bytes_come_back_as_they_were() => Gen.Byte.Array[0, 70].Sample(bytes =>
    {
        Assert.True(Hex.TryReadBytes(Hex.OfBytes(bytes), out byte[] read));
        Assert.Equal(bytes, read);
    });

    [Theory]
    [InlineData("0x1", new byte[] { 1 })]
    [InlineData("123", new byte[] { 1, 0x23 })]
    [InlineData("0x", new byte[0])]
    public void An_odd_digit_comes_first(string text, byte[] bytes)
    {
        Assert.True(Hex.TryReadBytes(text, out byte[] read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("0xzz")]
    [InlineData("0xz")]
    [InlineData("0x12z")]
    public void What_are_no_digits_is_refused(string text) =>
        Assert.False(Hex.TryReadBytes(text, out _));
}
