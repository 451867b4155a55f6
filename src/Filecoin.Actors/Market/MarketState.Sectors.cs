using ProviderMap = Filecoin.ActorRuntime.StateMap<
    ulong, Filecoin.ActorRuntime.UInt64Key, Filecoin.Ipld.Cid>;
using SectorMap = Filecoin.ActorRuntime.StateMap<
    ulong, Filecoin.ActorRuntime.UInt64Key, Filecoin.Actors.Market.SectorDealIds>;

namespace Filecoin.Actors.Market;

/// <content>Which deals are in which sectors.</content>
public partial record struct MarketState
{
    /// <summary>Adds deals to a provider's sectors; sectors without deals are kept too.</summary>
    public void PutSectorDeals(
        IRuntime runtime, ActorId provider, IEnumerable<(ulong, ValueList<ulong>)> added)
    {
        ProviderMap providers = LoadProviders(runtime);
        SectorMap sectors = LoadSectors(runtime, providers, provider);

        foreach ((ulong sector, ValueList<ulong> deals) in added)
        {
            SortedSet<ulong> merged = [.. deals];
            if (sectors.TryGet(sector, out SectorDealIds present))
            {
                merged.UnionWith(present.Ids);
            }

            sectors.Set(sector, new([.. merged]));
        }

        SaveSectors(providers, provider, sectors);
        ProviderSectors = providers.Flush();
    }

    /// <summary>Takes sectors away with all their deals, which are given.</summary>
    public List<ulong> TakeSectorDeals(
        IRuntime runtime, ActorId provider, IEnumerable<ulong> numbers)
    {
        ProviderMap providers = LoadProviders(runtime);
        SectorMap sectors = LoadSectors(runtime, providers, provider);

        List<ulong> taken = [];
        bool hasChanged = false;
        foreach (ulong number in numbers)
        {
            if (sectors.Delete(number, out SectorDealIds deals))
            {
                taken.AddRange(deals.Ids);
                hasChanged = true;
            }
        }

        if (hasChanged)
        {
            SaveSectors(providers, provider, sectors);
            ProviderSectors = providers.Flush();
        }

        return taken;
    }

    /// <summary>Takes deals out of sectors; those that are not there are no error.</summary>
    internal void RemoveSectorDeals(IRuntime runtime, EndedDeals ended)
    {
        ProviderMap providers = LoadProviders(runtime);
        foreach ((ulong provider, SortedDictionary<ulong, List<ulong>> sectors) in ended.Providers)
        {
            SectorMap map = LoadSectors(runtime, providers, new(provider));
            if (RemoveDeals(map, sectors))
            {
                SaveSectors(providers, new(provider), map);
            }
        }

        ProviderSectors = providers.Flush();
    }

    private static bool RemoveDeals(
        SectorMap map, SortedDictionary<ulong, List<ulong>> sectors)
    {
        bool hasChanged = false;
        foreach ((ulong sector, List<ulong> deals) in sectors)
        {
            if (!map.TryGet(sector, out SectorDealIds present))
            {
                continue;
            }

            hasChanged = true;
            List<ulong> left = [.. present.Ids];
            _ = left.RemoveAll(deals.Contains);
            if (left.Count == 0)
            {
                _ = map.Delete(sector, out _);
            }
            else
            {
                map.Set(sector, new([.. left]));
            }
        }

        return hasChanged;
    }

    private readonly ProviderMap LoadProviders(IRuntime runtime) =>
        ProviderMap.Load(runtime, ProviderSectors, "provider sectors");

    private static SectorMap LoadSectors(
        IRuntime runtime, ProviderMap providers, ActorId provider) =>
        providers.TryGet(provider.Value, out Cid root)
            ? SectorMap.Load(runtime, root, "sector deals")
            : SectorMap.Empty(runtime, "sector deals");

    private static void SaveSectors(ProviderMap providers, ActorId provider, SectorMap sectors)
    {
        if (sectors.IsEmpty)
        {
            _ = providers.Delete(provider.Value, out _);
        }
        else
        {
            providers.Set(provider.Value, sectors.Flush());
        }
    }
}

/// <summary>Deals that are over, by provider and sector.</summary>
internal sealed class EndedDeals
{
    public SortedDictionary<ulong, SortedDictionary<ulong, List<ulong>>> Providers { get; } = [];

    public void Add(ActorId provider, ulong sector, ulong deal)
    {
        if (!Providers.TryGetValue(
            provider.Value, out SortedDictionary<ulong, List<ulong>>? sectors))
        {
            Providers.Add(provider.Value, sectors = []);
        }

        if (!sectors.TryGetValue(sector, out List<ulong>? deals))
        {
            sectors.Add(sector, deals = []);
        }

        deals.Add(deal);
    }
}
