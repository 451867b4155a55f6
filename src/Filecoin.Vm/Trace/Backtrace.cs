namespace Filecoin.Vm;

/// <summary>An actor that ended with a failure, on the way out.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Method">Its method.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Message">Its own words, or the machine's.</param>
public sealed record BacktraceFrame(
    ActorId Actor, MethodNumber Method, ExitCode ExitCode, string Message);

/// <summary>Why a message failed: the frames that failed, innermost first, and the cause.</summary>
/// <remarks>Spec: message-execution 12. No part of consensus.</remarks>
public sealed class Backtrace
{
    private readonly List<BacktraceFrame> frames = [];

    /// <summary>Actors that failed, innermost first.</summary>
    public IReadOnlyList<BacktraceFrame> Frames => frames;

    /// <summary>The syscall or failure that the innermost gave up over; null if unknown.</summary>
    public string? Cause { get; private set; }

    internal void Begin(string cause)
    {
        frames.Clear();
        Cause = cause;
    }

    internal void SetCause(string cause) => Cause = cause;

    internal void Add(BacktraceFrame frame) => frames.Add(frame);

    internal void Clear()
    {
        frames.Clear();
        Cause = null;
    }

    /// <summary>One line a frame, then the cause.</summary>
    public override string ToString()
    {
        System.Text.StringBuilder text = new();
        for (int i = 0; i < frames.Count; i++)
        {
            BacktraceFrame frame = frames[i];
            _ = text.Append(
                $"{i:00}: f0{frame.Actor.Value} (method {frame.Method.Value})"
                + $" -- {frame.Message} ({frame.ExitCode})\n");
        }

        return Cause is null
            ? text.ToString()
            : text.Append($"--> caused by: {Cause}\n").ToString();
    }
}
