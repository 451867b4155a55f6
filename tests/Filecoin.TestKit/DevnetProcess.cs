using System.Diagnostics;

namespace Filecoin.TestKit;

/// <summary>A devnet or a node in a process of its own, as a user starts it.</summary>
public sealed class DevnetProcess : IDisposable
{
    private const string Sign = "Listening on ";
    private const int StopMilliseconds = 10_000;

    private readonly Process process;
    private readonly Task<string> errors;

    private DevnetProcess(Process process, string url, string shown, Task<string> errors) =>
        (this.process, Url, Shown, this.errors) = (process, url, shown, errors);

    public string Url { get; }

    /// <summary>All that it printed before it listened.</summary>
    public string Shown { get; }

    public int Id => process.Id;

    /// <summary>Memory that it has at hand, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>All that it wrote to the error stream; waits for its end.</summary>
    public string Errors => errors.Result;

    public static DevnetProcess Start(params string[] options) =>
        StartCommand("devnet", options);

    /// <summary>Starts <c>fvm node</c>.</summary>
    public static DevnetProcess StartNode(params string[] options) =>
        StartCommand("node", options);

    private static DevnetProcess StartCommand(string command, string[] options)
    {
        string[] port = Array.IndexOf(options, "--port") < 0 ? ["--port", "0"] : [];
        Process process = DotnetProcess.Start(
            AppContext.BaseDirectory, ["fvm.dll", command, .. port, .. options]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        System.Text.StringBuilder shown = new();
        while (process.StandardOutput.ReadLine() is string line)
        {
            shown.AppendLine(line);
            if (line.StartsWith(Sign, StringComparison.Ordinal))
            {
                string url = line[Sign.Length..].Split(' ')[0];
                return new(process, url, shown.ToString(), errors);
            }
        }

        throw new InvalidOperationException($"no devnet: {shown} {errors.Result}");
    }

    /// <summary>Folders of the threads that machines run on, of those that Linux shows.</summary>
    public HashSet<string> ExecutorThreads()
    {
        HashSet<string> found = [];
        foreach (string thread in Directory.EnumerateDirectories($"/proc/{Id}/task"))
        {
            try
            {
                if (File.ReadAllText($"{thread}/comm").Trim() == "executor")
                {
                    found.Add(thread);
                }
            }
            catch (IOException)
            {
                // It has ended since it was listed.
            }
        }

        return found;
    }

    /// <summary>Ends it at once, whatever it does.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Tells it to end, as Ctrl-C does.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end, after a signal.</summary>
    public int WaitForExit() => process.WaitForExit(StopMilliseconds)
        ? process.ExitCode
        : throw new TimeoutException("the devnet does not end");

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.WaitForExit();
        process.Dispose();
    }
}
