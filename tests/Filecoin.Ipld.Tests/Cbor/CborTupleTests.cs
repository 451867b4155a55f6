namespace Filecoin.Ipld.Tests;

[CborTuple]
public sealed partial record Inner(ulong A, string? Note);

[CborTuple]
public readonly partial record struct Pair(long Left, uint Right);

[CborTuple]
public sealed partial record Everything(
    bool Flag, ulong U, long I, uint U32, int I32, string Text, byte[] Bytes,
    ReadOnlyMemory<byte> Memory, Cid Link, Inner Inner, Pair Pair, Inner? NoInner, Pair? NoPair,
    Cid? NoLink, ulong? NoU, ValueList<Cid> Links, ValueList<Inner> Inners, ValueList<ulong> Us,
    ValueList<byte[]>? Maybe);

[CborTuple]
public sealed partial record Empty();

public sealed class CborTupleTests
{
    private static readonly Cid Link = Cid.Of(Codec.Raw, "x"u8);

    private static Everything Sample() => new(
        true, 1, -2, 3, -4, "text", [5], new byte[] { 6 }, Link, new Inner(7, "n"),
        new Pair(-8, 9), null, null, null, null, [Link, Link], [new Inner(1, null)], [1, 2],
        [new byte[] { 1 }]);

    [Fact]
    public void A_tuple_is_an_array_of_its_fields()
    {
        Assert.Equal("820161" + "78", Convert.ToHexStringLower(Cbor.Encode(new Inner(1, "x"))));
        Assert.Equal("8201f6", Convert.ToHexStringLower(Cbor.Encode(new Inner(1, null))));
        Assert.Equal("80", Convert.ToHexStringLower(Cbor.Encode(new Empty())));
    }

    [Fact]
    public void Every_kind_of_field_survives_a_round_trip()
    {
        var encoded = Cbor.Encode(Sample());
        Assert.True(Cbor.TryDecode<Everything>(encoded, out var value, out var error));
        Assert.Equal(CborErrorKind.None, error.Kind);
        Assert.Equal(encoded, Cbor.Encode(value));
        Assert.Equal(Sample().Links, value.Links);
        Assert.Equal(Sample().Inners, value.Inners);
        Assert.Equal(Sample().Maybe, value.Maybe);
        Assert.Null(value.NoLink);
    }

    [Fact]
    public void A_cut_tuple_is_refused_at_every_length_without_an_exception()
    {
        var encoded = Cbor.Encode(Sample());
        for (var length = 0; length < encoded.Length; length++)
        {
            Assert.False(Cbor.TryDecode<Everything>(
                encoded.AsSpan(0, length), out _, out var error));
            Assert.NotEqual(CborErrorKind.None, error.Kind);
        }
    }

    [Theory]
    [InlineData("8101", CborErrorKind.WrongLength)]
    [InlineData("830101f6", CborErrorKind.WrongLength)]
    [InlineData("8201f600", CborErrorKind.TrailingBytes)]
    [InlineData("8201f7", CborErrorKind.WrongType)]
    [InlineData("82f6f6", CborErrorKind.WrongType)]
    public void A_tuple_of_another_shape_is_refused(string hex, CborErrorKind kind)
    {
        Assert.False(Cbor.TryDecode<Inner>(Convert.FromHexString(hex), out _, out var error));
        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public void A_failed_tuple_consumes_nothing()
    {
        var reader = new CborReader([0x82, 0x01, 0xf7]);
        Assert.False(Inner.TryRead(ref reader, out _));
        Assert.Equal(0, reader.Position);
        Assert.Equal(2, reader.Error.Offset);
    }
}
