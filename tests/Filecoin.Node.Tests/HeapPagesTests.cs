using System.Globalization;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests;

public sealed class HeapPagesTests
{
    private const long Enlarged = 256L << 20;

    [Fact]
    public void What_a_nodes_heap_grows_into_is_to_be_in_large_pages()
    {
        Assert.SkipUnless(
            File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"),
            "large pages are asked of Linux, where its kernel has them");
        using DevnetProcess devnet = DevnetProcess.Start();

        // What the collector has given back again is no longer.
        Assert.InRange(BytesInLargePages(devnet.Id), Enlarged / 2, Enlarged);
    }

    /// <summary>Bytes of a process's mappings that are to be in large pages.</summary>
    private static long BytesInLargePages(int process)
    {
        long bytes = 0;
        long size = 0;
        foreach (string line in File.ReadLines($"/proc/{process}/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "Size:")
            {
                size = long.Parse(words[1], CultureInfo.InvariantCulture) << 10;
            }
            else if (words[0] == "VmFlags:" && words.Contains("hg"))
            {
                bytes += size;
            }
        }

        return bytes;
    }
}
