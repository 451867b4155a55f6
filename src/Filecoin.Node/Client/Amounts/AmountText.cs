using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace Filecoin.Node;

/// <summary>Amounts as people write them: a number with a unit, such as <c>1.5fil</c>.</summary>
/// <remarks>
/// A number without a unit is refused, unless it is 0: Ethereum's tools take it for wei, those of
/// Filecoin for FIL, which is 10^18 times as much.
/// </remarks>
internal static class AmountText
{
    private const int LettersMax = 100;
    private const long AttoPerMicro = 1_000_000_000_000;
    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789.");

    /// <summary>Units and the power of ten of attoFIL that each is.</summary>
    private static readonly (string Unit, int Power)[] Units =
    [
        ("attofil", 0), ("atto", 0), ("wei", 0),
        ("femtofil", 3), ("kwei", 3),
        ("picofil", 6), ("mwei", 6),
        ("nanofil", 9), ("gwei", 9),
        ("microfil", 12),
        ("millifil", 15),
        ("fil", 18), ("ether", 18), ("eth", 18),
    ];

    /// <summary>Reads an amount that is not negative.</summary>
    /// <exception cref="ClientException">It is none, or finer than an attoFIL.</exception>
    public static TokenAmount Parse(string text)
    {
        string bare = text.Trim().ToLowerInvariant();
        int digits = bare.AsSpan().IndexOfAnyExcept(NumberLetters);
        string number = digits < 0 ? bare : bare[..digits];
        string unit = digits < 0 ? "" : bare[digits..].Trim();
        if (number.Length is 0 or > LettersMax || number is "." || number.Count('.') > 1)
        {
            throw Refuse(text, "a number and a unit");
        }

        if (unit.Length == 0)
        {
            return number.AsSpan().Trim('0').Trim('.').IsEmpty
                ? TokenAmount.Zero
                : throw Refuse(text, "it has no unit");
        }

        foreach ((string name, int power) in Units)
        {
            if (name == unit)
            {
                return Scale(text, number, power);
            }
        }

        throw Refuse(text, $"no unit is called {Excerpt.Of(unit)}");
    }

    /// <summary>An amount for reading at a glance: in FIL, cut to whole microFIL.</summary>
    public static string Short(TokenAmount amount)
    {
        TokenAmount cut = amount.DivideFloor(AttoPerMicro) * AttoPerMicro;
        return cut.IsZero && !amount.IsZero ? "less than 0.000001 FIL" : cut.ToFilString();
    }

    private static TokenAmount Scale(string text, string number, int power)
    {
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? number : number[..point];
        string decimals = point < 0 ? "" : number[(point + 1)..].TrimEnd('0');
        return decimals.Length <= power
            ? TokenAmount.FromAtto(BigInteger.Parse(
                $"0{whole}{decimals.PadRight(power, '0')}", CultureInfo.InvariantCulture))
            : throw Refuse(text, "it is finer than an attoFIL");
    }

    private static ClientException Refuse(string text, string reason) => new(
        $"not an amount: {Excerpt.Of(text)}: {reason}; write 1.5fil, 30gwei or 7atto");
}
