namespace Filecoin.Actors.Miner;

/// <summary>What holds of every deadline and its partitions.</summary>
/// <remarks>Spec: builtin-actors actors/miner/src/testing.rs.</remarks>
internal static class DeadlineInvariants
{
    /// <summary>Adds complaints; none if all is well.</summary>
    /// <param name="name">What complaints call it.</param>
    /// <param name="deadline">The deadline.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="sectors">The miner's sectors.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <param name="complaints">The complaints.</param>
    internal static void Check(
        string name,
        Deadline deadline,
        DeadlineShape shape,
        Dictionary<ulong, SectorOnChainInfo> sectors,
        IBlockstore store,
        List<string> complaints)
    {
        BitField all = default;
        ulong live = 0;
        PowerPair livePower = default;
        PowerPair faultyPower = default;
        TokenAmount fees = default;
        BitField early = default;
        SortedDictionary<long, BitField> expirations = [];
        foreach ((ulong index, Partition partition)
            in Amt<Partition>.Load(store, deadline.Partitions).Entries())
        {
            if (all.ContainsAny(partition.Sectors))
            {
                complaints.Add($"{name}: sectors of partition {index} are in another as well");
            }

            all = all.Union(partition.Sectors);
            live += partition.LiveSectors.Count;
            livePower += partition.LivePower;
            faultyPower += partition.FaultyPower;
            fees += PartitionInvariants.Check(
                $"{name}, partition {index}", partition, shape, sectors, store, complaints);
            if (Amt<BitField>.Load(store, partition.EarlyTerminated).Count > 0)
            {
                early = early.With(index);
            }

            foreach ((ulong key, _)
                in Amt<ExpirationSet>.Load(store, partition.ExpirationsEpochs).Entries())
            {
                long epoch = BitFieldQueue.EpochOf(key);
                expirations[epoch] = expirations.GetValueOrDefault(epoch).With(index);
            }
        }

        Compare("live sectors", deadline.LiveSectors, live);
        Compare("sectors", deadline.TotalSectors, all.Count);
        Compare("live power", deadline.LivePower, livePower);
        Compare("faulty power", deadline.FaultyPower, faultyPower);
        Compare("daily fee", deadline.DailyFee, fees);
        Compare("partitions with early terminations", deadline.EarlyTerminations, early);

        Amt<BitField> queue = Amt<BitField>.Load(store, deadline.ExpirationsEpochs);
        foreach ((long epoch, BitField partitions) in expirations)
        {
            if (!queue.TryGet(BitFieldQueue.KeyOf(epoch), out BitField known)
                || !known.ContainsAll(partitions))
            {
                complaints.Add($"{name}: it does not know all that ends at {epoch}");
            }
        }

        void Compare<T>(string what, T stated, T counted)
            where T : IEquatable<T>
        {
            if (!stated.Equals(counted))
            {
                complaints.Add($"{name}: {what} are said to be {stated}, but are {counted}");
            }
        }
    }
}
