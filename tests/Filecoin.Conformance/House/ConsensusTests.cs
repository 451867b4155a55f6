using System.Xml.Linq;
using Filecoin.TestKit;

namespace Filecoin.Conformance.House;

/// <summary>What differs from machine to machine is banned from consensus code.</summary>
public sealed class ConsensusTests
{
    private const string Analyzer = "\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"";

    private static string[] Projects => Directory.GetFiles(
        Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);

    [Fact]
    public void All_libraries_but_these_are_consensus_code() => Assert.Equal(
        ["Filecoin.Ipld.Generators", "Filecoin.Node", "Filecoin.Rpc"],
        Projects.Where(file => !IsConsensus(file))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_consensus_project_is_built_with_the_analyzer()
    {
        string[] without = [.. Projects.Where(file => IsConsensus(file) && !HasAnalyzer(file))];
        Assert.Empty(without);
    }

    private static bool IsConsensus(string file) =>
        XDocument.Load(file).Descendants("IsConsensus").SingleOrDefault()?.Value != "false";

    private static bool HasAnalyzer(string file) =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "packages.lock.json"))
            .Contains(Analyzer, StringComparison.Ordinal)
        && !File.ReadAllText(file).Contains("RS0030", StringComparison.Ordinal);
}
