using System.Diagnostics;

namespace Filecoin.Node.Tests.Commands;

/// <summary>Completion in real shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private const int MillisecondsMax = 60_000;

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
        string shown = Run("bash", "--norc", "-c", $$"""
            eval "$(fvm completion bash)"
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            COMP_WORDS=($COMP_LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            complete -p fvm > /dev/null && _fvm && printf '%s\n' "${COMPREPLY[@]}"
            """);

        Assert.Equal($"{expected}\n", shown);
    }

    [Theory]
    [InlineData("fvm wal", "wallet")]
    [InlineData("fvm wallet exp", "export")]
    [InlineData("fvm -", "-h\n--help\n--version")]
    [InlineData("true | fvm devnet --ho", "--host")]
    [InlineData("fvm replay mess", "messages.json")]
    public void Fish_completes(string line, string expected)
    {
        string shown = Run("fish", "--no-config", "-c", $"""
            fvm completion fish | source
            complete -C '{line}'
            """);

        Assert.Equal($"{expected}\n", shown);
    }

    /// <summary>In a shell that a person would type into: it gets the letters and a tab.</summary>
    [Theory]
    [InlineData("fvm wal", "fvm wallet ")]
    [InlineData("true; fvm wallet exp", "fvm wallet export ")]
    [InlineData("fvm devnet --ho", "fvm devnet --host ")]
    [InlineData("fvm replay mess", "fvm replay messages.json ")]
    public void Zsh_completes(string line, string expected)
    {
        string shown = Run("zsh", "-f", "-c", $$"""
            zmodload zsh/zpty
            zpty shell env TERM=dumb zsh -f -i
            zpty -w shell 'PS1=; autoload -Uz compinit && compinit -u -D'
            zpty -w shell 'eval "$(fvm completion zsh)"; print BE"GUN"'
            zpty -r -m shell told '*BEGUN*'
            zpty -w -n shell '{{line}}'$'\t'
            zpty -r -m shell told '*{{expected}}*' && print completed
            zpty -d shell
            """);

        Assert.Equal("completed\n", shown);
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

    /// <summary>Runs a shell that finds fvm, in a folder with a file.</summary>
    private string Run(string shell, params string[] arguments)
    {
        Assert.SkipUnless(
            File.Exists($"/bin/{shell}") || File.Exists($"/usr/bin/{shell}"),
            $"there is no {shell}");
        string command = Path.Combine(folder, "fvm");
        string host = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? Environment.ProcessPath
            : "dotnet";
        File.WriteAllText(command, $"#!/bin/sh\nexec {host} '{Fvm.Program}' \"$@\"\n");
        File.WriteAllText(Path.Combine(folder, "messages.json"), "");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        ProcessStartInfo start = new(shell, arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start)!;
        Task<string> shown = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(MillisecondsMax))
        {
            process.Kill(entireProcessTree: true);
        }

        return shown.Result;
    }
}
