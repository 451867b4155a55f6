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
    public static Process Start(string folder, params string[] arguments) =>
        Start([], folder, arguments);

    /// <summary>Starts it in a folder, with a third of what others have of a processor.</summary>
    public static Process StartLow(string folder, params string[] arguments) =>
        Start(OperatingSystem.IsWindows() ? [] : ["nice", "-n", "5"], folder, arguments);

    private static Process Start(string[] through, string folder, string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

        // A shell has its jobs in the background ignore interrupts, and they hand that on: what is
        // tested with an interrupt must not depend on where the tests were started.
        string[] program = OperatingSystem.IsLinux()
            ? [.. through, "env", "--default-signal=INT", host]
            : [.. through, host];
        ProcessStartInfo start = new(program[0], program[1..])
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
