namespace Filecoin.Ipld.Tests;

public sealed class CborReaderTests
{
    private delegate bool Reading(ref CborReader reader);

    private static void Refuses(string hex, CborErrorKind kind, Reading reading)
    {
        var reader = new CborReader(Convert.FromHexString(hex));
        Assert.False(reading(ref reader));
        Assert.Equal(0, reader.Position);
        Assert.Equal(kind, reader.Error.Kind);
        Assert.NotEmpty(reader.Error.ToString());
    }

    [Theory]
    [InlineData("00", 0)]
    [InlineData("17", 23)]
    [InlineData("1818", 24)]
    [InlineData("1805", 5)]
    [InlineData("190005", 5)]
    [InlineData("1a00000005", 5)]
    [InlineData("1b0000000000000005", 5)]
    [InlineData("1bffffffffffffffff", ulong.MaxValue)]
    public void Unsigned_integers_need_not_be_minimal(string hex, ulong expected)
    {
        var reader = new CborReader(Convert.FromHexString(hex));
        Assert.True(reader.TryReadUInt64(out var value));
        Assert.Equal(expected, value);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("20", -1)]
    [InlineData("3b7fffffffffffffff", long.MinValue)]
    [InlineData("1b7fffffffffffffff", long.MaxValue)]
    public void Signed_integers_reach_both_ends(string hex, long expected)
    {
        var reader = new CborReader(Convert.FromHexString(hex));
        Assert.True(reader.TryReadInt64(out var value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void A_failed_read_consumes_nothing_and_says_why()
    {
        Refuses("", CborErrorKind.UnexpectedEnd, static (ref r) => r.TryReadUInt64(out _));
        Refuses("19", CborErrorKind.UnexpectedEnd, static (ref r) => r.TryReadUInt64(out _));
        Refuses("f6", CborErrorKind.WrongType, static (ref r) => r.TryReadUInt64(out _));
        Refuses("20", CborErrorKind.WrongType, static (ref r) => r.TryReadUInt64(out _));
        Refuses("1b8000000000000000", CborErrorKind.IntegerOutOfRange,
            static (ref r) => r.TryReadInt64(out _));
        Refuses("3b8000000000000000", CborErrorKind.IntegerOutOfRange,
            static (ref r) => r.TryReadInt64(out _));
        Refuses("1b0000000000000005", CborErrorKind.IntegerOutOfRange,
            static (ref r) => r.TryReadUInt32(out _));
        Refuses("1b0000000000000005", CborErrorKind.IntegerOutOfRange,
            static (ref r) => r.TryReadInt32(out _));
        Refuses("5f4161ff", CborErrorKind.IndefiniteLength,
            static (ref r) => r.TryReadBytes(out _));
        Refuses("9f01ff", CborErrorKind.IndefiniteLength,
            static (ref r) => r.TryReadArrayHeader(out _));
        Refuses("4261", CborErrorKind.LengthOutOfRange, static (ref r) => r.TryReadBytes(out _));
        Refuses("5bffffffffffffffff00", CborErrorKind.LengthOutOfRange,
            static (ref r) => r.TryReadBytes(out _));
        Refuses("9a00010000", CborErrorKind.LengthOutOfRange,
            static (ref r) => r.TryReadArrayHeader(out _));
        Refuses("a200000000"[..8], CborErrorKind.LengthOutOfRange,
            static (ref r) => r.TryReadMapHeader(out _));
        Refuses("62c328", CborErrorKind.InvalidUtf8, static (ref r) => r.TryReadText(out _));
        Refuses("f7", CborErrorKind.WrongType, static (ref r) => r.TryReadBool(out _));
        Refuses("830102" + "03", CborErrorKind.WrongLength, static (ref r) => r.TryReadArrayOf(2));
        Refuses("d82a4100", CborErrorKind.InvalidCid, static (ref r) => r.TryReadCid(out _));
        Refuses("d82a40", CborErrorKind.InvalidCid, static (ref r) => r.TryReadCid(out _));
        Refuses("d82a450101550000", CborErrorKind.InvalidCid,
            static (ref r) => r.TryReadCid(out _));
        Refuses("d82a6100", CborErrorKind.WrongType, static (ref r) => r.TryReadCid(out _));
        Refuses("d82b450001550000", CborErrorKind.WrongType,
            static (ref r) => r.TryReadCid(out _));
        Refuses("8201", CborErrorKind.LengthOutOfRange, static (ref r) => r.TrySkip());
        Refuses("82f7f6", CborErrorKind.WrongType, (ref r) =>
        {
            var skipped = r.TrySkip();
            Assert.Equal(1, r.Error.Offset);
            return skipped;
        });
    }

    [Fact]
    public void Null_is_consumed_only_if_it_is_next_and_its_absence_is_no_error()
    {
        var reader = new CborReader([0xf6, 0x01]);
        Assert.True(reader.TryReadNull());
        Assert.False(reader.TryReadNull());
        Assert.Equal(1, reader.Position);
        Assert.Equal(CborErrorKind.None, reader.Error.Kind);
    }

    [Fact]
    public void A_link_may_have_a_long_tag_header_and_a_rest()
    {
        var reader = new CborReader(Convert.FromHexString("d9002a460001550000ff"));
        Assert.True(reader.TryReadCid(out var cid));
        Assert.Equal("bafkqaaa", cid.ToString());
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        var deep = Enumerable.Repeat((byte)0x81, 100_000).Append((byte)0).ToArray();
        var reader = new CborReader(deep);
        Assert.False(reader.TrySkip());
        Assert.Equal(CborErrorKind.DepthExceeded, reader.Error.Kind);
        Assert.Equal(0, reader.Position);

        reader = new CborReader(deep.AsSpan(100_000 - 127));
        Assert.True(reader.TrySkip());
        Assert.True(reader.AtEnd);
    }
}
