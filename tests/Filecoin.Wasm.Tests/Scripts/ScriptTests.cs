using System.Globalization;
using Filecoin.TestKit;

namespace Filecoin.Wasm.Tests.Scripts;

/// <summary>
/// The WebAssembly suite: accepted modules keep their meaning, the rest are refused.
/// </summary>
public sealed class ScriptTests(ITestOutputHelper output)
{
    private const string Folder = "vectors/wasm-spec";
    private const string Effect = "lacks the effect of";
    private const string ExclusionFile = "Scripts/exclusions.txt";

    public static TheoryData<string> Scripts() => new(
        SharedData.TryFind(out _)
            ? Directory.GetFiles(SharedData.Path(Folder), "*.wast")
                .Select(file => Path.GetFileName(file)!)
                .Order(StringComparer.Ordinal)
            : ["(none)"]);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_assertion_holds_and_every_one_not_run_is_listed(string script)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        ScriptReport report = Run(script, RewriteRules.Hygge);
        string[] listed = Listed(script);
        foreach (string[] parts in Effects(listed))
        {
            report.Excuse(int.Parse(parts[1], CultureInfo.InvariantCulture), parts[3]);
        }

        string[] summary = [.. report.Summarize(script)];
        output.WriteLine($"{script}: {report.Ran} assertions and actions ran");
        foreach (string exclusion in summary)
        {
            output.WriteLine(exclusion);
        }

        Assert.True(
            report.Failures.Count == 0,
            $"{report.Failures.Count} fail:\n{string.Join('\n', report.Failures)}");
        Assert.Equal(listed, summary);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_assertion_that_runs_holds_with_the_older_passes(string script)
    {
        Assert.SkipUnless(SharedData.TryFind(out _), SkipReason.NoVectors);
        ScriptReport report = Run(script, RewriteRules.Shark);
        foreach (string[] parts in Effects(Listed(script)))
        {
            report.Excuse(int.Parse(parts[1], CultureInfo.InvariantCulture), parts[3]);
        }

        Assert.True(
            report.Failures.Count == 0,
            $"{report.Failures.Count} fail:\n{string.Join('\n', report.Failures)}");
    }

    // The scripts have modules with several tables; the limit of one has a test of its own.
    private static ScriptReport Run(string script, RewriteRules rules) => ScriptRunner.Run(
        File.ReadAllText(Path.Combine(SharedData.Path(Folder), script)),
        rules with { TablesMax = int.MaxValue });

    private static IEnumerable<string[]> Effects(string[] listed) => listed
        .Skip(1)
        .Select(line => line.Split([':', ' '], 4))
        .Where(parts => parts[3].StartsWith(Effect, StringComparison.Ordinal));

    private static string[] Listed(string script) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, ExclusionFile))
            .Where(line => line.StartsWith($"{script}:", StringComparison.Ordinal))];
}
