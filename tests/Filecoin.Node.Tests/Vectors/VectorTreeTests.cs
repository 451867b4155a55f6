using System.Text;
using Filecoin.TestKit;
using Filecoin.Vm;

namespace Filecoin.Node.Tests.Vectors;

public sealed class VectorTreeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-tree").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_that_cannot_be_run_is_a_failure_and_the_others_run()
    {
        string good = Path.Combine(Repository.Root, "examples", "counter", "messages.json");
        string bad = Write("bad.json", """{"class":"message","preconditions":{"variants":[]}}""");
        string missing = Path.Combine(folder, "none.json");
        string unbundled = Write("unbundled.json", """
            {"messages":[{"from":"f01","to":"f02","gas_limit":1}],"accounts":[],"actors":[],
             "network_version":28,"actors_bundle":"v18"}
            """);
        BundleStore empty = new(folder);

        VectorReport report = new VectorTree(new(empty, new ActorCode(null)))
            .Run([bad, good, missing, unbundled], () => { });

        Assert.Equal((4, 7), (report.Files, report.Total));
        Assert.Equal(
            new[] { bad, missing, unbundled }.Order(StringComparer.Ordinal),
            report.Failures.Select(failure => failure.File));
        Assert.All(report.Failures, failure =>
            Assert.DoesNotContain(failure.Differences[0].Actual, char.IsControl));
        Assert.Contains(
            "fvm bundle import v18.tar.zst",
            report.Failures[^1].Differences[0].Actual,
            StringComparison.Ordinal);
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(content));
        return path;
    }
}
