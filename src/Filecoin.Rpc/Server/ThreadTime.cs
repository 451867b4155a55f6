using System.Runtime.InteropServices;

namespace Filecoin.Rpc;

/// <summary>What the calling thread has had of a processor.</summary>
/// <remarks>
/// On a busy machine time passes while others have the processor: a request is not long for that.
/// Where the system's call is not known, it is the time that passes.
/// </remarks>
internal static class ThreadTime
{
    private const int LinuxClock = 3;
    private const int MacClock = 16;

    private static readonly int Clock = OperatingSystem.IsLinux() ? LinuxClock
        : OperatingSystem.IsMacOS() ? MacClock
        : -1;

    /// <summary>So much since some time before.</summary>
    public static TimeSpan Now => Clock >= 0 && Read(Clock, out Time time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + new TimeSpan(time.Nanoseconds / 100)
        : TimeProvider.System.GetElapsedTime(0);

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
