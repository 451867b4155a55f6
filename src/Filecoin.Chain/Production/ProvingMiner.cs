using Filecoin.Actors.Miner;
using Filecoin.Actors.Storage;

namespace Filecoin.Chain;

/// <summary>A partition that can be proven.</summary>
/// <param name="Index">Its place in its deadline.</param>
/// <param name="Challenged">What its proof is bound to of its sectors.</param>
internal sealed record ProvablePartition(ulong Index, Lazy<byte[]> Challenged);

/// <summary>A window of a miner in which something is to be proven.</summary>
/// <param name="Deadline">When it is.</param>
/// <param name="Partitions">What is to be proven in it.</param>
/// <param name="IsNext">
/// Whether no other window of the deadline is before it, at whose end its sectors may change.
/// </param>
internal readonly record struct ProvingWindow(
    DeadlineInfo Deadline, IReadOnlyList<ProvablePartition> Partitions, bool IsNext);

/// <summary>What a storage miner has to prove; read anew where its state has changed.</summary>
/// <remarks>Spec: actors/miner-methods 5.1. Not for several threads.</remarks>
internal sealed class ProvingMiner
{
    private readonly DeadlineReading?[] deadlines =
        new DeadlineReading?[StoragePolicy.PeriodDeadlines];

    private Cid stateRoot;
    private MinerState state;

    /// <summary>A deadline with sectors, as it was when it was read.</summary>
    private sealed record DeadlineReading(
        Cid Root,
        Cid PartitionsRoot,
        BitField Posted,
        IReadOnlyList<ProvablePartition> Partitions);

    /// <summary>Who it is.</summary>
    public MinerInfo Info { get; private set; } = null!;

    /// <summary>Reads what has changed of its state.</summary>
    /// <exception cref="IpldException">A block is missing or malformed.</exception>
    public void Read(Cid root, IBlockstore blocks)
    {
        if (root == stateRoot)
        {
            return;
        }

        MinerState before = state;
        state = blocks.GetCbor<MinerState>(root);
        Info = blocks.GetCbor<MinerInfo>(state.Info);
        DeadlineTable table = blocks.GetCbor<DeadlineTable>(state.Deadlines);
        for (int i = 0; i < deadlines.Length; i++)
        {
            DeadlineReading? kept = state.Sectors == before.Sectors ? deadlines[i] : null;
            deadlines[i] = kept?.Root == table.Due[i] ? kept : Read(table.Due[i], kept, blocks);
        }

        stateRoot = root;
    }

    /// <summary>
    /// The next window of each deadline that has something to prove and is not over at an epoch.
    /// </summary>
    public IEnumerable<ProvingWindow> Windows(long epoch)
    {
        long periodStart = state.DeadlineAt(epoch).PeriodStart;
        for (int i = 0; i < deadlines.Length; i++)
        {
            if (deadlines[i] is not DeadlineReading { Partitions.Count: > 0 } reading)
            {
                continue;
            }

            DeadlineInfo window =
                DeadlineInfo.At(periodStart, (ulong)i, epoch).NextNotElapsed();
            List<ProvablePartition> left = [.. reading.Partitions];
            if (window.IsOpen)
            {
                _ = left.RemoveAll(partition => reading.Posted.Contains(partition.Index));
            }

            yield return left.Count > 0
                ? new(window, left, IsNext: true)
                : new(
                    DeadlineInfo.At(
                        window.PeriodStart + StoragePolicy.ProvingPeriod, (ulong)i, epoch),
                    reading.Partitions,
                    IsNext: false);
        }
    }

    private DeadlineReading Read(Cid root, DeadlineReading? before, IBlockstore blocks)
    {
        Deadline deadline = blocks.GetCbor<Deadline>(root);
        List<ProvablePartition> partitions = [];
        if (before?.PartitionsRoot == deadline.Partitions)
        {
            return before with { Root = root, Posted = deadline.PartitionsPosted };
        }

        foreach ((ulong index, Partition partition) in
            Amt<Partition>.Load(blocks, deadline.Partitions).Entries())
        {
            BitField ignored =
                partition.Faults.Except(partition.Recoveries).Union(partition.Terminated);
            if (!ignored.ContainsAll(partition.Sectors))
            {
                Cid sectors = state.Sectors;
                partitions.Add(new(index, new(
                    () => Encode(blocks, sectors, partition.Sectors, ignored))));
            }
        }

        return new(root, deadline.Partitions, deadline.PartitionsPosted, partitions);
    }

    private static byte[] Encode(
        IBlockstore blocks, Cid sectorsRoot, BitField proven, BitField ignored)
    {
        Amt<SectorOnChainInfo> sectors = Amt<SectorOnChainInfo>.Load(blocks, sectorsRoot);
        return SimulatedWindowPost.Encode(
            SectorArray.NumbersForProof(proven, ignored).Select(number =>
                sectors.TryGet(number, out SectorOnChainInfo? sector)
                    ? new PostSector(sector.SealProof, number, sector.SealedCid)
                    : throw new IpldException(
                        IpldFailure.Malformed, sectorsRoot, $"no sector {number}")));
    }
}
