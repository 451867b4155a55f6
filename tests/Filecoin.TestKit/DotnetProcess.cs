using System.Diagnostics;

namespace Filecoin.TestKit;

/// <summary>What a run of <c>dotnet</c> gave.</summary>
public sealed record DotnetProcess(int ExitCode, string Output, string Error)
{
    /// <summary>Runs it in a folder, to its end.</summary>
    /// <exception cref="TimeoutException">It does not end in time.</exception>
    public static DotnetProcess Run(string folder, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
        ProgramRun run = ProgramRun.ToEnd(process);
        return new(run.ExitCode, run.Output, run.Error);
    }

    /// <summary>Starts it in a folder; what it writes must be read by the caller.</summary>
    public static Process Start(string folder, params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        ProcessStartInfo start = new(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // No build server of the test outlives it.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
