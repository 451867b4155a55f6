using System.Diagnostics.CodeAnalysis;
using Filecoin.ActorRuntime;
using Filecoin.Actors;
using Filecoin.Actors.Cron;
using Filecoin.Actors.Market;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;

namespace Filecoin.Chain;

/// <summary>
/// The end of epochs at which cron calls no miner and looks at no deal: what it does to the state,
/// without a message.
/// </summary>
/// <remarks>
/// Spec: actors/cron, actors/power OnEpochTickEnd, actors/reward UpdateNetworkKPI, actors/market
/// CronTick. It leaves what cron would leave, block for block; where it cannot be sure of that
/// (other code, other entries, something due, a block that cannot be read) it is not opened, or
/// does not pass the epoch, and cron has to run.
/// </remarks>
internal sealed class QuietCron
{
    private static readonly HamtOptions Events = new(BitWidth: CronEventQueue.BitWidth);
    private static readonly HamtOptions Deals = new(BitWidth: 5);

    private readonly StateTree tree;
    private readonly IBlockstore blocks;
    private readonly Hamt<Cid> events;
    private readonly Hamt<Cid> deals;
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
        events = Hamt<Cid>.Load(blocks, power.CronEventQueue, Events);
        deals = Hamt<Cid>.Load(blocks, market.DealOpsByEpoch, Deals);
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

    /// <summary>Passes the end of an epoch; false, and nothing done, if something is due.</summary>
    public bool TryPass(ChainEpoch epoch)
    {
        if (power.FirstCronEpoch != epoch.Value
            || market.LastCron != epoch.Value - 1
            || IsDue(epoch))
        {
            return false;
        }

        power.FirstCronEpoch = epoch.Value + 1;
        power.CloseEpoch();
        reward.CloseEpoch(epoch.Value, power.ThisEpochRawBytePower);
        market.LastCron = epoch.Value;
        isChanged = true;
        return true;
    }

    /// <summary>The first epoch from one on that it does not pass.</summary>
    public ChainEpoch NextDue(ChainEpoch from)
    {
        long next = long.MaxValue;
        foreach (Hamt<Cid> queue in (Hamt<Cid>[])[events, deals])
        {
            queue.ForEach((key, _) =>
            {
                if (Int64Key.TryParse(key.Span, out long epoch) && epoch >= from.Value)
                {
                    next = long.Min(next, epoch);
                }
            });
        }

        return new(next);
    }

    /// <summary>Writes the actors' states to the tree, which is not flushed.</summary>
    public void Save()
    {
        if (!isChanged)
        {
            return;
        }

        Put(WellKnownActors.StoragePower, power);
        Put(WellKnownActors.Reward, reward);
        Put(WellKnownActors.StorageMarket, market);
        isChanged = false;
    }

    private bool IsDue(ChainEpoch epoch)
    {
        byte[] key = Int64Key.ToBytes(epoch.Value);
        return events.TryGet(key, out _) || deals.TryGet(key, out _);
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
