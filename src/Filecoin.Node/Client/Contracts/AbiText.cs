namespace Filecoin.Node;

/// <summary>Texts with brackets in them: signatures, lists and tuples.</summary>
internal static class AbiText
{
    /// <summary>The parts between commas that no bracket or quotation encloses.</summary>
    /// <exception cref="ClientException">A bracket is not closed, or never opened.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '"' && (i == 0 || text[i - 1] != '\\');
            depth += isQuoted ? 0 : Step(text[i]);
            if (depth < 0)
            {
                throw Unbalanced(text);
            }

            if (text[i] == ',' && depth == 0 && !isQuoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        if (depth != 0 || isQuoted)
        {
            throw Unbalanced(text);
        }

        if (parts.Count > 0 || !string.IsNullOrWhiteSpace(text))
        {
            parts.Add(text[start..]);
        }

        return parts;
    }

    /// <summary>The place of the bracket that closes the one at a place.</summary>
    /// <exception cref="ClientException">None does.</exception>
    public static int CloseOf(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += Step(text[i]);
            if (depth == 0)
            {
                return i;
            }
        }

        throw Unbalanced(text);
    }

    private static int Step(char letter) => letter switch
    {
        '(' or '[' => 1,
        ')' or ']' => -1,
        _ => 0,
    };

    private static ClientException Unbalanced(string text) =>
        new($"brackets or quotation marks that do not match: {Excerpt.Of(text)}");
}
