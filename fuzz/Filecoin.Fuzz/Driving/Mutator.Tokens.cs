using System.Text;

namespace Filecoin.Fuzz.Driving;

/// <content>Edits of text that leave its structure as it is.</content>
internal sealed partial class Mutator
{
    private static readonly string[] Values =
    [
        "null", "true", "{}", "[]", "\"\"", "\"f0100\"", "\"AA==\"", "-1", "1.5", "1e99", "[[0]]",
    ];

    /// <summary>Puts a number, a value or a token of another input in a token's place.</summary>
    private byte[] EditToken(byte[] input)
    {
        (int at, int length) = Token(input);
        byte[] other = random.Of(population);
        (int otherAt, int otherLength) = other.Length == 0 ? (0, 0) : Token(other);
        return Replace(input, at, length, random.Below(3) switch
        {
            0 => Encoding.ASCII.GetBytes(random.Of(Interesting).ToString()),
            1 => Encoding.ASCII.GetBytes(random.Of(Values)),
            _ => other.AsSpan(otherAt, otherLength),
        });
    }

    /// <summary>What is around a place up to the next comma, colon, bracket or space.</summary>
    private (int At, int Length) Token(byte[] text)
    {
        int at = random.Below(text.Length);
        int end = at;
        while (at > 0 && IsPart(text[at - 1]))
        {
            at--;
        }

        while (end < text.Length && IsPart(text[end]))
        {
            end++;
        }

        return (at, end - at);
    }

    private static bool IsPart(byte letter) =>
        !",:[]{}"u8.Contains(letter) && letter > (byte)' ' && letter < 0x7f;
}
