namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>Splits a script into nested lists.</summary>
internal sealed class ExpressionReader(string source)
{
    private int position;

    public static List<Expression> ReadAll(string source) =>
        new ExpressionReader(source).ReadList();

    private List<Expression> ReadList()
    {
        List<Expression> items = [];
        while (true)
        {
            SkipSpace();
            if (position == source.Length || source[position] == ')')
            {
                return items;
            }

            items.Add(ReadOne());
        }
    }

    private Expression ReadOne()
    {
        int start = position;
        switch (source[position])
        {
            case '(':
                position++;
                List<Expression> items = ReadList();
                position++;
                return new(source, start, position, items);
            case '"':
                SkipString();
                return new(source, start, position, null);
            default:
                while (position < source.Length && !" \t\r\n()\";".Contains(source[position]))
                {
                    position++;
                }

                return new(source, start, position, null);
        }
    }

    private void SkipString()
    {
        position++;
        while (source[position] != '"')
        {
            position += source[position] == '\\' ? 2 : 1;
        }

        position++;
    }

    private void SkipSpace()
    {
        while (position < source.Length)
        {
            if (StartsWith(";;"))
            {
                // A line ends with LF or CR, as the comments script holds.
                int end = source.AsSpan(position).IndexOfAny('\n', '\r');
                position = end < 0 ? source.Length : position + end;
            }
            else if (StartsWith("(;"))
            {
                SkipBlockComment();
            }
            else if (char.IsWhiteSpace(source[position]))
            {
                position++;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlockComment()
    {
        int depth = 0;
        do
        {
            if (StartsWith("(;"))
            {
                depth++;
                position += 2;
            }
            else if (StartsWith(";)"))
            {
                depth--;
                position += 2;
            }
            else
            {
                position++;
            }
        }
        while (depth > 0);
    }

    private bool StartsWith(string text) =>
        string.CompareOrdinal(source, position, text, 0, text.Length) == 0;
}
