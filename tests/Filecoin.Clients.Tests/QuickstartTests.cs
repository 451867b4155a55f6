using System.Diagnostics;
using System.Text.RegularExpressions;
using Filecoin.TestKit;

namespace Filecoin.Clients.Tests;

/// <summary>Every block of docs/quickstart.md, in its order, in a folder of its own.</summary>
public sealed partial class QuickstartTests : IDisposable
{
    private const string Url = "http://127.0.0.1:8545";
    private const string Start = "fvm devnet\n";
    private const int MinutesMax = 10;

    private readonly string folder = Directory.CreateTempSubdirectory("fvm-quick").FullName;
    private readonly string programs = Directory.CreateTempSubdirectory("fvm-path").FullName;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        Directory.Delete(programs, recursive: true);
    }

    [Fact]
    public void Each_line_of_the_page_does_what_it_says()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no bash");
        string packages = ContractFolder.Clients.Programs;
        string page = File.ReadAllText(
            Path.Combine(Repository.Root, "docs", "quickstart.md"));
        MatchCollection blocks = Block().Matches(page);
        Assert.Equal(Start, blocks[0].Groups["text"].Value);
        using DevnetProcess devnet = DevnetProcess.Start();
        WriteProgram("fvm", $"exec dotnet '{AppContext.BaseDirectory}fvm.dll' \"$@\"");
        string compiler = ContractFolder.Clients.PathOf("foundry", "solc");
        WriteProgram("solc", $"exec node '{compiler}' \"$@\"");
        string shown = "";
        foreach (Match block in blocks.Skip(1))
        {
            string text = block.Groups["text"].Value.Replace(
                Url, devnet.Url, StringComparison.Ordinal);
            switch (block.Groups["language"].Value)
            {
                case "sh":
                    shown = Run(text, devnet.Url, packages);
                    break;
                case "text":
                    Assert.EndsWith($"\n{text}", $"\n{shown}", StringComparison.Ordinal);
                    break;
                default:
                    Write(block.Groups["file"].Value, text);
                    break;
            }
        }
    }

    [GeneratedRegex(@"(?:`(?<file>[\w./-]+)`:\n\n)?```(?<language>\w+)\n(?<text>.*?)```",
        RegexOptions.Singleline)]
    private static partial Regex Block();

    private string Run(string lines, string url, string packages)
    {
        ProcessStartInfo start = new("/bin/bash", ["--norc", "-e", "-c", lines])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] =
            $"{programs}:{packages}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["FVM_URL"] = url;
        // Foundry downloads compilers where it may.
        start.Environment["FOUNDRY_OFFLINE"] = "true";
        start.Environment["FOUNDRY_SOLC"] = Path.Combine(programs, "solc");
        start.Environment["npm_config_prefer_offline"] = "true";
        using Process shell = Process.Start(start)!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        if (!shell.WaitForExit(TimeSpan.FromMinutes(MinutesMax)))
        {
            shell.Kill(entireProcessTree: true);
        }

        Assert.True(shell.ExitCode == 0, $"{lines}: {output.Result}{errors.Result}");
        return output.Result;
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private void WriteProgram(string name, string line)
    {
        string path = Path.Combine(programs, name);
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
