namespace Filecoin.Actors.Miner;

/// <content>Faulty sectors, which end earlier than promised unless they recover.</content>
public sealed partial class ExpirationQueue
{
    /// <summary>Numbers that one set may list where sectors are removed.</summary>
    private const ulong EntrySectorsMax = 10_000;

    /// <summary>Makes sectors faulty; those that end later end at an epoch then.</summary>
    /// <returns>Their power.</returns>
    public PowerPair RescheduleAsFaults(
        long expiration, IReadOnlyList<SectorOnChainInfo> sectors, ulong sectorBytes)
    {
        long rounded = quantization.Up(expiration);
        PowerPair expiring = default;
        SectorTotals moved = default;
        foreach (SectorGroup group in FindByExpiration(sectors, sectorBytes))
        {
            ExpirationSet set = group.Set;
            SectorTotals totals = group.Totals;
            set.ActivePower -= totals.Power;
            if (group.Epoch <= rounded)
            {
                set.FaultyPower += totals.Power;
                expiring += totals.Power;
            }
            else
            {
                set.OnTimeSectors = set.OnTimeSectors.Except(totals.Sectors);
                set.OnTimePledge -= totals.Pledge;
                set.FeeDeduction -= totals.DailyFee;
                moved += totals;
            }

            SetOrDelete(group.Epoch, set);
            set.Require();
        }

        if (!moved.Sectors.IsEmpty)
        {
            Add(
                expiration,
                new(default, moved.Sectors, default, default, moved.Power, moved.DailyFee));
        }

        return moved.Power + expiring;
    }

    /// <summary>Makes all sectors faulty; those that end later end at an epoch then.</summary>
    public void RescheduleAllAsFaults(long expiration)
    {
        long rounded = quantization.Up(expiration);
        List<ulong> movedKeys = [];
        List<(long Epoch, ExpirationSet Set)> changed = [];
        ExpirationSet moved = default;
        foreach ((ulong key, ExpirationSet set) in list.Entries())
        {
            long epoch = BitFieldQueue.RequireEpoch(key);
            if (epoch <= rounded)
            {
                changed.Add((epoch, set with
                {
                    FaultyPower = set.FaultyPower + set.ActivePower,
                    ActivePower = default,
                }));
                continue;
            }

            movedKeys.Add(key);
            if (!set.EarlySectors.IsEmpty)
            {
                throw Abort.IllegalState(
                    "attempted to re-schedule early expirations to an earlier epoch");
            }

            moved.EarlySectors = moved.EarlySectors.Union(set.OnTimeSectors);
            moved.FaultyPower += set.ActivePower + set.FaultyPower;
            moved.FeeDeduction += set.FeeDeduction;
        }

        foreach ((long epoch, ExpirationSet set) in changed)
        {
            list.Set(BitFieldQueue.KeyOf(epoch), set);
            set.Require();
        }

        if (movedKeys.Count > 0)
        {
            Add(expiration, moved);
            list.DeleteAll(movedKeys);
        }
    }

    /// <summary>Makes faulty sectors active again, at their own epochs.</summary>
    /// <returns>Their power.</returns>
    public PowerPair RescheduleRecovered(
        IReadOnlyList<SectorOnChainInfo> sectors, ulong sectorBytes)
    {
        Dictionary<ulong, SectorOnChainInfo> remaining = [];
        foreach (SectorOnChainInfo sector in sectors)
        {
            remaining[sector.SectorNumber] = sector;
        }

        List<SectorOnChainInfo> moved = [];
        PowerPair recovered = default;
        VisitSets((ulong key, ref ExpirationSet set) =>
        {
            _ = BitFieldQueue.RequireEpoch(key);
            List<SectorOnChainInfo> onTime = TakeAll(set.OnTimeSectors, remaining);
            List<SectorOnChainInfo> early = TakeAll(set.EarlySectors, remaining);
            bool isChanged = onTime.Count + early.Count > 0;
            if (isChanged)
            {
                PowerPair onTimePower = PowerPair.Of(sectorBytes, onTime);
                SectorTotals earlyTotals = SectorTotals.Of(early, sectorBytes);
                set.ActivePower += onTimePower;
                set.FaultyPower -= onTimePower + earlyTotals.Power;
                set.FeeDeduction -= earlyTotals.DailyFee;
                set.EarlySectors = set.EarlySectors.Except(earlyTotals.Sectors);
                recovered += onTimePower + earlyTotals.Power;
                moved.AddRange(early);
            }

            set.Require();
            return VisitOf(isChanged, remaining.Count > 0);
        });
        if (remaining.Count > 0)
        {
            throw Abort.IllegalState("sectors not found in expiration queue");
        }

        _ = AddActive(moved, sectorBytes);
        return recovered;
    }

    /// <summary>Removes sectors, faulty or not.</summary>
    /// <param name="sectors">The sectors.</param>
    /// <param name="faults">All that are faulty.</param>
    /// <param name="recovering">All that are to recover.</param>
    /// <param name="sectorBytes">The size of a sector.</param>
    /// <returns>What was removed, and the power of those that were to recover.</returns>
    public (ExpirationSet Removed, PowerPair Recovering) Remove(
        IReadOnlyList<SectorOnChainInfo> sectors,
        BitField faults,
        BitField recovering,
        ulong sectorBytes)
    {
        RequireListable(faults, Storage.StoragePolicy.AddressedSectorsMax);
        RequireListable(recovering, Storage.StoragePolicy.AddressedSectorsMax);
        Dictionary<ulong, SectorOnChainInfo> faulty = [];
        List<SectorOnChainInfo> active = [];
        foreach (SectorOnChainInfo sector in sectors)
        {
            if (faults.Contains(sector.SectorNumber))
            {
                faulty[sector.SectorNumber] = sector;
            }
            else
            {
                active.Add(sector);
            }
        }

        ExpirationSet removed = RemoveActive(active, sectorBytes).ToOnTime();
        PowerPair recoveringPower = default;
        VisitSets((ulong key, ref ExpirationSet set) =>
        {
            _ = BitFieldQueue.RequireEpoch(key);
            RequireListable(set.OnTimeSectors, EntrySectorsMax);
            RequireListable(set.EarlySectors, EntrySectorsMax);
            List<SectorOnChainInfo> onTime = TakeAll(set.OnTimeSectors, faulty);
            List<SectorOnChainInfo> early = TakeAll(set.EarlySectors, faulty);
            bool isChanged = onTime.Count + early.Count > 0;
            if (isChanged)
            {
                SectorTotals onTimeTotals = SectorTotals.Of(onTime, sectorBytes);
                SectorTotals earlyTotals = SectorTotals.Of(early, sectorBytes);
                ExpirationSet part = new(
                    onTimeTotals.Sectors,
                    earlyTotals.Sectors,
                    onTimeTotals.Pledge,
                    default,
                    onTimeTotals.Power + earlyTotals.Power,
                    onTimeTotals.DailyFee + earlyTotals.DailyFee);
                set.Remove(part);
                removed.Add(part);
                onTime.AddRange(early);
                _ = onTime.RemoveAll(sector => !recovering.Contains(sector.SectorNumber));
                recoveringPower += PowerPair.Of(sectorBytes, onTime);
            }

            set.Require();
            return VisitOf(isChanged, faulty.Count > 0);
        });
        return faulty.Count == 0
            ? (removed, recoveringPower)
            : throw Abort.IllegalState("sectors not found in expiration queue");
    }

    private static List<SectorOnChainInfo> TakeAll(
        BitField numbers, Dictionary<ulong, SectorOnChainInfo> remaining)
    {
        List<SectorOnChainInfo> taken = [];
        foreach (ulong number in numbers.Each())
        {
            if (remaining.Count == 0)
            {
                break;
            }

            if (remaining.Remove(number, out SectorOnChainInfo? sector))
            {
                taken.Add(sector);
            }
        }

        return taken;
    }

    private static AmtVisit VisitOf(bool isChanged, bool goesOn) =>
        (isChanged ? AmtVisit.Changed : AmtVisit.Next) | (goesOn ? AmtVisit.Next : AmtVisit.Stop);

    private static void RequireListable(BitField numbers, ulong countMax)
    {
        if (numbers.Count > countMax)
        {
            throw Abort.IllegalState($"too many sectors to expand: {numbers.Count}");
        }
    }
}
