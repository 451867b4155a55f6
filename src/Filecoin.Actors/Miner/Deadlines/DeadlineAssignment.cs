using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>Distributes new sectors over deadlines.</summary>
/// <remarks>
/// Spec: actors/miner-state, assignment; builtin-actors actors/miner/src/deadline_assignment.rs.
/// Each sector goes where it makes the fewest partitions; among equals, where one is open.
/// </remarks>
internal static class DeadlineAssignment
{
    /// <summary>The sectors of each deadline, in their order.</summary>
    /// <param name="partitionSectors">Sectors of a full partition.</param>
    /// <param name="deadlines">The deadlines; null for those that take no sectors now.</param>
    /// <param name="sectors">The sectors, in the order in which they are assigned.</param>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, all are full. USR_ASSERTION_FAILED, none takes sectors.
    /// </exception>
    internal static List<SectorOnChainInfo>[] Assign(
        ulong partitionSectors,
        ReadOnlySpan<Deadline?> deadlines,
        IReadOnlyList<SectorOnChainInfo> sectors)
    {
        List<SectorOnChainInfo>[] assigned = new List<SectorOnChainInfo>[deadlines.Length];
        PriorityQueue<int, Rank> ranks = new();
        for (int i = 0; i < deadlines.Length; i++)
        {
            assigned[i] = [];
            if (deadlines[i] is Deadline deadline)
            {
                ranks.Enqueue(
                    i, new(partitionSectors, deadline.LiveSectors, deadline.TotalSectors, i));
            }
        }

        foreach (SectorOnChainInfo sector in sectors)
        {
            if (!ranks.TryPeek(out int index, out Rank rank))
            {
                throw Abort.AssertionFailed("no deadline takes sectors");
            }

            if (rank.Total >= partitionSectors * StoragePolicy.DeadlinePartitionsMax)
            {
                throw Abort.IllegalState("max partitions limit reached for all deadlines");
            }

            assigned[index].Add(sector);
            _ = ranks.DequeueEnqueue(
                index, rank with { Live = rank.Live + 1, Total = rank.Total + 1 });
        }

        return assigned;
    }

    /// <summary>How early a deadline takes the next sector.</summary>
    private readonly record struct Rank(ulong Size, ulong Live, ulong Total, int Index)
        : IComparable<Rank>
    {
        /// <summary>Quirk: one without sectors counts as full.</summary>
        private bool IsFull => Total % Size == 0;

        public int CompareTo(Rank other)
        {
            int order = WithOneMore(Live).CompareTo(other.WithOneMore(other.Live));
            order = order != 0 ? order
                : WithOneMore(Total).CompareTo(other.WithOneMore(other.Total));
            order = order != 0 ? order : IsFull.CompareTo(other.IsFull);
            order = order != 0 || IsFull || other.IsFull ? order : other.Total.CompareTo(Total);
            order = order != 0 ? order : Live.CompareTo(other.Live);
            return order != 0 ? order : Index.CompareTo(other.Index);
        }

        /// <summary>Partitions that so many sectors and one more take.</summary>
        private ulong WithOneMore(ulong sectors) => (sectors + Size) / Size;
    }
}
