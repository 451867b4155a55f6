using System.Runtime.InteropServices;

namespace Filecoin.Rpc;

/// <summary>What a thread has had of a processor.</summary>
/// <remarks>
/// On a busy machine time passes while others have the processor: a request is not long for that.
/// Only Linux has clocks of threads that others may read; elsewhere nothing is known.
/// </remarks>
internal static class ThreadTime
{
    private const int None = 0;

    [ThreadStatic]
    private static int? own;

    /// <summary>The clock of the calling thread.</summary>
    public static int Clock => own ??=
        OperatingSystem.IsLinux() && FindClock(Self(), out int clock) == 0 ? clock : None;

    /// <summary>What a clock shows; null if nothing is known.</summary>
    /// <param name="clock">The clock of a thread that has not ended.</param>
    public static TimeSpan? Read(int clock) => clock != None && Read(clock, out Time time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + new TimeSpan(time.Nanoseconds / 100)
        : null;

    [DllImport("libc", EntryPoint = "pthread_self")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Self();

    [DllImport("libc", EntryPoint = "pthread_getcpuclockid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FindClock(nint thread, out int clock);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
