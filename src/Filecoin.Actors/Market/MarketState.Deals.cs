using AllocationMap = Filecoin.ActorRuntime.StateMap<
    ulong, Filecoin.ActorRuntime.UInt64Key, Filecoin.Actors.Market.AllocationId>;
using DealSchedule = Filecoin.ActorRuntime.StateSetMultimap<
    long, Filecoin.ActorRuntime.Int64Key, ulong, Filecoin.ActorRuntime.UInt64Key>;
using PendingSet = Filecoin.ActorRuntime.StateMap<
    Filecoin.Ipld.Cid, Filecoin.ActorRuntime.CidKey, Filecoin.ActorRuntime.NoValue>;

namespace Filecoin.Actors.Market;

/// <content>Proposals, deals, what is pending, and cron's schedule.</content>
public partial record struct MarketState
{
    /// <summary>Opens the proposals.</summary>
    public readonly StateArray<DealProposal> LoadProposals(IRuntime runtime) =>
        StateArray<DealProposal>.Load(
            runtime, Proposals, "proposals", ExitCode.UserIllegalState);

    /// <summary>Opens the deals' states.</summary>
    public readonly StateArray<DealState> LoadStates(IRuntime runtime) =>
        StateArray<DealState>.Load(
            runtime, States, "deal states", ExitCode.UserIllegalState);

    /// <summary>Opens the set of proposals that nobody may repeat.</summary>
    public readonly PendingSet LoadPending(IRuntime runtime) =>
        PendingSet.Load(runtime, PendingProposals, "pending proposals");

    /// <summary>Opens the allocations of deals.</summary>
    public readonly AllocationMap LoadAllocations(IRuntime runtime) =>
        AllocationMap.Load(runtime, PendingDealAllocationIds, "pending deal allocations");

    /// <summary>Why there is no proposal of a number.</summary>
    /// <returns>Expired if there was one, else USR_NOT_FOUND.</returns>
    public readonly ExitCode CodeOfMissing(ulong id) =>
        id < NextId ? DealPolicy.Expired : ExitCode.UserNotFound;

    /// <summary>A proposal.</summary>
    /// <exception cref="ActorAbortException">Expired. USR_NOT_FOUND.</exception>
    public readonly DealProposal RequireProposal(IRuntime runtime, ulong id) =>
        RequireProposal(LoadProposals(runtime), id);

    /// <inheritdoc cref="RequireProposal(IRuntime, ulong)"/>
    public readonly DealProposal RequireProposal(StateArray<DealProposal> proposals, ulong id) =>
        proposals.TryGet(id, out DealProposal? proposal)
            ? proposal
            : throw new ActorAbortException(CodeOfMissing(id), $"no deal {id}");

    /// <summary>A deal's state; false before its data is in a sector.</summary>
    public readonly bool TryGetState(IRuntime runtime, ulong id, out DealState state) =>
        LoadStates(runtime).TryGet(id, out state);

    /// <summary>Takes the next number for a deal.</summary>
    public ulong TakeId() => NextId++;

    /// <summary>Adds proposals.</summary>
    public void PutProposals(IRuntime runtime, IEnumerable<(ulong, DealProposal)> added)
    {
        StateArray<DealProposal> proposals = LoadProposals(runtime);
        foreach ((ulong id, DealProposal proposal) in added)
        {
            proposals.Set(id, proposal);
        }

        Proposals = proposals.Flush();
    }

    /// <summary>Sets deals' states.</summary>
    public void PutStates(IRuntime runtime, params IEnumerable<(ulong, DealState)> changed)
    {
        StateArray<DealState> states = LoadStates(runtime);
        foreach ((ulong id, DealState state) in changed)
        {
            states.Set(id, state);
        }

        States = states.Flush();
    }

    /// <summary>Removes a deal that is over, which must have a state and a proposal.</summary>
    public void RemoveDeal(IRuntime runtime, ulong id)
    {
        StateArray<DealState> states = LoadStates(runtime);
        bool hadState = states.Delete(id, out _);
        States = states.Flush();
        if (!hadState)
        {
            throw Abort.IllegalState($"deal {id} has no state to delete");
        }

        RemoveProposal(runtime, id);
    }

    /// <summary>Removes a proposal, which must be there.</summary>
    public void RemoveProposal(IRuntime runtime, ulong id)
    {
        StateArray<DealProposal> proposals = LoadProposals(runtime);
        bool hadProposal = proposals.Delete(id, out _);
        Proposals = proposals.Flush();
        if (!hadProposal)
        {
            throw Abort.IllegalState($"there is no proposal {id} to delete");
        }
    }

    /// <summary>Adds CIDs of proposals that nobody may repeat.</summary>
    public void PutPending(IRuntime runtime, IEnumerable<Cid> added)
    {
        PendingSet pending = LoadPending(runtime);
        foreach (Cid cid in added)
        {
            pending.Set(cid, default);
        }

        PendingProposals = pending.Flush();
    }

    /// <summary>Lets a proposal be repeated; false if it was let before.</summary>
    public bool RemovePending(IRuntime runtime, Cid cid)
    {
        PendingSet pending = LoadPending(runtime);
        bool wasPending = pending.Delete(cid, out _);
        PendingProposals = pending.Flush();
        return wasPending;
    }

    /// <summary>Keeps the allocations of deals until their data is in a sector.</summary>
    public void PutAllocations(IRuntime runtime, IEnumerable<(ulong, AllocationId)> added)
    {
        AllocationMap allocations = LoadAllocations(runtime);
        foreach ((ulong deal, AllocationId allocation) in added)
        {
            allocations.Set(deal, allocation);
        }

        PendingDealAllocationIds = allocations.Flush();
    }

    /// <summary>Forgets the allocation of a deal, if it has one.</summary>
    public void RemoveAllocation(IRuntime runtime, ulong deal)
    {
        AllocationMap allocations = LoadAllocations(runtime);
        _ = allocations.Delete(deal, out _);
        PendingDealAllocationIds = allocations.Flush();
    }

    /// <summary>The deals that cron looks at in an epoch.</summary>
    public readonly IReadOnlyList<ulong> DealsAt(IRuntime runtime, long epoch) =>
        LoadSchedule(runtime).At(epoch);

    /// <summary>Adds deals to cron's schedule.</summary>
    public void Schedule(IRuntime runtime, IEnumerable<(long Epoch, ulong Deal)> added)
    {
        DealSchedule schedule = LoadSchedule(runtime);
        foreach ((long epoch, ulong deal) in added)
        {
            schedule.Add(epoch, deal);
        }

        DealOpsByEpoch = schedule.Flush();
    }

    /// <summary>Adds deals to cron's schedule, all of an epoch at once.</summary>
    public void Schedule(IRuntime runtime, SortedDictionary<long, List<ulong>> added)
    {
        DealSchedule schedule = LoadSchedule(runtime);
        foreach ((long epoch, List<ulong> deals) in added)
        {
            schedule.Add(epoch, [.. deals]);
        }

        DealOpsByEpoch = schedule.Flush();
    }

    /// <summary>Removes epochs from cron's schedule.</summary>
    public void Unschedule(IRuntime runtime, IEnumerable<long> epochs)
    {
        DealSchedule schedule = LoadSchedule(runtime);
        foreach (long epoch in epochs)
        {
            schedule.Remove(epoch);
        }

        DealOpsByEpoch = schedule.Flush();
    }

    private readonly DealSchedule LoadSchedule(IRuntime runtime) =>
        DealSchedule.Load(runtime, DealOpsByEpoch, "deal ops");
}
