namespace Filecoin.Ipld.Tests.BitFields;

/// <summary>Source of the bits: ref-fvm ipld/bitfield/src/rleplus/mod.rs.</summary>
public sealed class BitFieldCodecTests
{
    /// <summary>
    /// Source of <c>a854</c>: ref-fvm ipld/bitfield/tests; the others are our own.
    /// </summary>
    public static TheoryData<ulong[], string> Encodings => new()
    {
        { [], "" },
        { [0], "0c" },
        { [1], "18" },
        { [1, 3], "78" },
        { [0, 1, 2, 3, 4, 5, 6, 7], "1401" },
        { [.. Enumerable.Range(0, 16).Select(i => (ulong)i)], "0402" },
        { [.. Enumerable.Range(0, 25).Select(i => (ulong)i)], "2403" },
        { [5], "b002" },
        { [16], "0022" },
        { [100], "802c" },
        { [100, 101], "804c01" },
        { [1, 2, 4, 5], "a854" },
        { [1, 2, 3, 5, 7, 8, 9, 10, 11], "e8dc02" },
        { [1UL << 63], "0010101010101010103020" },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_set_has_one_encoding(ulong[] bits, string encoded)
    {
        BitField field = BitField.Of(bits);

        Assert.Equal(encoded, Convert.ToHexStringLower(field.Encode()));
        Assert.True(BitField.TryDecode(Convert.FromHexString(encoded), out BitField again, out _));
        Assert.Equal(field, again);
    }

    [Theory]
    [InlineData(0, 10_000, "04d209")]
    [InlineData(0, ulong.MaxValue, "e4ffffffffffffffff3f")]
    public void A_wide_run_has_a_short_encoding(ulong start, ulong count, string encoded) =>
        Assert.Equal(
            encoded, Convert.ToHexStringLower(BitField.OfRange(start, count).Encode()));

    [Theory]
    [InlineData("00 1 01 0001", 0, 8)]
    [InlineData("00 1 00 10011000", 0, 25)]
    [InlineData("00 1 00 10001000 000", 0, 17)]
    [InlineData(
        "00 1 00 11111111 11111111 11111111 11111111 11111111 11111111 11111111 11111111 11111111"
        + " 100", 0, ulong.MaxValue)]
    public void Bits_of_one_run_are_read(string bits, ulong start, ulong count)
    {
        Assert.True(BitField.TryDecode(Bytes(bits), out BitField field, out _));
        Assert.Equal(BitField.OfRange(start, count), field);
    }

    [Fact]
    public void Bits_of_two_runs_are_read()
    {
        Assert.True(BitField.TryDecode(
            Bytes("00 1 01 0010 1 01 1100"), out BitField field, out _));
        Assert.Equal(BitField.Of(0, 1, 2, 3, 5, 6, 7), field);
    }

    [Theory]
    [InlineData("10 1 01 0001", BitFieldError.UnsupportedVersion)]
    [InlineData("01 1 01 0001", BitFieldError.UnsupportedVersion)]
    [InlineData("00 1 1 01 0000 1", BitFieldError.NotMinimal)]
    [InlineData("00 1 1 00 00000000 1", BitFieldError.NotMinimal)]
    [InlineData("00 1 01 101 00000000", BitFieldError.NotMinimal)]
    [InlineData("00 1 00 11000001 00000000 111", BitFieldError.InvalidVarint)]
    [InlineData(
        "00 1 00 00000001 00000001 00000001 00000001 00000001 00000001 00000001 00000001 00000001"
        + " 010", BitFieldError.InvalidVarint)]
    [InlineData(
        "00 1 00 11111111 11111111 11111111 11111111 11111111 11111111 11111111 11111111 11111110"
        + " 00 11111111 11111111 11111111 11111111 11111111 11111111 11111111 11111111 11111110"
        + " 01 0100", BitFieldError.Overflow)]
    [InlineData("00 1 00 11000000 111", BitFieldError.NotMinimal)]
    [InlineData("00 1 00 10000000 111", BitFieldError.NotMinimal)]
    [InlineData("00 1 01 1000 1111111", BitFieldError.NotMinimal)]
    [InlineData("00 0 1", BitFieldError.NotMinimal)]
    [InlineData("00 0 01 0010", BitFieldError.NotMinimal)]
    [InlineData("00 1 01 0010 1", BitFieldError.NotMinimal)]
    [InlineData("00 0 1 01 0010 01 0010", BitFieldError.NotMinimal)]
    [InlineData("00 1", BitFieldError.NotMinimal)]
    public void Bits_in_another_form_are_refused(string bits, BitFieldError reason)
    {
        Assert.False(BitField.TryDecode(Bytes(bits), out BitField field, out BitFieldError error));
        Assert.Equal(reason, error);
        Assert.True(field.IsEmpty);
    }

    [Fact]
    public void A_run_to_the_last_number_after_other_bytes_is_read()
    {
        byte[] encoded = Convert.FromHexString("e4ffffffffffffffff2fffffffffffffffff7f");
        Assert.True(BitField.TryDecode(encoded, out BitField field, out _));
        Assert.Equal(BitField.BitMax, field.Last);
    }

    [Fact]
    public void A_set_is_a_byte_string_in_cbor()
    {
        Assert.Equal("42a854", Convert.ToHexStringLower(Cbor.Encode(BitField.Of(5, 4, 2, 1))));
        Assert.Equal("40", Convert.ToHexStringLower(Cbor.Encode(default(BitField))));
        Assert.True(Cbor.TryDecode([0x42, 0xa8, 0x54], out BitField field, out _));
        Assert.Equal(BitField.Of(1, 2, 4, 5), field);
    }

    [Theory]
    [InlineData("4100")]
    [InlineData("4108")]
    [InlineData("4101")]
    [InlineData("820c18")]
    public void Cbor_without_a_set_is_refused(string item) =>
        Assert.False(Cbor.TryDecode<BitField>(Convert.FromHexString(item), out _, out _));

    /// <summary>
    /// Source of the alternating set: ref-fvm ipld/bitfield/tests, bitfield_custom.
    /// </summary>
    [Fact]
    public void A_set_above_32_KiB_is_neither_written_nor_read()
    {
        BitField field = Alternating(500_000);
        Assert.Equal(124_999 + 2, field.Encode().Length);
        IpldException refusal = Assert.Throws<IpldException>(() => Cbor.Encode(field));
        Assert.Equal(IpldFailure.OutOfRange, refusal.Failure);
        Assert.False(Cbor.TryDecode<BitField>(Item(field.Encode()), out _, out _));
    }

    [Fact]
    public void A_set_of_32_KiB_is_written_and_read()
    {
        BitField field = Alternating(131_070);
        Assert.Equal(BitField.EncodedLengthMax, field.Encode().Length);
        Assert.True(Cbor.TryDecode(Cbor.Encode(field), out BitField again, out _));
        Assert.Equal(field, again);
        Assert.Throws<IpldException>(() => Cbor.Encode(Alternating(131_074)));
    }

    private static BitField Alternating(int count) =>
        BitField.Of([.. Enumerable.Range(0, count).Select(i => 2 * (ulong)i)]);

    private static byte[] Item(byte[] bytes)
    {
        CborWriter writer = new(bytes.Length);
        writer.WriteBytes(bytes);
        byte[] item = writer.ToArray();
        writer.Dispose();
        return item;
    }

    /// <summary>Bytes of bits, the least significant first; zeros at the end stay.</summary>
    private static byte[] Bytes(string bits)
    {
        string digits = bits.Replace(" ", "", StringComparison.Ordinal);
        byte[] bytes = new byte[(digits.Length + 7) / 8];
        for (int i = 0; i < digits.Length; i++)
        {
            bytes[i / 8] |= (byte)((digits[i] - '0') << (i % 8));
        }

        return bytes;
    }
}
