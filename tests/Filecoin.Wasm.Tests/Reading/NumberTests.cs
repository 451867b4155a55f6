using Filecoin.Wasm.Reading;

namespace Filecoin.Wasm.Tests.Reading;

public sealed class NumberTests
{
    [Theory]
    [InlineData("00", 0u)]
    [InlineData("7f", 127u)]
    [InlineData("8001", 128u)]
    [InlineData("8080808000", 0u)]
    [InlineData("ffffffff0f", uint.MaxValue)]
    public void Unsigned_numbers_may_have_padding(string hex, uint expected) =>
        Assert.Equal(expected, Reader(hex).ReadU32());

    [Theory]
    [InlineData("", "unexpected end")]
    [InlineData("80", "unexpected end")]
    [InlineData("ffffffff1f", "integer too large")]
    [InlineData("808080808000", "integer representation too long")]
    public void Unsigned_numbers_beyond_their_width_are_refused(string hex, string reason) =>
        ExpectRefusal(reason, () => _ = Reader(hex).ReadU32());

    [Theory]
    [InlineData("3f", 63)]
    [InlineData("40", -64)]
    [InlineData("ffffffff07", int.MaxValue)]
    [InlineData("8080808078", int.MinValue)]
    [InlineData("ffffffff7f", -1)]
    public void Signed_numbers_extend_their_sign(string hex, int expected) =>
        Assert.Equal(expected, Reader(hex).ReadS32());

    [Theory]
    [InlineData("ffffffff0f", "integer too large")]
    [InlineData("8080808070", "integer too large")]
    [InlineData("808080808000", "integer representation too long")]
    public void Signed_numbers_beyond_their_width_are_refused(string hex, string reason) =>
        ExpectRefusal(reason, () => _ = Reader(hex).ReadS32());

    [Theory]
    [InlineData("ffffffffffffffffff00", long.MaxValue)]
    [InlineData("8080808080808080807f", long.MinValue)]
    [InlineData("7f", -1)]
    public void Long_numbers_extend_their_sign(string hex, long expected) =>
        Assert.Equal(expected, Reader(hex).ReadS64());

    [Theory]
    [InlineData("ffffffffffffffffff01", "integer too large")]
    [InlineData("8080808080808080808000", "integer representation too long")]
    public void Long_numbers_beyond_their_width_are_refused(string hex, string reason) =>
        ExpectRefusal(reason, () => _ = Reader(hex).ReadS64());

    [Fact]
    public void A_count_larger_than_the_bytes_left_is_refused_before_anything_is_allocated() =>
        ExpectRefusal("do not fit", () => _ = Reader("ffff0300").ReadCount(1 << 20, "types"));

    private static void ExpectRefusal(string reason, Action read)
    {
        WasmRefusedException refusal = Assert.Throws<WasmRefusedException>(read);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    private static WasmReader Reader(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        return new(bytes, 0, bytes.Length);
    }
}
