using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <summary>What holds of the market actor.</summary>
/// <remarks>Spec: builtin-actors actors/market/src/testing.rs.</remarks>
public sealed class MarketInvariants
{
    private const int BitWidth = 5;

    private readonly IBlockstore store;
    private readonly MarketState state;
    private readonly long epoch;
    private readonly List<string> complaints = [];
    private readonly SortedDictionary<ulong, DealProposal> proposals = [];
    private readonly Dictionary<ulong, DealState> states = [];

    private MarketInvariants(MarketState state, IBlockstore store, ChainEpoch epoch) =>
        (this.state, this.store, this.epoch) = (state, store, epoch.Value);

    /// <summary>Complaints; none if all is well.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="store">Where its blocks are.</param>
    /// <param name="balance">What it has.</param>
    /// <param name="epoch">The epoch.</param>
    /// <exception cref="IpldException">A tree cannot be read.</exception>
    public static IReadOnlyList<string> Check(
        MarketState state, IBlockstore store, TokenAmount balance, ChainEpoch epoch)
    {
        MarketInvariants check = new(state, store, epoch);
        check.CheckProposals();
        check.CheckAllocations();
        check.CheckStates();
        check.CheckSectors();
        check.CheckPending();
        check.CheckBalances(balance);
        check.CheckSchedule();
        return check.complaints;
    }

    private void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            complaints.Add(complaint);
        }
    }

    private void CheckProposals()
    {
        Amt<DealProposal>.Load(store, state.Proposals).ForEach((id, deal) =>
        {
            proposals.Add(id, deal);
            Require(id < state.NextId, $"deal {id} is not below the next, {state.NextId}");
            Require(deal.Client.IsId, $"client of deal {id} is no id");
            Require(deal.Provider.IsId, $"provider of deal {id} is no id");
        });
    }

    private void CheckAllocations() => Map<AllocationId>(
        state.PendingDealAllocationIds).ForEach((key, allocation) =>
        {
            ulong deal = Number(key);
            Require(
                proposals.ContainsKey(deal), $"allocation {allocation} of no deal, {deal}");
        });

    private void CheckStates()
    {
        Hamt<AllocationId> allocations = Map<AllocationId>(state.PendingDealAllocationIds);
        Amt<DealState>.Load(store, state.States).ForEach((id, deal) =>
        {
            states.Add(id, deal);
            Require(proposals.ContainsKey(id), $"deal {id} has a state and no proposal");
            Require(deal.SectorStartEpoch >= 0, $"deal {id} starts at {deal.SectorStartEpoch}");
            RequireWithin(id, deal.SectorStartEpoch, deal.LastUpdatedEpoch);
            RequireWithin(id, deal.SectorStartEpoch, deal.SlashEpoch);
            Require(
                !allocations.Has(UInt64Key.ToBytes(id)), $"deal {id} keeps an allocation");
        });
    }

    private void RequireWithin(ulong id, long start, long at) => Require(
        at == Epochs.Undefined || (at >= start && at <= epoch),
        $"deal {id} was at {at}, before {start} or after {epoch}");

    private void CheckSectors()
    {
        HashSet<ulong> found = [];
        Map<Cid>(state.ProviderSectors).ForEach((providerKey, root) =>
            Map<SectorDealIds>(root).ForEach((sectorKey, deals) =>
            {
                foreach (ulong id in deals.Ids)
                {
                    _ = found.Add(id);
                    CheckSector(id, Number(providerKey), Number(sectorKey));
                }
            }));
        foreach ((ulong id, DealState deal) in states)
        {
            bool isDue = deal.SlashEpoch == Epochs.Undefined
                && proposals.TryGetValue(id, out DealProposal? proposal)
                && proposal.EndEpoch > epoch;
            Require(!isDue || found.Contains(id), $"deal {id} is in no sector");
        }
    }

    private void CheckSector(ulong id, ulong provider, ulong sector)
    {
        if (!proposals.TryGetValue(id, out DealProposal? deal))
        {
            complaints.Add($"deal {id} in sector {sector} of {provider} is not");
            return;
        }

        Require(
            deal.Provider == Address.FromId(new(provider)), $"deal {id} is not of {provider}");
        Require(
            states.TryGetValue(id, out DealState found)
                && found.SectorNumber == sector
                && found.SlashEpoch == Epochs.Undefined,
            $"deal {id} is not in sector {sector}");
    }

    private void CheckPending()
    {
        HashSet<Cid> cids = [];
        foreach (DealProposal deal in proposals.Values)
        {
            _ = cids.Add(Cid.Of(Codec.DagCbor, Cbor.Encode(deal)));
        }

        Map<NoValue>(state.PendingProposals).ForEach((key, _) => Require(
            Cid.TryDecode(key.Span, out Cid cid) && cids.Contains(cid),
            $"a pending proposal is none: {Convert.ToHexString(key.Span)}"));
    }

    private void CheckBalances(TokenAmount balance)
    {
        Hamt<TokenAmount> escrow = Map<TokenAmount>(state.EscrowTable, BalanceTable.BitWidth);
        TokenAmount escrowTotal = TokenAmount.Zero;
        escrow.ForEach((_, amount) => escrowTotal += amount);
        TokenAmount lockedTotal = TokenAmount.Zero;
        Map<TokenAmount>(state.LockedTable, BalanceTable.BitWidth).ForEach((owner, amount) =>
        {
            lockedTotal += amount;
            TokenAmount has = escrow.TryGet(owner.Span, out TokenAmount held) ? held : default;
            Require(
                amount <= has,
                $"{amount} locked of {has} for {Convert.ToHexString(owner.Span)}");
        });

        TokenAmount expected = state.TotalClientLockedCollateral
            + state.TotalProviderLockedCollateral
            + state.TotalClientStorageFee;
        Require(lockedTotal == expected, $"{lockedTotal} locked, not {expected}");
        Require(
            !state.TotalClientLockedCollateral.IsNegative
                && !state.TotalProviderLockedCollateral.IsNegative
                && !state.TotalClientStorageFee.IsNegative,
            "a total below zero");
        Require(escrowTotal <= balance, $"escrow {escrowTotal} above balance {balance}");
    }

    private void CheckSchedule()
    {
        HashSet<ulong> due = [];
        Map<Cid>(state.DealOpsByEpoch).ForEach((_, root) =>
            Map<NoValue>(root).ForEach((key, _) => due.UnionWith([Number(key)])));
        foreach ((ulong id, DealProposal deal) in proposals)
        {
            Require(
                deal.StartEpoch < epoch || due.Contains(id), $"cron will not look at deal {id}");
        }
    }

    private Hamt<T> Map<T>(Cid root, int bitWidth = BitWidth)
        where T : ICbor<T> => Hamt<T>.Load(store, root, new(bitWidth));

    private ulong Number(ReadOnlyMemory<byte> key)
    {
        Require(
            UInt64Key.TryParse(key.Span, out ulong number),
            $"key {Convert.ToHexString(key.Span)} is no number");
        return number;
    }
}
