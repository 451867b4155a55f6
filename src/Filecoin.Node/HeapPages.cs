using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Filecoin.Node;

/// <summary>Has the garbage-collected heap grow in large pages.</summary>
/// <remarks>
/// A network that has just started touches every page of its heap for the first time, which was a
/// third of its first transfers. The collector makes its memory ready in steps of 64 KiB, in which
/// no large page has room: so what it has reserved next is made ready at once, and the kernel
/// asked for large pages there. Nothing is taken before it is touched. Where the system or the
/// collector is another, all is as without.
/// </remarks>
internal static class HeapPages
{
    private const long PageBytes = 2L << 20;

    /// <summary>Bytes of the heap that are to be in large pages.</summary>
    private const long EnlargedMax = 256L << 20;

    /// <summary>How far from an object what is reserved for more is looked for.</summary>
    private const long DistanceMax = 64L << 20;

    private const int ReadAndWrite = 3;
    private const int LargePages = 14;

    /// <summary>Undoes what the collector says of memory that is only reserved.</summary>
    private const int IsDumped = 17;

    /// <summary>Asks for large pages where the heap will grow.</summary>
    /// <returns>Bytes that are to be in large pages; 0 for none.</returns>
    public static long Enlarge()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            return EnlargeReserved();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException
            or DllNotFoundException or EntryPointNotFoundException)
        {
            // Not every place shows a process its mappings, or has this library under its name.
            return 0;
        }
    }

    private static long EnlargeReserved()
    {
        object fresh = new();
        long start = ReservedAfter(Unsafe.As<object, nint>(ref fresh));
        GC.KeepAlive(fresh);
        bool isEnlarged = start != 0
            && Protect((nint)start, (nint)EnlargedMax, ReadAndWrite) == 0
            && Advise((nint)start, (nint)EnlargedMax, IsDumped) == 0
            && Advise((nint)start, (nint)EnlargedMax, LargePages) == 0;
        return isEnlarged ? EnlargedMax : 0;
    }

    /// <summary>The first large page of what is reserved after an address; 0 if none is.</summary>
    private static long ReservedAfter(long address)
    {
        long end = 0;
        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            string[] words = line.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
            long from = long.Parse(words[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            long to = long.Parse(words[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bool isHeap = end == 0 ? from <= address && address < to : from == end;
            if (!isHeap)
            {
                if (end != 0)
                {
                    return 0;
                }

                continue;
            }

            end = to;
            long start = (from + PageBytes - 1) / PageBytes * PageBytes;
            if (words[2] == "p" && to - start >= EnlargedMax)
            {
                return from - address < DistanceMax ? start : 0;
            }
        }

        return 0;
    }

    [DllImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Protect(nint start, nint length, int protection);

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint start, nint length, int advice);
}
