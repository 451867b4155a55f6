using System.Numerics;
using Filecoin.Actors.Account;
using Filecoin.Actors.Cron;
using Filecoin.Actors.Datacap;
using Filecoin.Actors.Evm;
using Filecoin.Actors.Init;
using Filecoin.Actors.Market;
using Filecoin.Actors.Miner;
using Filecoin.Actors.Multisig;
using Filecoin.Actors.PaymentChannel;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Actors.Invariants;

/// <summary>What holds of a whole state: of each actor, and between actors.</summary>
/// <remarks>
/// Spec: builtin-actors state/src/check.rs, and each actor's testing.rs. Actors whose code is not
/// that of version 18 are passed over, but for what they own.
/// </remarks>
public sealed class StateInvariants
{
    private readonly IBlockstore store;
    private readonly ChainEpoch epoch;
    private readonly Policy policy;
    private readonly List<string> complaints = [];
    private readonly Dictionary<ActorId, MinerState> miners = [];
    private PowerState? power;
    private MarketState? market;
    private VerifiedRegistryState? registry;
    private DatacapState? datacap;

    private StateInvariants(IBlockstore store, ChainEpoch epoch, Policy policy) =>
        (this.store, this.epoch, this.policy) = (store, epoch, policy);

    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="actors">All actors of the state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <param name="epoch">The last epoch whose cron has run.</param>
    /// <param name="policy">The network's limits.</param>
    /// <param name="total">What all actors own together.</param>
    /// <exception cref="IpldException">Something cannot be read.</exception>
    public static IReadOnlyList<string> Check(
        IEnumerable<(ActorId Id, ActorState Actor)> actors,
        IBlockstore store,
        ChainEpoch epoch,
        Policy policy,
        TokenAmount total)
    {
        StateInvariants check = new(store, epoch, policy);
        TokenAmount sum = TokenAmount.Zero;
        foreach ((ActorId id, ActorState actor) in actors)
        {
            sum += actor.Balance;
            check.Require(!actor.Balance.IsNegative, $"f0{id} owns {actor.Balance}");
            check.CheckActor(id, actor);
        }

        check.Require(sum == total, $"all actors own {sum}, not {total}");
        check.CheckBetween();
        return check.complaints;
    }

    private void CheckActor(ActorId id, ActorState actor)
    {
        IEnumerable<string> own = OfficialActors.TypeOf(actor.Code) switch
        {
            BuiltinType.Account => AccountInvariants.Check(id, Load<AccountState>(actor)),
            BuiltinType.Init => InitInvariants.Check(Load<InitState>(actor), store),
            BuiltinType.Cron => CronInvariants.Check(Load<CronState>(actor)),
            BuiltinType.Reward => RewardInvariants.Check(
                Load<RewardState>(actor), epoch, actor.Balance),
            BuiltinType.Multisig => MultisigInvariants.Check(Load<MultisigState>(actor), store),
            BuiltinType.PaymentChannel => PaymentChannelInvariants.Check(
                Load<PaymentChannelState>(actor), actor.Balance, store),
            BuiltinType.Evm => EvmInvariants.Check(Load<EvmState>(actor), store),
            BuiltinType.Power => PowerInvariants.Check(
                Keep(ref power, Load<PowerState>(actor)), store, policy),
            BuiltinType.Market => MarketInvariants.Check(
                Keep(ref market, Load<MarketState>(actor)), store, actor.Balance, epoch),
            BuiltinType.VerifiedRegistry => VerifiedRegistryInvariants.Check(
                Keep(ref registry, Load<VerifiedRegistryState>(actor)), store),
            BuiltinType.DataCap => DatacapInvariants.Check(
                Keep(ref datacap, Load<DatacapState>(actor)), store),
            BuiltinType.Miner => MinerInvariants.Check(
                miners[id] = Load<MinerState>(actor), actor.Balance, store),
            _ => [],
        };
        complaints.AddRange(own.Select(complaint => $"f0{id}: {complaint}"));
    }

    private void CheckBetween()
    {
        if (power is PowerState totals)
        {
            CheckClaimedPower(totals);
            CheckCalls(totals);
        }

        if (registry is VerifiedRegistryState verified)
        {
            CheckAllocations(verified);
            CheckVerifiedSectors(verified);
        }

        if (market is MarketState deals)
        {
            CheckDeals(deals);
        }
    }

    /// <summary>A claim is what a miner's partitions have that is proven and not faulty.</summary>
    private void CheckClaimedPower(PowerState totals)
    {
        HamtOptions options = new(StateMap<ulong, UInt64Key, Power.Claim>.BitWidth);
        long count = 0;
        Hamt<Power.Claim>.Load(store, totals.Claims, options).ForEach((key, claim) =>
        {
            count++;
            if (!Address.TryDecode(key.Span, out Address address)
                || !address.TryGetId(out ActorId id)
                || !miners.TryGetValue(id, out MinerState miner))
            {
                complaints.Add($"a claim of {Convert.ToHexStringLower(key.Span)}, no miner");
                return;
            }

            PowerPair active = ActivePower(miner);
            Require(
                active == new PowerPair(claim.RawBytePower, claim.QualityAdjustedPower),
                $"f0{id} claims {claim}, its partitions have {active}");
        });
        Require(count == totals.MinerCount, $"{count} claims of {totals.MinerCount} miners");

        // A deposit is locked without being counted, and leaves the count as it vests.
        TokenAmount locked = TokenAmount.Zero;
        foreach (MinerState miner in miners.Values)
        {
            locked += miner.InitialPledge + miner.LockedFunds;
        }

        Require(
            totals.TotalPledgeCollateral <= locked,
            $"{totals.TotalPledgeCollateral} are pledged, miners have locked {locked}");
    }

    private PowerPair ActivePower(in MinerState miner)
    {
        PowerPair active = PowerPair.Zero;
        foreach (Cid root in store.GetCbor<DeadlineTable>(miner.Deadlines).Due)
        {
            Deadline deadline = store.GetCbor<Deadline>(root);
            Amt<Partition>.Load(store, deadline.Partitions).ForEach(
                (_, partition) => active += partition.ActivePower);
        }

        return active;
    }

    /// <summary>Cron calls each active miner once at a deadline's end, and miners alone.</summary>
    private void CheckCalls(PowerState totals)
    {
        Dictionary<ActorId, int> deadlines = [];
        Hamt<Cid>.Load(store, totals.CronEventQueue, new(CronEventQueue.BitWidth)).ForEach(
            (_, root) => Amt<CronEvent>.Load(store, root).ForEach((_, call) =>
            {
                if (!call.Miner.TryGetId(out ActorId id) || !miners.ContainsKey(id))
                {
                    complaints.Add($"cron is to call {call.Miner}, no miner");
                    return;
                }

                CborReader reader = CborReader.Lenient(call.CallbackPayload.Span);
                if (CronEventPayload.TryRead(ref reader, out CronEventPayload payload)
                    && payload.EventType == CronEventPayload.ProvingDeadline)
                {
                    deadlines[id] = deadlines.GetValueOrDefault(id) + 1;
                }
            }));
        foreach ((ActorId id, MinerState miner) in miners)
        {
            int calls = deadlines.GetValueOrDefault(id);
            Require(
                calls == (miner.DeadlineCronActive ? 1 : 0),
                $"f0{id} is called at {calls} deadlines; active: {miner.DeadlineCronActive}");
        }
    }

    /// <summary>The registry holds a token for each byte that is allocated.</summary>
    private void CheckAllocations(VerifiedRegistryState verified)
    {
        BigInteger bytes = 0;
        Visit<Allocation>(verified.Allocations, (_, allocation) => bytes += allocation.Size);
        TokenAmount held = datacap is DatacapState tokens
            ? tokens.Token.BalanceOf(store, WellKnownActors.VerifiedRegistry)
            : TokenAmount.Zero;
        TokenAmount allocated = TokenAmount.FromAtto(bytes * Tokens.TokenLedger.Granularity);
        Require(
            held == allocated,
            $"the registry holds {held} for allocations of {allocated}");
    }

    /// <summary>What a provider claims is in a sector whose number it has used.</summary>
    private void CheckVerifiedSectors(VerifiedRegistryState verified) =>
        Visit<VerifiedRegistry.Claim>(verified.Claims, (id, claim) => Require(
            miners.TryGetValue(claim.Provider, out MinerState miner)
                && store.GetCbor<BitField>(miner.AllocatedSectors).Contains(claim.Sector),
            $"claim {id} is in sector {claim.Sector} of f0{claim.Provider}, which has none"));

    /// <summary>A deal that is active is in a sector whose number its provider has used.</summary>
    private void CheckDeals(MarketState deals)
    {
        Amt<DealProposal> proposals = Amt<DealProposal>.Load(store, deals.Proposals);
        Amt<DealState>.Load(store, deals.States).ForEach((id, deal) => Require(
            proposals.TryGet(id, out DealProposal? proposal)
                && miners.TryGetValue(proposal.ProviderId, out MinerState miner)
                && store.GetCbor<BitField>(miner.AllocatedSectors).Contains(deal.SectorNumber),
            $"deal {id} is in sector {deal.SectorNumber}, which its provider has not"));
    }

    private void Visit<T>(Cid root, Action<ulong, T> visit)
        where T : ICbor<T>
    {
        HamtOptions options = new(StateMap<ulong, UInt64Key, T>.BitWidth);
        Hamt<Cid>.Load(store, root, options).ForEach((outer, inner) =>
            Hamt<T>.Load(store, inner, options).ForEach((key, item) =>
            {
                _ = UInt64Key.TryParse(key.Span, out ulong id);
                visit(id, item);
            }));
    }

    private T Load<T>(in ActorState actor)
        where T : ICbor<T> => store.GetCbor<T>(actor.State);

    private void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            complaints.Add(complaint);
        }
    }

    private static T Keep<T>(ref T? kept, T state)
        where T : struct
    {
        kept = state;
        return state;
    }
}
