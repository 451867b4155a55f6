using System.Diagnostics;
using Filecoin.Node.Tests.Bundles;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Commands;

/// <summary>How far long work is, which a person sees and a script does not.</summary>
public sealed class ProgressTests : IDisposable
{
    private const string Bar = "\u2501";

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-progress").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_import_of_a_bundle_shows_a_bar_where_errors_go_to_a_terminal()
    {
        string file = At("v16.tar.zst");
        File.WriteAllBytes(file, SyntheticBundle.Archive(
            ("builtin-actors-mainnet.car", SyntheticBundle.Car())));

        (string shown, string output) = RunOnTerminal(
            "bundle", "import", file, "--bundles", At("store"));

        Assert.Contains(Bar, shown, StringComparison.Ordinal);
        Assert.Matches(@"\Av16 mainnet bafy[^\n]+\n\z", output);
    }

    [Fact]
    public void An_import_of_a_chain_shows_a_bar_where_errors_go_to_a_terminal()
    {
        using (DevnetProcess devnet = DevnetProcess.Start())
        {
            Assert.Equal(
                0, Fvm.Run("chain", "export", At("a.car"), "--follow", devnet.Url).ExitCode);
        }

        (string shown, string output) = RunOnTerminal(
            "chain", "import", At("a.car"), "--data-dir", At("a"));

        Assert.Contains(Bar, shown, StringComparison.Ordinal);
        Assert.Equal("the chain up to epoch 0 is taken up\n", output);
    }

    private string At(string name) => Path.Combine(folder, name);

    /// <summary>Runs a command with its errors alone on a terminal: what that shows.</summary>
    private (string Shown, string Output) RunOnTerminal(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "there is no terminal to be had");
        string quoted = string.Join(' ', arguments.Select(argument => $"'{argument}'"));
        ProcessStartInfo start = new(
            "/usr/bin/script",
            ["-qec", $"dotnet '{Fvm.Program}' {quoted} > '{At("output")}'", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process script = Process.Start(start)!;
        string shown = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        Assert.Equal(FvmCommand.Success, script.ExitCode);
        return (shown, File.ReadAllText(At("output")));
    }
}
