using Filecoin.Actors.Storage;
using AllocationMap = Filecoin.ActorRuntime.StateMap<
    ulong, Filecoin.ActorRuntime.UInt64Key, Filecoin.Actors.Market.AllocationId>;
using PendingSet = Filecoin.ActorRuntime.StateMap<
    Filecoin.Ipld.Cid, Filecoin.ActorRuntime.CidKey, Filecoin.ActorRuntime.NoValue>;

namespace Filecoin.Actors.Market;

/// <summary>Deals that one call takes on: state as it was before, and what becomes of it.</summary>
/// <remarks>Spec: actors/market 3, preactivate, and 4.6 and 4.7.</remarks>
internal sealed class DealActivation
{
    private readonly IRuntime runtime;
    private readonly MarketState before;
    private readonly Address miner;
    private readonly long epoch;
    private readonly StateArray<DealProposal> proposals;
    private readonly StateArray<DealState> states;
    private readonly PendingSet pending;
    private readonly AllocationMap allocations;
    private readonly HashSet<ulong> activated = [];
    private readonly List<(ulong, DealState)> newStates = [];
    private readonly List<(ulong, ValueList<ulong>)> sectors = [];

    public DealActivation(IRuntime runtime, MarketState state, Address miner, long epoch)
    {
        (this.runtime, before, this.miner, this.epoch) = (runtime, state, miner, epoch);
        proposals = state.LoadProposals(runtime);
        states = state.LoadStates(runtime);
        pending = state.LoadPending(runtime);
        allocations = state.LoadAllocations(runtime);
    }

    /// <summary>Whether a miner can take a deal on now.</summary>
    public static ExitCode CodeOf(DealProposal deal, Address miner, long commitment, long epoch) =>
        deal.Provider != miner ? ExitCode.UserForbidden
        : epoch > deal.StartEpoch ? DealPolicy.Expired
        : deal.EndEpoch > commitment ? ExitCode.UserIllegalArgument
        : ExitCode.Ok;

    /// <summary>Whether all deals of a sector can be taken on; changes nothing.</summary>
    public ExitCode TryActivate(SectorDeals sector, out List<DealProposal> deals)
    {
        deals = [];
        HashSet<ulong> seen = [];
        foreach (ulong id in sector.DealIds)
        {
            if (!seen.Add(id))
            {
                return ExitCode.UserIllegalArgument;
            }
        }

        foreach (ulong id in sector.DealIds)
        {
            if (activated.Contains(id))
            {
                return ExitCode.UserIllegalArgument;
            }

            ExitCode code = TryFind(id, sector.SectorExpiry, out DealProposal? deal);
            if (deal is null || !code.IsSuccess)
            {
                return code;
            }

            deals.Add(deal);
        }

        return ExitCode.Ok;
    }

    /// <summary>Takes all deals of a sector on.</summary>
    public ValueList<ActivatedDeal> Activate(SectorDeals sector, List<DealProposal> deals)
    {
        List<ActivatedDeal> taken = [];
        for (int i = 0; i < deals.Count; i++)
        {
            ulong id = sector.DealIds[i];
            _ = activated.Add(id);
            _ = allocations.Delete(id, out AllocationId allocation);
            taken.Add(new(
                deals[i].ClientId, allocation.Value, deals[i].PieceCid, deals[i].PieceSize));
            AddState(id, sector.SectorNumber);
        }

        sectors.Add((sector.SectorNumber, sector.DealIds));
        return [.. taken];
    }

    /// <summary>Takes on those pieces of a sector that are deals, and says which.</summary>
    public SectorReturn Activate(SectorChanges sector)
    {
        List<ulong> ids = [];
        bool[] accepted = new bool[sector.Added.Count];
        for (int i = 0; i < accepted.Length; i++)
        {
            PieceChange piece = sector.Added[i];
            if (!TryReadId(piece.Payload.Span, out ulong id) || activated.Contains(id))
            {
                continue;
            }

            ExitCode code = TryFind(id, sector.MinimumCommitmentEpoch, out DealProposal? deal);
            if (deal is null || !code.IsSuccess
                || piece.Data != deal.PieceCid || piece.Size != deal.PieceSize)
            {
                continue;
            }

            _ = activated.Add(id);
            DealEvents.Activated(runtime, id, deal);
            _ = allocations.Delete(id, out _);
            AddState(id, sector.Sector);
            ids.Add(id);
            accepted[i] = true;
        }

        sectors.Add((sector.Sector, [.. ids]));
        return new([.. accepted]);
    }

    /// <summary>Writes what has become of the deals.</summary>
    public void Save(ref MarketState state)
    {
        state.PutStates(runtime, newStates);
        state.PutSectorDeals(runtime, runtime.Caller, sectors);
        state.PendingDealAllocationIds = allocations.Flush();
    }

    /// <summary>A deal that can be taken on now, or why it cannot.</summary>
    /// <exception cref="ActorAbortException">USR_ILLEGAL_STATE, state cannot be read.</exception>
    private ExitCode TryFind(ulong id, long commitment, out DealProposal? deal)
    {
        if (!proposals.TryGet(id, out deal))
        {
            return before.CodeOfMissing(id);
        }

        ExitCode code = CodeOf(deal, miner, commitment, epoch);
        if (!code.IsSuccess)
        {
            return code;
        }

        if (states.TryGet(id, out _))
        {
            return ExitCode.UserIllegalArgument;
        }

        return pending.Has(deal.ComputeCid(runtime))
            ? ExitCode.Ok
            : ExitCode.UserIllegalState;
    }

    private void AddState(ulong id, ulong sector) =>
        newStates.Add((id, new(sector, epoch, Epochs.Undefined, Epochs.Undefined)));

    private static bool TryReadId(ReadOnlySpan<byte> payload, out ulong id)
    {
        CborReader reader = CborReader.Lenient(payload);
        return reader.TryReadUInt64(out id) && reader.TryEnd();
    }
}
