using CsCheck;

namespace Filecoin.Rpc.Tests.Ethereum;

public sealed class RevertReasonTests
{
    private const string Word = "0000000000000000000000000000000000000000000000000000000000000000";

    // Golden: what solc 0.8 contracts return for require(false, "no"), assert, overflow.
    [Theory]
    [InlineData("", "none")]
    [InlineData("0x1234", "0x1234")]
    [InlineData(
        "0x08c379a0"
            + "0000000000000000000000000000000000000000000000000000000000000020"
            + "0000000000000000000000000000000000000000000000000000000000000002"
            + "6e6f000000000000000000000000000000000000000000000000000000000000",
        "Error(no)")]
    [InlineData(
        "0x4e487b710000000000000000000000000000000000000000000000000000000000000011",
        "ArithmeticOverflow()")]
    [InlineData(
        "0x4e487b710000000000000000000000000000000000000000000000000000000000000099",
        "Panic(0x99)")]
    [InlineData("0xdeadbeef" + Word, "0xdeadbeef" + Word)]
    public void What_was_returned_is_put_into_words(string returned, string words)
    {
        Assert.True(Hex.TryReadBytes(returned, out byte[] bytes));
        Assert.Equal(words, RevertReason.Of(bytes));
    }

    [Fact]
    public void No_bytes_are_too_odd() => Gen.Byte.Array[0, 100].Sample(tail =>
        RevertReason.Of([0x08, 0xc3, 0x79, 0xa0, .. tail]).Length > 0);
}
