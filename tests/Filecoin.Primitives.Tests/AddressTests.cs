using CsCheck;

namespace Filecoin.Primitives.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("f01000", "t01000")]
    [InlineData(
        "f410f2oekwcmo2pueydmaq53eic2i62crtbeyuzx2gmy",
        "t410f2oekwcmo2pueydmaq53eic2i62crtbeyuzx2gmy")]
    public void Networks_but_mainnet_have_a_form_of_their_own(string text, string own)
    {
        Assert.Equal(own, Address.Parse(text).ToTestnetString());
        Assert.Equal(Address.Parse(text), Address.Parse(own));
    }

    [Theory]
    [InlineData("f00")]
    [InlineData("f01000")]
    [InlineData("f018446744073709551615")]
    [InlineData(
        "f3qelflal6pzfwvzwfgo5qyublljksof3maiq3xlwfcij54ztxhl7hqlqijn5iqez5bisydx2wjjs6mlbavvfq")]
    public void Text_reads_back_as_it_was_written(string text) =>
        Assert.Equal(text, Address.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("f0")]
    [InlineData("f001")]
    [InlineData("f5abc")]
    [InlineData(
        "f3qelflal6pzfwvzwfgo5qyublljksof3maiq3xlwfcij54ztxhl7hqlqijn5iqez5bisydx2wjjs6mlbavvfa")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.False(Address.TryParse(text, out _));

    [Fact]
    public void Any_address_survives_text_and_bytes() => Gen.Byte.Array[0, 54].Sample(
        bytes =>
        {
            Address address = Address.FromDelegated(new((ulong)bytes.Length * 77), bytes);
            Assert.Equal(address, Address.Parse(address.ToString()));
            Assert.True(Address.TryDecode(address.ToBytes(), out Address decoded));
            Assert.Equal(address, decoded);
        },
        seed: "0000KOIPe036");

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 80].Sample(
        bytes =>
        {
            if (Address.TryDecode(bytes, out Address address))
            {
                Assert.Equal(bytes, address.ToBytes());
            }
        },
        seed: "0000KOIPe036");
}
