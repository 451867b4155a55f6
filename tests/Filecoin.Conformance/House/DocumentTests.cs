using System.Text.RegularExpressions;
using Filecoin.TestKit;

namespace Filecoin.Conformance.House;

/// <summary>Documents name what is there.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
    [
        "README.md",
        "fuzz/README.md",
        .. Directory
            .EnumerateFiles(
                Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void No_link_is_dead(string document)
    {
        string file = Path.Combine(Repository.Root, document);
        string folder = Path.GetDirectoryName(file)!;
        Assert.DoesNotContain(
            Link().Matches(File.ReadAllText(file)).Select(link => link.Groups[1].Value),
            link => !Path.Exists(Path.Combine(folder, link)));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_file_that_is_named_exists(string document)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, document));
        Assert.DoesNotContain(
            NamedFile().Matches(text).Select(name => name.Groups[1].Value),
            name => !Path.Exists(Path.Combine(Repository.Root, name)));
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[`\s]((src|tests|docs|fuzz|bench|examples)/[\w./-]*\w)")]
    private static partial Regex NamedFile();
}
