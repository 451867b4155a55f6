using CsCheck;

namespace Filecoin.Ipld.Tests;

/// <summary>What the reference's decoder lets pass beyond DAG-CBOR.</summary>
/// <remarks>
/// Cases: the specification's actors/common 4; quininer/cbor4ii 0.2.14, src/core/dec.rs.
/// </remarks>
public sealed class CborLenientTests
{
    private delegate bool Reading(ref CborReader reader);

    private static bool Reads(string hex, Reading reading)
    {
        var strict = new CborReader(Convert.FromHexString(hex));
        Assert.False(reading(ref strict) && strict.TryEnd());
        var lenient = CborReader.Lenient(Convert.FromHexString(hex));
        return reading(ref lenient) && lenient.TryEnd();
    }

    [Theory]
    [InlineData("02aabb", "aabb")]
    [InlineData("1802aabb", "aabb")]
    [InlineData("5f42aabb41ccff", "aabbcc")]
    [InlineData("5fff", "")]
    [InlineData("5f01aa42bbccff", "aabbcc")]
    [InlineData("5f5f41aaff41bbff", "aabb")]
    public void Byte_strings_have_several_forms(string hex, string expected)
    {
        Assert.True(Reads(hex, static (ref r) => r.TryReadBytes(out _)));
        var reader = CborReader.Lenient(Convert.FromHexString(hex));
        Assert.True(reader.TryReadBytes(out var bytes));
        Assert.Equal(Convert.FromHexString(expected), bytes.ToArray());
    }

    [Theory]
    [InlineData("62aabb")] // Text, whose type has a bit more.
    [InlineData("22aabb")]
    [InlineData("82aabb")]
    [InlineData("1f41aaff")] // Indefinite, but not as a byte string.
    [InlineData("5f41aa")]
    [InlineData("5f61aaff")]
    [InlineData("5f41")]
    [InlineData("5f")]
    public void Other_forms_are_no_byte_strings(string hex) =>
        Assert.False(Reads(hex, static (ref r) => r.TryReadBytes(out _)));

    [Theory]
    [InlineData("0161", true)]
    [InlineData("2161", true)]
    [InlineData("4161", true)]
    [InlineData("7f61616162ff", true)]
    [InlineData("7f7f6161ffff", true)]
    [InlineData("8161", false)]
    [InlineData("41ff", false)]
    public void Texts_have_several_forms(string hex, bool isRead) =>
        Assert.Equal(isRead, Reads(hex, static (ref r) => r.TryReadText(out _)));

    [Fact]
    public void A_number_begins_an_array_of_as_many()
    {
        var reader = CborReader.Lenient([0x02, 0x01, 0x02]);
        Assert.True(reader.TryReadArrayOf(2));
        Assert.True(reader.TryReadUInt64(out var first));
        Assert.True(reader.TryReadUInt64(out var second));
        Assert.Equal((1UL, 2UL), (first, second));
    }

    [Theory]
    [InlineData("9f01ff")]
    [InlineData("2101")]
    [InlineData("4101")]
    [InlineData("a101")]
    public void Other_forms_are_no_arrays(string hex) => Assert.False(Reads(
        hex, static (ref r) => r.TryReadArrayOf(1) && r.TryReadUInt64(out _)));

    [Theory]
    [InlineData("0000")]
    [InlineData("2000")]
    [InlineData("8000")]
    public void Maps_have_several_forms(string hex) => Assert.True(Reads(
        hex, static (ref r) => r.TryReadMapHeader(out _) && r.TryReadUInt64(out _)));

    [Theory]
    [InlineData("20")]
    [InlineData("40")]
    [InlineData("f6")]
    public void Numbers_have_one_form(string hex) =>
        Assert.False(Reads(hex, static (ref r) => r.TryReadUInt64(out _)));

    [Theory]
    [InlineData("182a", true)]
    [InlineData("582a", true)]
    [InlineData("982a", true)]
    [InlineData("382a", false)]
    [InlineData("182b", false)]
    public void Tags_have_several_forms(string tag, bool isRead)
    {
        var link = Convert.ToHexString(Cid.Of(Codec.DagCbor, [1]).Bytes);
        Assert.Equal(isRead, Reads($"{tag}582700{link}", static (ref r) => r.TryReadCid(out _)));
    }

    [Fact]
    public void What_is_tagged_is_a_byte_string_of_any_length_form()
    {
        var link = Convert.ToHexString(Cid.Of(Codec.DagCbor, [1]).Bytes);
        Assert.True(Reads($"d82a5f582700{link}ff", static (ref r) => r.TryReadCid(out _)));
        Assert.False(Reads($"d82a182700{link}", static (ref r) => r.TryReadCid(out _)));
        Assert.False(Reads($"d82a782700{link}", static (ref r) => r.TryReadCid(out _)));
    }

    [Fact]
    public void Strings_in_strings_nest_so_deep_and_no_deeper()
    {
        Assert.True(Reads(Nested(256), static (ref r) => r.TryReadBytes(out _)));
        Assert.False(Reads(Nested(100_000), static (ref r) => r.TryReadBytes(out _)));

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("5f", depth))
            + string.Concat(Enumerable.Repeat("ff", depth));
    }

    [Fact]
    public void What_is_strict_is_read_the_same() => Gen.Byte.Array[0, 40].Sample(bytes =>
    {
        var strict = new CborReader(bytes);
        var lenient = CborReader.Lenient(bytes);
        var isRead = strict.TrySkip();
        return !isRead || (lenient.TrySkip() && strict.Position == lenient.Position);
    });
}
