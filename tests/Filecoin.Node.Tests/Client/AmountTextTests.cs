namespace Filecoin.Node.Tests.Client;

/// <summary>Amounts as people write them.</summary>
public sealed class AmountTextTests
{
    [Theory]
    [InlineData("1fil", "1000000000000000000")]
    [InlineData("1.5 FIL", "1500000000000000000")]
    [InlineData(".5fil", "500000000000000000")]
    [InlineData("1.10ether", "1100000000000000000")]
    [InlineData("30gwei", "30000000000")]
    [InlineData("2nanofil", "2000000000")]
    [InlineData("7atto", "7")]
    [InlineData("7wei", "7")]
    [InlineData("0", "0")]
    [InlineData("0.000000000000000001fil", "1")]
    [InlineData("2000000000fil", "2000000000000000000000000000")]
    public void An_amount_is_exact(string text, string atto) =>
        Assert.Equal(atto, AmountText.Parse(text).ToString());

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("fil")]
    [InlineData("-1fil")]
    [InlineData("1.2.3fil")]
    [InlineData("1e3fil")]
    [InlineData("1,5fil")]
    [InlineData("0.5atto")]
    [InlineData("0.0000000000000000001fil")]
    public void Anything_else_is_refused(string text) =>
        Assert.Throws<ClientException>(() => AmountText.Parse(text));

    [Theory]
    [InlineData("0", "0 FIL")]
    [InlineData("9999.9999999fil", "9999.999999 FIL")]
    [InlineData("1.5fil", "1.5 FIL")]
    [InlineData("1atto", "less than 0.000001 FIL")]
    public void A_short_amount_is_cut_to_six_decimals(string text, string shortened) =>
        Assert.Equal(shortened, AmountText.Short(AmountText.Parse(text)));
}
