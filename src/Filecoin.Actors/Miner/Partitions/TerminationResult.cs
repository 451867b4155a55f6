namespace Filecoin.Actors.Miner;

/// <summary>Sectors that ended before their time and are to be paid for.</summary>
/// <param name="ByEpoch">The sectors by the epoch at which they ended.</param>
/// <param name="PartitionCount">How many partitions were looked at.</param>
/// <param name="SectorCount">How many sectors there are.</param>
public sealed record TerminationResult(
    SortedDictionary<long, BitField> ByEpoch, ulong PartitionCount, ulong SectorCount)
{
    /// <summary>No sectors.</summary>
    public static TerminationResult Empty => new([], 0, 0);

    /// <summary>Whether there are no sectors.</summary>
    public bool IsEmpty => SectorCount == 0;

    /// <summary>Whether there is room for more.</summary>
    public bool IsBelow(ulong partitionsMax, ulong sectorsMax) =>
        PartitionCount < partitionsMax && SectorCount < sectorsMax;

    /// <summary>Both together.</summary>
    public TerminationResult Plus(TerminationResult other)
    {
        SortedDictionary<long, BitField> byEpoch = new(ByEpoch);
        foreach ((long epoch, BitField numbers) in other.ByEpoch)
        {
            byEpoch[epoch] = byEpoch.TryGetValue(epoch, out BitField before)
                ? before.Union(numbers)
                : numbers;
        }

        return new(
            byEpoch,
            PartitionCount + other.PartitionCount,
            SectorCount + other.SectorCount);
    }
}
