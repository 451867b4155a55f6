using CsCheck;

namespace Filecoin.Primitives.Tests.Pieces;

public sealed class Fr32Tests
{
    // Provenance: a second implementation, which agrees with the payload commitments of
    // go-fil-commp-hashhash.
    private const string PaddedOnes =
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff3f";

    private const string PaddedCount =
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        + "8084888c9094989ca0a4a8acb0b4b8bcc0c4c8ccd0d4d8dce0e4e8ecf0f4f83c"
        + "03142434445464748494a4b4c4d4e4f404152535455565758595a5b5c5d5e535"
        + "175898d8185999d9195a9ada1a5b9bdb1b5c9cdc1c5d9ddd1d5e9ede1e5f9f1f";

    [Fact]
    public void After_254_ones_come_two_zeros() =>
        Assert.Equal(
            string.Concat(Enumerable.Repeat(PaddedOnes, 4)),
            Pad([.. Enumerable.Repeat((byte)0xff, Fr32.GroupBytes)]));

    [Fact]
    public void Bytes_that_count_are_padded_as_in_the_reference() =>
        Assert.Equal(
            PaddedCount,
            Pad([.. Enumerable.Range(0, Fr32.GroupBytes).Select(number => (byte)number)]));

    [Fact]
    public void What_was_padded_comes_back() =>
        Gen.Byte.Array[3 * Fr32.GroupBytes].Sample(
            data =>
            {
                byte[] padded = new byte[3 * Fr32.PaddedGroupBytes];
                Fr32.Pad(data, padded);
                byte[] back = new byte[data.Length];
                Assert.True(Fr32.TryUnpad(padded, back));
                Assert.Equal(data, back);
            },
            seed: "0000KDwRKqk4", iter: 200);

    [Theory]
    [InlineData(31)]
    [InlineData(63)]
    [InlineData(95)]
    [InlineData(127)]
    public void A_number_outside_the_field_is_no_padding(int index)
    {
        byte[] padded = new byte[Fr32.PaddedGroupBytes];
        padded[index] = 0x40;

        Assert.False(Fr32.TryUnpad(padded, new byte[Fr32.GroupBytes]));
    }

    [Theory]
    [InlineData(126, 128)]
    [InlineData(127, 127)]
    [InlineData(127, 129)]
    [InlineData(254, 128)]
    [InlineData(0, 1)]
    public void Lengths_that_are_no_groups_are_refused(int data, int padded)
    {
        Assert.Throws<ArgumentException>(() => Fr32.Pad(new byte[data], new byte[padded]));
        Assert.Throws<ArgumentException>(
            () => Fr32.TryUnpad(new byte[padded], new byte[data]));
    }

    private static string Pad(byte[] data)
    {
        byte[] padded = new byte[Fr32.PaddedGroupBytes];
        Fr32.Pad(data, padded);
        return Convert.ToHexStringLower(padded);
    }
}
