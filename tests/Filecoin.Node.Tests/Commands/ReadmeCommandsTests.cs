using System.CommandLine;
using System.Text.RegularExpressions;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Commands;

/// <summary>README's table of commands against the commands there are.</summary>
public sealed partial class ReadmeCommandsTests
{
    [Fact]
    public void Each_command_is_in_the_table_and_no_other()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.Equal(
            Leaves(FvmCommand.Tree(), "fvm").Order(StringComparer.Ordinal),
            Row().Matches(readme).Select(row => row.Groups[1].Value)
                .Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Leaves(Command command, string name) =>
        command.Subcommands.Count == 0
            ? [name]
            : command.Subcommands.SelectMany(inner => Leaves(inner, $"{name} {inner.Name}"));

    [GeneratedRegex(@"^\| `(fvm [a-z ]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
