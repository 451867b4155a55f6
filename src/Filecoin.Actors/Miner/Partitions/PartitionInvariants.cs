namespace Filecoin.Actors.Miner;

/// <summary>What holds of every partition.</summary>
/// <remarks>Spec: builtin-actors actors/miner/src/testing.rs.</remarks>
internal static class PartitionInvariants
{
    /// <summary>Adds complaints; none if all is well.</summary>
    /// <param name="name">What complaints call it.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="shape">Its deadline's shape.</param>
    /// <param name="sectors">The miner's sectors.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <param name="complaints">The complaints.</param>
    /// <returns>What its live sectors cost a day.</returns>
    internal static TokenAmount Check(
        string name,
        Partition partition,
        DeadlineShape shape,
        Dictionary<ulong, SectorOnChainInfo> sectors,
        IBlockstore store,
        List<string> complaints)
    {
        if (!partition.Sectors.ContainsAll(partition.Terminated)
            || !partition.LiveSectors.ContainsAll(partition.Faults.Union(partition.Unproven))
            || !partition.Faults.ContainsAll(partition.Recoveries)
            || partition.Faults.ContainsAny(partition.Unproven))
        {
            complaints.Add($"{name}: sectors are in states that exclude another");
        }

        SectorTotals live = Totals(partition.LiveSectors);
        Compare("live power", partition.LivePower, live.Power);
        Compare("unproven power", partition.UnprovenPower, Totals(partition.Unproven).Power);
        Compare("faulty power", partition.FaultyPower, Totals(partition.Faults).Power);
        Compare(
            "recovering power", partition.RecoveringPower, Totals(partition.Recoveries).Power);

        BitField queued = default;
        foreach ((ulong key, ExpirationSet set)
            in Amt<ExpirationSet>.Load(store, partition.ExpirationsEpochs).Entries())
        {
            long epoch = BitFieldQueue.EpochOf(key);
            BitField here = set.OnTimeSectors.Union(set.EarlySectors);
            if (queued.ContainsAny(here) || set.OnTimeSectors.ContainsAny(set.EarlySectors))
            {
                complaints.Add($"{name}: sectors end at {epoch} and once more");
            }

            queued = queued.Union(here);
            CheckSet(epoch, set, here);
        }

        Compare("queued sectors", queued, partition.LiveSectors);
        foreach ((_, BitField early)
            in Amt<BitField>.Load(store, partition.EarlyTerminated).Entries())
        {
            if (!partition.Terminated.ContainsAll(early))
            {
                complaints.Add($"{name}: sectors are to be paid for that live");
            }
        }

        return live.DailyFee;

        void CheckSet(long epoch, ExpirationSet set, BitField here)
        {
            Compare("quantised epoch", epoch, shape.Quantization.Up(epoch));
            foreach (ulong number in set.OnTimeSectors.Each())
            {
                if (sectors.TryGetValue(number, out SectorOnChainInfo? sector)
                    && shape.Quantization.Up(sector.Expiration) != epoch)
                {
                    complaints.Add($"{name}: sector {number} does not end on time at {epoch}");
                }
            }

            if (!partition.Faults.ContainsAll(set.EarlySectors))
            {
                complaints.Add($"{name}: sectors end early at {epoch} that are not faulty");
            }

            SectorTotals onTime = Totals(set.OnTimeSectors);
            SectorTotals all = Totals(here);
            SectorTotals faulty = Totals(here.Intersect(partition.Faults));
            Compare("pledge of a set", set.OnTimePledge, onTime.Pledge);
            Compare("active power of a set", set.ActivePower, all.Power - faulty.Power);
            Compare("faulty power of a set", set.FaultyPower, faulty.Power);
            Compare("fee of a set", set.FeeDeduction, all.DailyFee);
        }

        SectorTotals Totals(BitField numbers)
        {
            List<SectorOnChainInfo> found = [];
            foreach (ulong number in numbers.Each())
            {
                if (sectors.TryGetValue(number, out SectorOnChainInfo? sector))
                {
                    found.Add(sector);
                }
                else
                {
                    complaints.Add($"{name}: there is no sector {number}");
                }
            }

            return SectorTotals.Of(found, shape.SectorBytes);
        }

        void Compare<T>(string what, T stated, T counted)
            where T : IEquatable<T>
        {
            if (!stated.Equals(counted))
            {
                complaints.Add($"{name}: {what} said to be {stated}, but is {counted}");
            }
        }
    }
}
