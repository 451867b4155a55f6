using System.Text;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>
/// A node of a script: a word, a string, or a list of nodes; and its source text.
/// </summary>
internal sealed record Expression(
    string Source, int Start, int End, IReadOnlyList<Expression>? Items)
{
    /// <summary>The text as it stands in the script.</summary>
    public string Text => Source[Start..End];

    public bool IsString => Items is null && Source[Start] == '"';

    /// <summary>The first word of a list.</summary>
    public string Head => Items is [{ IsString: false, Items: null } first, ..] ? first.Text : "";

    public int Line => Source.AsSpan(0, Start).Count('\n') + 1;

    /// <summary>Items behind the head.</summary>
    public IEnumerable<Expression> Arguments => Items!.Skip(1);

    /// <summary>The bytes that a string stands for.</summary>
    public byte[] Bytes()
    {
        List<byte> bytes = [];
        string text = Source[(Start + 1)..(End - 1)];
        for (int i = 0; i < text.Length;)
        {
            i = text[i] == '\\' ? Unescape(text, i + 1, bytes) : Copy(text, i, bytes);
        }

        return [.. bytes];
    }

    public string String() => Encoding.UTF8.GetString(Bytes());

    private static int Copy(string text, int at, List<byte> bytes)
    {
        int length = char.IsHighSurrogate(text[at]) ? 2 : 1;
        bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)));
        return at + length;
    }

    private static int Unescape(string text, int at, List<byte> bytes)
    {
        if (text[at] == 'u' && text[at + 1] == '{')
        {
            int close = text.IndexOf('}', at);
            string digits = text[(at + 2)..close].Replace("_", "", StringComparison.Ordinal);
            int code = Convert.ToInt32(digits, 16);
            bytes.AddRange(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(code)));
            return close + 1;
        }

        const string Letters = "ntr\"'\\";
        int letter = Letters.IndexOf(text[at], StringComparison.Ordinal);
        if (letter >= 0)
        {
            bytes.Add((byte)"\n\t\r\"'\\"[letter]);
            return at + 1;
        }

        bytes.Add(Convert.ToByte(text.Substring(at, 2), 16));
        return at + 2;
    }
}
