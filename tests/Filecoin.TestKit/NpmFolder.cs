using System.Diagnostics;

namespace Filecoin.TestKit;

/// <summary>A folder of scripts for node, with the packages of its lock file.</summary>
/// <remarks>Programs are those of the packages, else those on the path, as npx has them.</remarks>
public sealed class NpmFolder
{
    /// <summary>Why tests are skipped where <see cref="HasNode"/> says no.</summary>
    public const string NoNode = "node is not on the path";

    private readonly string folder;
    private readonly string programs;
    private readonly Lazy<string?> obstacle;

    /// <param name="name">Folder beside the test binary, with a lock file.</param>
    public NpmFolder(string name)
    {
        folder = Path.Combine(AppContext.BaseDirectory, name);
        programs = Path.Combine(folder, "node_modules", ".bin");
        obstacle = new(Install);
    }

    /// <summary>Whether scripts can run on this machine at all.</summary>
    public static bool HasNode => Find("node", SearchPath) is not null;

    /// <summary>Why packages are not there, once they were installed; null if they are.</summary>
    public string? Obstacle => obstacle.Value;

    private static string[] Endings => OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];

    private static string SearchPath => Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(params ReadOnlySpan<string> parts) =>
        Path.Combine([folder, .. parts]);

    /// <summary>
    /// Runs a program to its end, in the folder or one <paramref name="below"/>; what it reads,
    /// it reads before it writes much.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    public ProgramRun Run(
        string program, string[] arguments, string input = "", string below = "",
        params (string Name, string Value)[] variables)
    {
        string path = programs + Path.PathSeparator + SearchPath;
        ProcessStartInfo start = new(
            Find(program, path) ?? throw new FileNotFoundException($"no program {program}"),
            arguments)
        {
            WorkingDirectory = Path.Combine(folder, below),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        Array.ForEach(variables, v => start.Environment[v.Name] = v.Value);
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return ProgramRun.ToEnd(process);
    }

    private static string? Find(string program, string path) =>
        path.Split(Path.PathSeparator)
            .SelectMany(place => Endings.Select(ending => Path.Combine(place, program + ending)))
            .FirstOrDefault(File.Exists);

    private string? Install()
    {
        string mark = PathOf("node_modules", ".installed");
        if (File.Exists(mark)
            && File.GetLastWriteTimeUtc(mark)
                >= File.GetLastWriteTimeUtc(PathOf("package-lock.json")))
        {
            return null;
        }

        if (Find("npm", SearchPath) is null)
        {
            return "npm, which installs the packages, is not on the path";
        }

        // Where node itself is a package, some other packages ask for its version: the second
        // run, which is that node's, brings those that the first has left out.
        string[] rest = ["--no-audit", "--no-fund", "--prefer-offline"];
        ProgramRun run = Run("npm", ["ci", .. rest]);
        run = run.ExitCode == 0 && Find("node", programs) is not null
            ? Run("npm", ["install", "--no-save", .. rest])
            : run;
        if (run.ExitCode != 0)
        {
            return $"npm failed in {folder}: {run.Output}{run.Error}";
        }

        File.WriteAllText(mark, "");
        return null;
    }
}
