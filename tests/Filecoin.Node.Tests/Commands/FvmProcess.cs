using System.Diagnostics;

namespace Filecoin.Node.Tests.Commands;

/// <summary>What a run of the built command gave.</summary>
internal sealed record FvmProcess(int ExitCode, string Output, string Error)
{
    private const int MillisecondsMax = 120_000;

    public static FvmProcess Run(params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "fvm.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(MillisecondsMax))
        {
            process.Kill();
            throw new TimeoutException($"fvm {string.Join(' ', arguments)} does not end");
        }

        return new(process.ExitCode, output, error.Result);
    }
}
