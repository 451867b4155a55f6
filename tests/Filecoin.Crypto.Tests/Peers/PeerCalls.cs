using System.Diagnostics;
using System.Text.Json;

namespace Filecoin.Crypto.Tests;

/// <summary>Collects what we computed, then compares it with other libraries at once.</summary>
/// <remarks>The libraries run in one process of node; npm installs them once.</remarks>
public sealed class PeerCalls
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Peers");

    // Text, or the reason why there is none.
    private static readonly Lazy<string?> Obstacle = new(Install);

    private readonly List<(string? Ours, object[] Call)> calls = [];

    /// <summary>Notes what the named call of peers.mjs must answer; null for a refusal.</summary>
    public void Expect(string? ours, string name, params object[] arguments) =>
        calls.Add((ours, [name, .. arguments]));

    public void Compare()
    {
        Assert.SkipWhen(FindOnPath("node") is null, "node is not on the path");
        Assert.True(Obstacle.Value is null, Obstacle.Value);
        var input = JsonSerializer.Serialize(calls.Select(c => c.Call));
        var (code, output) = Run("node", "peers.mjs", input);
        Assert.True(code == 0, $"peers.mjs failed: {output}");
        var answers = JsonSerializer.Deserialize<string?[]>(output)!;
        Assert.Equal(calls.Count, answers.Length);
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.True(
                answers[i] == calls[i].Ours,
                $"{string.Join(' ', calls[i].Call)}: {answers[i]}, not {calls[i].Ours}");
        }
    }

    private static string? Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@chainsafe", "blst")))
        {
            return null;
        }

        if (FindOnPath("npm") is null)
        {
            return "npm, which installs the libraries to compare with, is not on the path";
        }

        var (code, output) = Run("npm", "ci --no-audit --no-fund", "");
        return code == 0 ? null : $"npm ci failed in {Folder}: {output}";
    }

    private static (int Code, string Output) Run(string program, string arguments, string input)
    {
        var start = new ProcessStartInfo(FindOnPath(program)!, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (0, output.Result)
            : (process.ExitCode, output.Result + errors.Result);
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { program, program + ".exe", program + ".cmd" }
                .Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
