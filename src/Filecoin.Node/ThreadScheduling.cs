using System.Runtime.InteropServices;

namespace Filecoin.Node;

/// <summary>How the system shares its processors with this process's threads.</summary>
internal static class ThreadScheduling
{
    private const int Batch = 3;

    /// <summary>
    /// Has a thread that wakes wait for whoever has a processor, instead of taking it from them;
    /// those that are started from now on too. Only Linux knows that.
    /// </summary>
    /// <remarks>
    /// A request wakes the thread of its connection. On a busy machine that thread would take the
    /// processor from the client, which is about to send more, or from one that answers another
    /// request, for whose place it then has to wait.
    /// </remarks>
    public static void LetOthersGoOn()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            // Where it is refused, all is as without.
            Parameters parameters = default;
            _ = SetScheduler(0, Batch, parameters);
        }
        catch (Exception missing) when (missing is DllNotFoundException
            or EntryPointNotFoundException)
        {
            // A system without this library under its name.
        }
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int thread, int policy, in Parameters parameters);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Parameters
    {
        public readonly int Priority;
    }
}
