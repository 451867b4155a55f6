using System.Diagnostics;

namespace Filecoin.Node.Tests.Commands;

/// <summary>Completion in a real shell.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fvm-shell").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("fvm wal", "wallet")]
    [InlineData("fvm wallet ex", "export")]
    [InlineData("fvm completion zs", "zsh")]
    [InlineData("fvm send --gas", "--gas-limit")]
    [InlineData("fvm -", "--help\n--version\n-h")]
    [InlineData("fvm devnet --ho", "--host")]
    public void Bash_completes(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        string command = Path.Combine(folder, "fvm");
        string host = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? Environment.ProcessPath
            : "dotnet";
        File.WriteAllText(command, $"#!/bin/sh\nexec {host} '{Fvm.Program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string script = $$"""
            eval "$(fvm completion bash)"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=($COMP_LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            complete -p fvm > /dev/null && _fvm && printf '%s\n' "${COMPREPLY[@]}"
            """;
        ProcessStartInfo start = new("/bin/bash", ["--norc", "-c", script])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process bash = Process.Start(start)!;
        Assert.Equal($"{expected}\n", bash.StandardOutput.ReadToEnd());
    }

    [Theory]
    [InlineData("fvm ")]
    [InlineData("fvm wallet ")]
    public void No_name_of_another_system_is_offered(string line)
    {
        string[] offered = Fvm.Run($"[suggest:{line.Length}]", line).Output.Split('\n');

        Assert.Contains("--help", offered);
        Assert.Empty(offered.Intersect(["-?", "/?", "/h"]));
    }

    [Theory]
    [InlineData("zsh", "compdef _fvm fvm")]
    [InlineData("fish", "complete -c fvm")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName fvm")]
    public void Other_shells_have_a_script(string shell, string part) => Assert.Contains(
        part, Fvm.Run("completion", shell).Output, StringComparison.Ordinal);
}
