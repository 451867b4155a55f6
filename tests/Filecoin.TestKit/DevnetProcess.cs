using System.Diagnostics;

namespace Filecoin.TestKit;

/// <summary>A devnet in a process of its own, as a user starts it.</summary>
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

    public static DevnetProcess Start(params string[] options)
    {
        Process process = DotnetProcess.Start(
            AppContext.BaseDirectory, ["fvm.dll", "devnet", "--port", "0", .. options]);
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
