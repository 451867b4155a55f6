using CsCheck;

namespace Filecoin.Actors.Miner.Tests;

/// <summary>The queue of deadlines against sorting them anew for each sector.</summary>
public sealed class DeadlineAssignmentTests
{
    [Fact]
    public void Each_of_100_000_sectors_goes_where_sorting_puts_it() =>
        Gen.Select(
            Gen.Select(Gen.ULong[0, 12], Gen.ULong[0, 12]).Array[1, 8],
            Gen.ULong[1, 5],
            Gen.Int[1, 40]).Sample(
            (deadlines, size, count) =>
            {
                Deadline?[] all =
                [
                    null,
                    .. deadlines.Select(pair => (Deadline?)new Deadline()
                    {
                        LiveSectors = Math.Min(pair.Item1, pair.Item2),
                        TotalSectors = Math.Max(pair.Item1, pair.Item2),
                    }),
                ];
                SectorOnChainInfo[] sectors =
                    [.. Enumerable.Range(0, count).Select(i => TestSectors.Of((ulong)i, 1))];
                List<SectorOnChainInfo>[] assigned =
                    DeadlineAssignment.Assign(size, all, sectors);
                Assert.Equal(
                    Model(size, all, sectors),
                    assigned.Select(part => part.Select(s => s.SectorNumber).ToArray()));
            },
            seed: "0N0XIzNsQ0O2",
            iter: 5_000);

    [Fact]
    public void Full_deadlines_take_no_sectors()
    {
        Deadline?[] full = [new Deadline() { TotalSectors = 3_000 }];
        ActorAbortException failure = Assert.Throws<ActorAbortException>(
            () => DeadlineAssignment.Assign(1, full, [TestSectors.Of(0, 1)]));
        Assert.Equal(ExitCode.UserIllegalState, failure.ExitCode);
    }

    private static IEnumerable<ulong[]> Model(
        ulong size, Deadline?[] deadlines, SectorOnChainInfo[] sectors)
    {
        List<ulong>[] assigned = [.. deadlines.Select(_ => new List<ulong>())];
        (ulong Live, ulong Total)[] counts =
            [.. deadlines.Select(d => (d?.LiveSectors ?? 0, d?.TotalSectors ?? 0))];
        int[] open = [.. Enumerable.Range(0, counts.Length).Where(i => deadlines[i] is not null)];
        foreach (SectorOnChainInfo sector in sectors)
        {
            int best = open
                .OrderBy(i => Ceiling(counts[i].Live + 1, size))
                .ThenBy(i => Ceiling(counts[i].Total + 1, size))
                .ThenBy(i => counts[i].Total % size == 0)
                .ThenByDescending(i => counts[i].Total % size == 0 ? 0 : counts[i].Total)
                .ThenBy(i => counts[i].Live)
                .ThenBy(i => i)
                .First();
            assigned[best].Add(sector.SectorNumber);
            counts[best] = (counts[best].Live + 1, counts[best].Total + 1);
        }

        return assigned.Select(part => part.ToArray());
    }

    private static ulong Ceiling(ulong dividend, ulong divisor) =>
        (dividend / divisor) + (dividend % divisor == 0 ? 0UL : 1UL);
}
