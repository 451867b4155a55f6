using System.Diagnostics;

namespace Filecoin.Clients.Tests;

/// <summary>Runs scripts of the folder Clients with the packages of its lock file.</summary>
internal static class NodeScripts
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Clients");
    private static readonly Lazy<string?> Obstacle = new(Install);

    /// <summary>Runs a script; what it prints, a line a step.</summary>
    public static string[] Run(string script, string url)
    {
        Assert.SkipWhen(FindOnPath("node") is null, "node is not on the path");
        Assert.True(Obstacle.Value is null, Obstacle.Value);
        (_, string output) = Start("node", script, url);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Install()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "ethers")))
        {
            return null;
        }

        if (FindOnPath("npm") is null)
        {
            return "npm, which installs the clients, is not on the path";
        }

        (int code, string output) = Start("npm", "ci", "--no-audit", "--no-fund");
        return code == 0 ? null : $"npm ci failed in {Folder}: {output}";
    }

    private static (int Code, string Output) Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(FindOnPath(program)!, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => new[] { program, program + ".exe", program + ".cmd" }
                .Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
