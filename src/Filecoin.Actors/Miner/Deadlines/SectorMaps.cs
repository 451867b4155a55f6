using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>Sectors by deadline and partition, both ascending.</summary>
/// <remarks>Spec: builtin-actors actors/miner/src/sector_map.rs.</remarks>
internal sealed class DeadlineSectors
{
    private readonly SortedDictionary<ulong, SortedDictionary<ulong, BitField>> byDeadline = [];

    /// <summary>The partitions of each deadline.</summary>
    internal IEnumerable<KeyValuePair<ulong, SortedDictionary<ulong, BitField>>> Deadlines =>
        byDeadline;

    /// <summary>Adds sectors of a partition.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, there is no such deadline.
    /// </exception>
    internal void Add(ulong deadline, ulong partition, BitField sectors)
    {
        if (deadline >= StoragePolicy.PeriodDeadlines)
        {
            throw Abort.IllegalArgument($"invalid deadline {deadline}");
        }

        if (!byDeadline.TryGetValue(
            deadline, out SortedDictionary<ulong, BitField>? partitions))
        {
            byDeadline.Add(deadline, partitions = []);
        }

        partitions[partition] = partitions.TryGetValue(partition, out BitField before)
            ? before.Union(sectors)
            : sectors;
    }

    /// <summary>There are no more partitions and sectors than one message may name.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_ARGUMENT, there are.</exception>
    internal void RequireAddressable()
    {
        UInt128 partitionCount = 0;
        UInt128 sectorCount = 0;
        foreach (SortedDictionary<ulong, BitField> partitions in byDeadline.Values)
        {
            partitionCount += (UInt128)partitions.Count;
            foreach (BitField sectors in partitions.Values)
            {
                sectorCount += sectors.Count;
            }
        }

        if (partitionCount > StoragePolicy.AddressedPartitionsMax
            || sectorCount > StoragePolicy.AddressedSectorsMax)
        {
            throw Abort.IllegalArgument(
                $"too many partitions ({partitionCount}) or sectors ({sectorCount})");
        }
    }
}
