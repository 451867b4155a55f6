using System.Diagnostics;

namespace Filecoin.TestKit;

/// <summary>What a program's run gave, from its start to its end.</summary>
public sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private const int MillisecondsMax = 300_000;

    /// <summary>Waits for a program that was started with both its outputs redirected.</summary>
    /// <exception cref="TimeoutException">It does not end in time.</exception>
    internal static ProgramRun ToEnd(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(MillisecondsMax))
        {
            string name = process.StartInfo.FileName;
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{name} {string.Join(' ', process.StartInfo.ArgumentList)} does not end");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }
}
