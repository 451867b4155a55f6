namespace Filecoin.Actors.Miner;

/// <summary>The sectors of a partition by the epoch at which they end: an AMT.</summary>
/// <remarks>
/// Spec: actors/miner-state, expiration queue; builtin-actors actors/miner/src/expiration_queue.rs.
/// Epochs are rounded up. A sector is in one set: at its own epoch, or earlier if it is faulty.
/// Errors: USR_ILLEGAL_STATE, sectors are not where they must be.
/// </remarks>
public sealed partial class ExpirationQueue
{
    private readonly StateArray<ExpirationSet> list;
    private readonly Quantization quantization;

    private ExpirationQueue(StateArray<ExpirationSet> list, Quantization quantization) =>
        (this.list, this.quantization) = (list, quantization);

    /// <summary>Opens a queue.</summary>
    /// <param name="runtime">The machine.</param>
    /// <param name="root">Its root.</param>
    /// <param name="quantization">The epochs at which sectors end.</param>
    /// <param name="malformed">
    /// How the actor ends if the root is malformed; USR_SERIALIZATION unless given.
    /// </param>
    public static ExpirationQueue Load(
        IRuntime runtime, Cid root, Quantization quantization, ExitCode? malformed = null) => new(
            StateArray<ExpirationSet>.Load(runtime, root, "expiration queue", malformed)
                .With(ExitCode.UserSerialization),
            quantization);

    /// <summary>Writes what has changed and gives the root.</summary>
    public Cid Flush() => list.Flush();

    /// <summary>Adds sectors, none of which is faulty, at their own epochs.</summary>
    public SectorTotals AddActive(
        IReadOnlyList<SectorOnChainInfo> sectors, ulong sectorBytes)
    {
        SortedDictionary<long, List<SectorOnChainInfo>> byExpiration = [];
        foreach (SectorOnChainInfo sector in sectors)
        {
            long expiration = quantization.Up(sector.Expiration);
            if (!byExpiration.TryGetValue(expiration, out List<SectorOnChainInfo>? due))
            {
                byExpiration.Add(expiration, due = []);
            }

            due.Add(sector);
        }

        SectorTotals total = default;
        foreach ((long epoch, List<SectorOnChainInfo> due) in byExpiration)
        {
            SectorTotals group = SectorTotals.Of(due, sectorBytes);
            Add(epoch, group.ToOnTime());
            total += group;
        }

        return total;
    }

    /// <summary>Removes sectors and adds others in their place, none of them faulty.</summary>
    public (SectorTotals Removed, SectorTotals Added) Replace(
        IReadOnlyList<SectorOnChainInfo> oldSectors,
        IReadOnlyList<SectorOnChainInfo> newSectors,
        ulong sectorBytes)
    {
        SectorTotals removed = RemoveActive(oldSectors, sectorBytes);
        return (removed, AddActive(newSectors, sectorBytes));
    }

    /// <summary>Takes out all that ends up to an epoch.</summary>
    public ExpirationSet PopUntil(long until)
    {
        ExpirationSet popped = default;
        List<ulong> keys = [];
        foreach ((ulong key, ExpirationSet set) in list.Entries())
        {
            if (BitFieldQueue.EpochOf(key) > until)
            {
                break;
            }

            keys.Add(key);
            popped.Add(set);
        }

        list.DeleteAll(keys);
        return popped;
    }

    private void Add(long rawEpoch, in ExpirationSet added)
    {
        long epoch = quantization.Up(rawEpoch);
        ExpirationSet set = GetOrEmpty(epoch);
        set.Add(added);
        set.Require();
        list.Set(BitFieldQueue.KeyOf(epoch), set);
    }

    private SectorTotals RemoveActive(
        IReadOnlyList<SectorOnChainInfo> sectors, ulong sectorBytes)
    {
        SectorTotals total = default;
        foreach (SectorGroup group in FindByExpiration(sectors, sectorBytes))
        {
            long epoch = quantization.Up(group.Epoch);
            if (!list.TryGet(BitFieldQueue.KeyOf(epoch), out ExpirationSet set))
            {
                throw Abort.IllegalState($"missing expected expiration set at epoch {epoch}");
            }

            set.Remove(group.Totals.ToOnTime());
            SetOrDelete(epoch, set);
            total += group.Totals;
        }

        return total;
    }

    private ExpirationSet GetOrEmpty(long epoch) =>
        list.TryGet(BitFieldQueue.KeyOf(epoch), out ExpirationSet set) ? set : default;

    private void SetOrDelete(long epoch, in ExpirationSet set)
    {
        if (set.IsEmpty)
        {
            _ = list.Delete(BitFieldQueue.KeyOf(epoch), out _);
        }
        else
        {
            list.Set(BitFieldQueue.KeyOf(epoch), set);
        }
    }

    /// <summary>Visits sets until no more are wanted; deletes those that are empty then.</summary>
    private void VisitSets(AmtVisitor<ExpirationSet> visitor)
    {
        List<ulong> emptied = [];
        list.Visit((ulong key, ref ExpirationSet set) =>
        {
            AmtVisit visit = visitor(key, ref set);
            if (set.IsEmpty)
            {
                emptied.Add(key);
            }

            return visit;
        });
        list.DeleteAll(emptied);
    }

    /// <summary>
    /// Sectors that end on time, by the set they are in: at their own epochs, else wherever.
    /// </summary>
    private List<SectorGroup> FindByExpiration(
        IReadOnlyList<SectorOnChainInfo> sectors, ulong sectorBytes)
    {
        SortedSet<long> declared = [];
        Dictionary<ulong, SectorOnChainInfo> remaining = [];
        foreach (SectorOnChainInfo sector in sectors)
        {
            _ = declared.Add(quantization.Up(sector.Expiration));
            remaining[sector.SectorNumber] = sector;
        }

        List<SectorGroup> groups = [];
        foreach (long epoch in declared)
        {
            AddGroup(groups, epoch, GetOrEmpty(epoch), remaining, sectorBytes);
        }

        if (remaining.Count > 0)
        {
            foreach ((ulong key, ExpirationSet set) in list.Entries())
            {
                long epoch = BitFieldQueue.EpochOf(key);
                if (declared.Contains(epoch))
                {
                    continue;
                }

                RequireNotEarly(set, remaining);
                AddGroup(groups, epoch, set, remaining, sectorBytes);
                if (remaining.Count == 0)
                {
                    break;
                }
            }
        }

        if (remaining.Count > 0)
        {
            throw Abort.IllegalState("some sectors not found in expiration queue");
        }

        groups.Sort(static (left, right) => left.Epoch.CompareTo(right.Epoch));
        return groups;
    }

    private static void AddGroup(
        List<SectorGroup> groups,
        long epoch,
        in ExpirationSet set,
        Dictionary<ulong, SectorOnChainInfo> remaining,
        ulong sectorBytes)
    {
        List<SectorOnChainInfo> found = [];
        foreach (ulong number in set.OnTimeSectors.Each())
        {
            if (remaining.Count == 0)
            {
                break;
            }

            if (remaining.Remove(number, out SectorOnChainInfo? sector))
            {
                found.Add(sector);
            }
        }

        if (found.Count > 0)
        {
            groups.Add(new(epoch, SectorTotals.Of(found, sectorBytes), set));
        }
    }

    private static void RequireNotEarly(
        in ExpirationSet set, Dictionary<ulong, SectorOnChainInfo> remaining)
    {
        foreach (ulong number in set.EarlySectors.Each())
        {
            if (remaining.ContainsKey(number))
            {
                throw Abort.IllegalState($"sector {number} has an early expiration");
            }
        }
    }

    /// <summary>Sectors of one set.</summary>
    private readonly record struct SectorGroup(long Epoch, SectorTotals Totals, ExpirationSet Set);
}

/// <summary>Sectors and what they come to.</summary>
/// <param name="Sectors">Their numbers.</param>
/// <param name="Power">Their power.</param>
/// <param name="Pledge">What is pledged for them.</param>
/// <param name="DailyFee">What they cost a day.</param>
public readonly record struct SectorTotals(
    BitField Sectors, PowerPair Power, TokenAmount Pledge, TokenAmount DailyFee)
{
    /// <summary>What some sectors come to.</summary>
    public static SectorTotals Of(IReadOnlyList<SectorOnChainInfo> sectors, ulong sectorBytes)
    {
        List<ulong> numbers = [];
        TokenAmount pledge = default;
        TokenAmount dailyFee = default;
        foreach (SectorOnChainInfo sector in sectors)
        {
            numbers.Add(sector.SectorNumber);
            pledge += sector.InitialPledge;
            dailyFee += sector.DailyFee;
        }

        return new(
            SectorNumbers.Of(numbers), PowerPair.Of(sectorBytes, sectors), pledge, dailyFee);
    }

    /// <summary>The set of these sectors, all active and ending on time.</summary>
    public ExpirationSet ToOnTime() => new(Sectors, default, Pledge, Power, default, DailyFee);

    /// <summary>Both together.</summary>
    public static SectorTotals operator +(SectorTotals left, SectorTotals right) => new(
        left.Sectors.Union(right.Sectors),
        left.Power + right.Power,
        left.Pledge + right.Pledge,
        left.DailyFee + right.DailyFee);
}
