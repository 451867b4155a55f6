using System.Text.RegularExpressions;
using Filecoin.Ipld;
using Filecoin.TestKit;
using Filecoin.Vm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Conformance.Package;

/// <summary>The lines of C# in README.md, in a project of a user of the packages.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string EmptyActor = """
        (module (memory (export "memory") 1)
          (func (export "invoke") (param i32) (result i32) (i32.const 0)))
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-readme-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_lines_of_the_readme_run_on_the_packages()
    {
        // A version of its own: a package of that name in the user's cache is another one.
        string version = $"0.0.1-readme.{Environment.ProcessId}";
        PackLibraries(version);
        UserProject.Write(folder, version, Snippet());
        Cid before = WriteState(Path.Combine(folder, "state.car"));

        DotnetProcess run = DotnetProcess.Run(folder, "run", "-c", "Release");

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Error}");
        Match printed = Printed().Match(run.Output);
        Assert.True(printed.Success, run.Output);
        Assert.NotEqual(before, Cid.Parse(printed.Groups["root"].Value));
    }

    [GeneratedRegex(@"\A0 OK, [1-9]\d+ gas, state (?<root>bafy\w+)\n\z")]
    private static partial Regex Printed();

    private static string Snippet()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        const string Start = "```csharp\n";
        int start = readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private void PackLibraries(string version)
    {
        // artifacts/bin/PROJECT/CONFIGURATION: what is packed is what this test was built with.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        DotnetProcess pack = DotnetProcess.Run(
            Repository.Root,
            "pack", "--no-build", "-c", configuration, "-o", folder, $"-p:Version={version}");
        Assert.True(pack.ExitCode == 0, $"{pack.Output}{pack.Error}");
    }

    private static Cid WriteState(string path)
    {
        MemoryBlockstore store = new();
        StateBuilder state = new(store, WasmEngine.Assemble(EmptyActor));
        state.AddAccount(new(100), null, TokenAmount.FromFil(10));
        state.AddAccount(new(101), null, TokenAmount.Zero);
        Cid root = state.Build();
        using FileStream file = File.Create(path);
        CarWriter writer = new(file, root);
        store.ForEach((cid, block) => writer.Write(cid, block.Span));
        return root;
    }
}
