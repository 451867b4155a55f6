using System.Text.RegularExpressions;
using Filecoin.TestKit;

namespace Filecoin.Conformance.House;

/// <summary>The form of sources, as far as no analyzer looks at it.</summary>
public sealed partial class SourceTests
{
    private const int ColumnsMax = 100;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("fuzz")]
    [InlineData("bench")]
    public void No_line_is_wider_than_it_may_be(string folder) =>
        Assert.DoesNotContain(Lines(folder), line => line.Text.Length > ColumnsMax);

    [Fact]
    public void No_private_field_starts_with_an_underscore() =>
        Assert.DoesNotContain(Lines("src"), line => UnderscoredField().IsMatch(line.Text));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.DoesNotContain(Lines("src"), line => EmptyName().IsMatch(line.Text));

    [GeneratedRegex(@"^\s*private [^(={]*\b_[a-z]\w*\s*(=|;)")]
    private static partial Regex UnderscoredField();

    [GeneratedRegex(@"\b(class|struct|interface|enum|record)\s+(\w*(Helper|Util|Common|Impl)(s|\b)"
        + @"|(Base|Default)[A-Z]\w*|\w+Base\b)")]
    private static partial Regex EmptyName();

    private static IEnumerable<(string Place, string Text)> Lines(string folder)
    {
        string top = Path.Combine(Repository.Root, folder);
        foreach (string file in Directory.EnumerateFiles(
            top, "*.cs", SearchOption.AllDirectories))
        {
            int number = 0;
            foreach (string line in File.ReadLines(file))
            {
                number++;
                yield return ($"{Path.GetRelativePath(top, file)}:{number}", line);
            }
        }
    }
}
