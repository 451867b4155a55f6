using AllocationMap = Filecoin.ActorRuntime.StateMap<
    ulong, Filecoin.ActorRuntime.UInt64Key, Filecoin.Actors.Market.AllocationId>;
using DealSchedule = Filecoin.ActorRuntime.StateSetMultimap<
    long, Filecoin.ActorRuntime.Int64Key, ulong, Filecoin.ActorRuntime.UInt64Key>;
using PendingSet = Filecoin.ActorRuntime.StateMap<
    Filecoin.Ipld.Cid, Filecoin.ActorRuntime.CidKey, Filecoin.ActorRuntime.NoValue>;
using ProviderMap = Filecoin.ActorRuntime.StateMap<
    ulong, Filecoin.ActorRuntime.UInt64Key, Filecoin.Ipld.Cid>;

namespace Filecoin.Actors.Market;

/// <summary>The market actor's state.</summary>
/// <remarks>
/// Spec: actors/market 1. Each change opens and writes the tree that it touches anew, as the
/// reference's does: the charges say so.
/// </remarks>
/// <param name="Proposals">AMT of proposals that are not over.</param>
/// <param name="States">AMT of deals whose data is in a sector.</param>
/// <param name="PendingProposals">HAMT of the CIDs of proposals that nobody may repeat.</param>
/// <param name="EscrowTable">HAMT of what parties have here.</param>
/// <param name="LockedTable">HAMT of the part of it that is locked.</param>
/// <param name="NextId">The number of the next deal.</param>
/// <param name="DealOpsByEpoch">HAMT from epochs to sets of deals that cron looks at.</param>
/// <param name="LastCron">The last epoch that cron has done; -1 before the first.</param>
/// <param name="TotalClientLockedCollateral">Part of what is locked.</param>
/// <param name="TotalProviderLockedCollateral">Part of what is locked.</param>
/// <param name="TotalClientStorageFee">Part of what is locked.</param>
/// <param name="PendingDealAllocationIds">HAMT from deals to their allocations.</param>
/// <param name="ProviderSectors">HAMT from providers to HAMTs from sectors to deals.</param>
[CborTuple]
public partial record struct MarketState(
    Cid Proposals,
    Cid States,
    Cid PendingProposals,
    Cid EscrowTable,
    Cid LockedTable,
    ulong NextId,
    Cid DealOpsByEpoch,
    long LastCron,
    TokenAmount TotalClientLockedCollateral,
    TokenAmount TotalProviderLockedCollateral,
    TokenAmount TotalClientStorageFee,
    Cid PendingDealAllocationIds,
    Cid ProviderSectors)
{
    /// <summary>Bits of index that a node of proposals uses.</summary>
    public const int ProposalsBitWidth = 5;

    /// <summary>Bits of index that a node of deals' states uses.</summary>
    public const int StatesBitWidth = 6;

    /// <summary>A state without deals.</summary>
    public static MarketState Create(IRuntime runtime)
    {
        Cid proposals = StateArray<DealProposal>.StoreEmpty(runtime, ProposalsBitWidth);
        Cid states = StateArray<DealState>.StoreEmpty(runtime, StatesBitWidth);
        Cid pending = PendingSet.StoreEmpty(runtime);
        Cid balances = BalanceTable.StoreEmpty(runtime);
        Cid schedule = DealSchedule.StoreEmpty(runtime);
        Cid allocations = AllocationMap.StoreEmpty(runtime);
        Cid sectors = ProviderMap.StoreEmpty(runtime);
        return new()
        {
            Proposals = proposals,
            States = states,
            PendingProposals = pending,
            EscrowTable = balances,
            LockedTable = balances,
            DealOpsByEpoch = schedule,
            LastCron = Storage.Epochs.Undefined,
            PendingDealAllocationIds = allocations,
            ProviderSectors = sectors,
        };
    }
}
