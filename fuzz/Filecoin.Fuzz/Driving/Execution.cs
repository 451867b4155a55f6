using System.Diagnostics;

namespace Filecoin.Fuzz.Driving;

/// <summary>One run of a target: its outcome, or why the input is a finding.</summary>
public readonly record struct Execution(Outcome Outcome, string? Finding)
{
    public const int SecondsMax = 2;
    public const long AllocatedBytesMax = 256L << 20;

    /// <summary>
    /// Runs an input. What is too slow is run again: the first run also compiles. The time is
    /// the processor's: on a busy machine the clock says little.
    /// </summary>
    public static Execution Of(FuzzTarget target, byte[] input)
    {
        Execution execution = RunOnce(target, input);
        return execution.Finding is not null && execution.Outcome.Line is not null
            ? RunOnce(target, input)
            : execution;
    }

    private static Execution RunOnce(FuzzTarget target, byte[] input)
    {
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan started = Environment.CpuUsage.TotalTime;
        try
        {
            Outcome outcome = target.Run(input);
            double seconds = (Environment.CpuUsage.TotalTime - started).TotalSeconds;
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            return new(
                outcome,
                allocated > AllocatedBytesMax ? $"large: {allocated >> 20} MiB allocated"
                    : seconds > SecondsMax ? $"slow: {seconds:F1} s"
                    : null);
        }
        catch (Exception thrown)
        {
            return new(default, $"{thrown.GetType().Name}: {OneLine(thrown)}");
        }
    }

    /// <summary>The message and the first of our own frames.</summary>
    private static string OneLine(Exception thrown)
    {
        string message = thrown.Message.ReplaceLineEndings(" ");
        foreach (StackFrame frame in new StackTrace(thrown, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType.FullName: string type } method
                && type.StartsWith("Filecoin.", StringComparison.Ordinal)
                && !type.StartsWith("Filecoin.Fuzz.Claim", StringComparison.Ordinal))
            {
                return $"{message} @ {type}.{method.Name}";
            }
        }

        return message;
    }
}
