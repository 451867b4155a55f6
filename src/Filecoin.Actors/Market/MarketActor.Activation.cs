using System.Numerics;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Market;

/// <content>Deals whose data comes into sectors.</content>
public static partial class MarketActor
{
    /// <summary>Whether a miner can take deals on, and what their data commits to.</summary>
    private static VerifyDealsForActivationReturn VerifyDealsForActivation(
        IRuntime runtime, VerifyDealsForActivationParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);
        Address miner = Address.FromId(runtime.Caller);
        long epoch = runtime.Epoch.Value;

        MarketState state = runtime.LoadState<MarketState>();
        StateArray<DealProposal> proposals = state.LoadProposals(runtime);
        List<Cid?> commitments = [];
        foreach (SectorDeals sector in parameters.Sectors)
        {
            List<DealProposal> deals = RequireDeals(state, proposals, sector.DealIds);
            if (!RegisteredSealProof.TryGetSectorSize(sector.SectorType, out ulong sizeBytes))
            {
                throw Abort.IllegalArgument($"sector size of {sector.SectorType} unknown");
            }

            RequireFit(deals, miner, sector.SectorExpiry, epoch, sizeBytes);
            commitments.Add(deals.Count == 0 ? null : Commit(runtime, deals, sector.SectorType));
        }

        return new([.. commitments]);
    }

    /// <summary>Takes deals on by sectors: all of a sector or none.</summary>
    private static BatchActivateDealsResult BatchActivateDeals(
        IRuntime runtime, BatchActivateDealsParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);
        Address miner = Address.FromId(runtime.Caller);
        long epoch = runtime.Epoch.Value;

        return runtime.Transact((ref MarketState state) =>
        {
            DealActivation activation = new(runtime, state, miner, epoch);
            List<ExitCode> codes = [];
            List<SectorDealActivation> activations = [];
            foreach (SectorDeals sector in parameters.Sectors)
            {
                codes.Add(activation.TryActivate(sector, out List<DealProposal> deals));
                if (!codes[^1].IsSuccess)
                {
                    continue;
                }

                activations.Add(new(
                    activation.Activate(sector, deals),
                    parameters.ComputeCid && deals.Count > 0
                        ? Commit(runtime, deals, sector.SectorType)
                        : null));
                for (int i = 0; i < deals.Count; i++)
                {
                    DealEvents.Activated(runtime, sector.DealIds[i], deals[i]);
                }
            }

            activation.Save(ref state);
            return new BatchActivateDealsResult(
                BatchReturn.Of([.. codes]), [.. activations]);
        });
    }

    /// <summary>
    /// A miner tells of pieces that have come into sectors: those that are deals are taken on, one
    /// by one.
    /// </summary>
    private static SectorContentChangedReturn SectorContentChanged(
        IRuntime runtime, SectorContentChangedParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);
        Address miner = Address.FromId(runtime.Caller);
        long epoch = runtime.Epoch.Value;

        return runtime.Transact((ref MarketState state) =>
        {
            DealActivation activation = new(runtime, state, miner, epoch);
            List<SectorReturn> sectors = [];
            foreach (SectorChanges sector in parameters.Sectors)
            {
                sectors.Add(activation.Activate(sector));
            }

            activation.Save(ref state);
            return new SectorContentChangedReturn([.. sectors]);
        });
    }

    private static List<DealProposal> RequireDeals(
        MarketState state, StateArray<DealProposal> proposals, ValueList<ulong> ids)
    {
        List<DealProposal> deals = [];
        HashSet<ulong> seen = [];
        foreach (ulong id in ids)
        {
            if (!seen.Add(id))
            {
                throw Abort.IllegalArgument($"deal {id} twice in a sector");
            }

            deals.Add(state.RequireProposal(proposals, id));
        }

        return deals;
    }

    private static void RequireFit(
        List<DealProposal> deals, Address miner, long expiry, long epoch, ulong sectorBytes)
    {
        BigInteger sizeBytes = 0;
        foreach (DealProposal deal in deals)
        {
            ExitCode code = DealActivation.CodeOf(deal, miner, expiry, epoch);
            if (!code.IsSuccess)
            {
                throw new ActorAbortException(code, "deal cannot be taken on");
            }

            sizeBytes += deal.PieceSize;
        }

        if (sizeBytes > sectorBytes)
        {
            throw Abort.IllegalArgument($"deals of {sizeBytes} bytes in {sectorBytes}");
        }
    }

    private static Cid Commit(IRuntime runtime, List<DealProposal> deals, long sealProof)
    {
        List<PieceInfo> pieces = [];
        foreach (DealProposal deal in deals)
        {
            pieces.Add(new(deal.PieceSize, deal.PieceCid));
        }

        return runtime.ComputeUnsealedSectorCid(sealProof, [.. pieces], out Cid cid)
            == ErrorNumber.None
                ? cid
                : throw Abort.IllegalArgument("failed to compute the unsealed sector's CID");
    }
}
