namespace Filecoin.Node.Tests;

public sealed class HeapPagesTests
{
    /// <summary>Once: what lies behind is then too far away.</summary>
    private static readonly long Enlarged = HeapPages.Enlarge();

    [Fact]
    public void What_the_heap_grows_into_is_to_be_in_large_pages()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "large pages are asked of Linux");
        Assert.SkipUnless(
            File.Exists("/sys/kernel/mm/transparent_hugepage/enabled"), "none in this kernel");

        Assert.Equal(256L << 20, Enlarged);
        Assert.Contains(
            File.ReadLines("/proc/self/smaps"),
            line => line.StartsWith("VmFlags:", StringComparison.Ordinal)
                && line.Contains(" hg", StringComparison.Ordinal));
    }

    [Fact]
    public void The_heap_works_on_in_them()
    {
        Assert.True(Enlarged >= 0);
        List<byte[]> kept = [];
        for (int i = 0; i < 100_000; i++)
        {
            byte[] made = new byte[1_000];
            made[i % 1_000] = 1;
            if (i % 10 == 0)
            {
                kept.Add(made);
            }
        }

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        Assert.All(kept, made => Assert.Equal(1, made.Sum(value => value)));
    }
}
