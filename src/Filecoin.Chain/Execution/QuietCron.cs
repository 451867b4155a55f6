using System.Diagnostics.CodeAnalysis;
using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Actors.Cron;
using Filecoin.Actors.Market;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;

namespace Filecoin.Chain;

/// <summary>
/// The end of epochs at which cron looks at no deal, and the deadlines of miners that close are
/// empty: what it does to the state, without a message.
/// </summary>
/// <remarks>
/// Spec: actors/cron, actors/power OnEpochTickEnd, actors/reward UpdateNetworkKPI, actors/market
/// CronTick. It leaves what cron would leave, block for block; where it cannot be sure of that
/// (other code, other entries, something else due, a block that cannot be read) it is not opened,
/// or does not pass the epoch, and cron has to run.
/// </remarks>
internal sealed class QuietCron
{
    private static readonly HamtOptions Map = new(BitWidth: 5);
    private static readonly byte[] ClosesDeadline =
        Cbor.Encode(new CronEventPayload(CronEventPayload.ProvingDeadline));

    private readonly StateTree tree;
    private readonly IBlockstore blocks;
    private readonly QuietEvents events;
    private readonly EpochKeys deals;
    private readonly Hamt<Claim> claims;
    private readonly Dictionary<ActorId, QuietMiner> miners = [];
    private readonly List<(CronEvent Event, QuietMiner Miner)> due = [];
    private PowerState power;
    private RewardState reward;
    private MarketState market;
    private bool isChanged;

    private QuietCron(
        StateTree tree,
        IBlockstore blocks,
        PowerState power,
        RewardState reward,
        MarketState market)
    {
        (this.tree, this.blocks) = (tree, blocks);
        (this.power, this.reward, this.market) = (power, reward, market);
        events = new(blocks, power.CronEventQueue);
        deals = new(blocks, market.DealOpsByEpoch, Map);
        claims = Hamt<Claim>.Load(blocks, power.Claims, Map);
    }

    /// <summary>Opens it on a state; false where cron may do something else.</summary>
    public static bool TryOpen(
        StateTree tree, IBlockstore blocks, [NotNullWhen(true)] out QuietCron? quiet)
    {
        quiet = null;
        try
        {
            if (TryLoad(tree, blocks, BuiltinType.Cron, out CronState cron)
                && cron.Entries.Equals(GenesisState.CronEntries)
                && TryLoad(tree, blocks, BuiltinType.Power, out PowerState power)
                && TryLoad(tree, blocks, BuiltinType.Reward, out RewardState reward)
                && TryLoad(tree, blocks, BuiltinType.Market, out MarketState market))
            {
                quiet = new(tree, blocks, power, reward, market);
            }
        }
        catch (IpldException)
        {
            // The actors find it, and fail as they do.
        }

        return quiet is not null;
    }

    /// <summary>Passes the end of an epoch; false, and nothing done, if cron has to.</summary>
    public bool TryPass(ChainEpoch epoch)
    {
        if (power.FirstCronEpoch != epoch.Value
            || market.LastCron != epoch.Value - 1
            || !IsQuiet(epoch.Value))
        {
            return false;
        }

        CloseDeadlines(epoch.Value);
        power.FirstCronEpoch = epoch.Value + 1;
        power.CloseEpoch();
        reward.CloseEpoch(epoch.Value, power.ThisEpochRawBytePower);
        market.LastCron = epoch.Value;
        isChanged = true;
        return true;
    }

    /// <summary>Writes the actors' states to the tree, which is not flushed.</summary>
    public void Save()
    {
        if (!isChanged)
        {
            return;
        }

        foreach ((ActorId id, QuietMiner miner) in miners)
        {
            if (miner.IsChanged)
            {
                Put(id, miner.State);
            }
        }

        power.CronEventQueue = events.Flush();
        Put(WellKnownActors.StoragePower, power);
        Put(WellKnownActors.Reward, reward);
        Put(WellKnownActors.StorageMarket, market);
        isChanged = false;
    }

    /// <summary>Finds the miners whose deadlines close.</summary>
    private bool IsQuiet(long epoch)
    {
        due.Clear();
        try
        {
            if (deals.TryGet(epoch, out _))
            {
                return false;
            }

            foreach (CronEvent item in events.At(epoch))
            {
                if (!TryFind(item, out QuietMiner? miner)
                    || !miner.IsQuietAt(epoch)
                    || due.Exists(other => other.Miner == miner))
                {
                    return false;
                }

                // Malformed events there would stop the miner.
                _ = events.At(miner.State.NextCron(epoch));
                due.Add((item, miner));
            }

            // Quirk: where the network has no power, no faulty power costs a whole reward.
            return due.Count == 0
                || !power.ThisEpochQualityAdjustedPowerSmoothed.Estimate().IsZero;
        }
        catch (IpldException)
        {
            // The actors find it, and fail as they do.
            return false;
        }
    }

    private bool TryFind(CronEvent item, [NotNullWhen(true)] out QuietMiner? miner)
    {
        miner = null;
        if (!item.CallbackPayload.Span.SequenceEqual(ClosesDeadline)
            || !item.Miner.TryGetId(out ActorId id))
        {
            return false;
        }

        if (!miners.TryGetValue(id, out miner)
            && tree.TryGetActor(id, out ActorState actor)
            && actor.Code == OfficialActors.CodeOf(BuiltinType.Miner)
            && claims.Has(item.Miner.ToBytes()))
        {
            miners.Add(id, miner = new(blocks, actor));
        }

        return miner is not null;
    }

    private void CloseDeadlines(long epoch)
    {
        foreach ((CronEvent item, QuietMiner miner) in due)
        {
            events.Add(miner.State.NextCron(epoch), item);
            miner.Close(epoch);
        }

        if (due.Count > 0)
        {
            events.Remove(epoch);
        }
    }

    private void Put<T>(ActorId id, T state)
        where T : ICbor<T>
    {
        _ = tree.TryGetActor(id, out ActorState actor);
        tree.SetActor(id, actor with { State = blocks.PutCbor(state) });
    }

    private static bool TryLoad<T>(
        StateTree tree, IBlockstore blocks, BuiltinType type, out T state)
        where T : struct, ICbor<T>
    {
        state = default;
        ActorId id = type switch
        {
            BuiltinType.Cron => WellKnownActors.Cron,
            BuiltinType.Power => WellKnownActors.StoragePower,
            BuiltinType.Reward => WellKnownActors.Reward,
            _ => WellKnownActors.StorageMarket,
        };
        if (!tree.TryGetActor(id, out ActorState actor)
            || actor.Code != OfficialActors.CodeOf(type))
        {
            return false;
        }

        state = blocks.GetCbor<T>(actor.State);
        return true;
    }
}
