using System.Text;

namespace Filecoin.Node;

/// <summary>
/// Foreign text as it may stand in a line for people: short, and without controls.
/// </summary>
internal static class Excerpt
{
    private const int LettersMax = 48;
    private const int LineLettersMax = 1_000;

    /// <summary>The start of a text, and how long it is where it is cut.</summary>
    public static string Of(string text) => text.Length <= LettersMax
        ? Printable(text)
        : $"{Printable(text[..LettersMax])}... ({text.Length} characters)";

    /// <summary>A message on one line of bounded length.</summary>
    public static string OneLine(string text) => text.Length <= LineLettersMax
        ? Printable(text)
        : $"{Printable(text[..LineLettersMax])}...";

    /// <summary>A text in which every control character has become a blank.</summary>
    public static string Printable(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char letter in text)
        {
            bool isHidden = char.IsControl(letter) || letter is '\u2028' or '\u2029';
            if (!isHidden)
            {
                _ = line.Append(letter);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                _ = line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
