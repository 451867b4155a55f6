using System.Numerics;
using Filecoin.Actors.Storage;
using Filecoin.Actors.VerifiedRegistry;

namespace Filecoin.Actors.Miner;

/// <content>What comes into sectors, and sectors that come to life.</content>
public static partial class MinerActor
{
    /// <summary>Claims the allocations of pieces and tells how much data there is.</summary>
    private static (BatchReturn Results, List<ActivatedData> Data) ActivatePieces(
        IRuntime runtime, List<PiecesInput> inputs, bool allOrNothing)
    {
        SectorAllocationClaims[] claims = new SectorAllocationClaims[inputs.Count];
        for (int i = 0; i < claims.Length; i++)
        {
            PiecesInput input = inputs[i];
            if (input.ChecksUnsealed)
            {
                Cid computed = Commitments.UnsealedOrZero(
                    ComputeUnsealed(runtime, input.Pieces, input.SealProof), input.SealProof);
                if (Commitments.UnsealedOrZero(input.UnsealedCid, input.SealProof) != computed)
                {
                    throw Abort.IllegalArgument(
                        $"unsealed CID does not match pieces for sector {input.Sector}");
                }
            }

            List<AllocationClaim> allocations = [];
            foreach (PieceActivationManifest piece in input.Pieces)
            {
                if (piece.VerifiedAllocationKey is VerifiedAllocationKey key)
                {
                    allocations.Add(new(key.Client, key.Id, piece.Cid, piece.Size));
                }
            }

            claims[i] = new(input.Sector, new(input.Expiration), [.. allocations]);
        }

        ClaimAllocationsReturn claimed =
            RequestAllocations(runtime, ValueList.TakeOver(claims), allOrNothing);
        if (allOrNothing)
        {
            RequireAllOrNothing(claimed);
        }

        List<PiecesInput> succeeded = claimed.Results.Successes(inputs);
        List<ActivatedData> data = [];
        for (int i = 0; i < Math.Min(succeeded.Count, claimed.ClaimedSpaces.Count); i++)
        {
            BigInteger unverified = 0;
            List<(Cid, ulong)> pieces = [];
            foreach (PieceActivationManifest piece in succeeded[i].Pieces)
            {
                unverified += piece.VerifiedAllocationKey is null ? piece.Size : 0;
                pieces.Add((piece.Cid, piece.Size));
            }

            data.Add(new(unverified, claimed.ClaimedSpaces[i], pieces));
        }

        return (claimed.Results, data);
    }

    /// <summary>Takes on the deals of sectors and claims their allocations.</summary>
    private static (BatchReturn Results, List<ActivatedData> Data) ActivateDeals(
        IRuntime runtime, List<SectorDeals> sectors)
    {
        BatchActivateDealsResult activated = RequestActivation(runtime, [.. sectors]);
        if (activated.ActivationResults.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("all deals failed to activate");
        }

        List<SectorDeals> succeeded = activated.ActivationResults.Successes(sectors);
        int count = Math.Min(succeeded.Count, activated.Activations.Count);
        SectorAllocationClaims[] claims = new SectorAllocationClaims[count];
        for (int i = 0; i < count; i++)
        {
            List<AllocationClaim> allocations = [];
            foreach (ActivatedDeal deal in activated.Activations[i].Activated)
            {
                if (deal.AllocationId != 0)
                {
                    allocations.Add(new(deal.Client, deal.AllocationId, deal.Data, deal.Size));
                }
            }

            claims[i] = new(
                succeeded[i].SectorNumber, new(succeeded[i].SectorExpiry), [.. allocations]);
        }

        ClaimAllocationsReturn claimed =
            RequestAllocations(runtime, ValueList.TakeOver(claims), allOrNothing: true);
        RequireAllOrNothing(claimed);

        List<ActivatedData> data = [];
        count = Math.Min(activated.Activations.Count, claimed.ClaimedSpaces.Count);
        for (int i = 0; i < count; i++)
        {
            BigInteger unverified = 0;
            List<(Cid, ulong)> pieces = [];
            foreach (ActivatedDeal deal in activated.Activations[i].Activated)
            {
                unverified += deal.AllocationId == 0 ? deal.Size : 0;
                pieces.Add((deal.Data, deal.Size));
            }

            data.Add(new(unverified, claimed.ClaimedSpaces[i], pieces));
        }

        return (activated.ActivationResults, data);
    }

    /// <summary>Makes sectors of pre-commitments.</summary>
    private static void ActivateSectors(
        IRuntime runtime,
        List<SectorPreCommitOnChainInfo> preCommits,
        List<ActivatedData> data,
        PledgeInputs inputs,
        MinerInfo info)
    {
        long epoch = runtime.Epoch.Value;
        TokenAmount pledged = runtime.Transact((ref MinerState state) =>
        {
            TokenAmount deposits = default;
            TokenAmount total = default;
            List<SectorOnChainInfo> sectors = [];
            List<ulong> numbers = [];
            for (int i = 0; i < Math.Min(preCommits.Count, data.Count); i++)
            {
                SectorOnChainInfo sector =
                    NewSector(preCommits[i].Info, data[i], inputs, info.SectorSize, epoch);
                deposits += preCommits[i].PreCommitDeposit;
                total += sector.InitialPledge;
                sectors.Add(sector);
                numbers.Add(sector.SectorNumber);
            }

            state.AddSectors(runtime, sectors);
            state.DeletePreCommits(runtime, numbers);
            state.AssignSectors(runtime, epoch, sectors, info);
            state.AddPreCommitDeposit(TokenAmount.Zero - deposits);
            RequirePledge(state, runtime.CurrentBalance(), total);
            state.AddInitialPledge(total);
            state.RequireBalance(runtime.CurrentBalance());
            return total;
        });
        NotifyPledgeChanged(runtime, pledged);
    }

    private static SectorOnChainInfo NewSector(
        SectorPreCommitInfo preCommit,
        ActivatedData data,
        in PledgeInputs inputs,
        ulong sectorBytes,
        long epoch)
    {
        long duration = preCommit.Expiration - epoch;
        if (duration < StoragePolicy.SectorLifeMin)
        {
            throw Abort.IllegalArgument(
                $"precommit {preCommit.SectorNumber} has a lifetime of {duration}, too short");
        }

        BigInteger verifiedWeight = data.Verified * duration;
        BigInteger power = QualityPower.Of(sectorBytes, duration, verifiedWeight);
        return new()
        {
            SectorNumber = preCommit.SectorNumber,
            SealProof = preCommit.SealProof,
            SealedCid = preCommit.SealedCid,
            Activation = epoch,
            Expiration = preCommit.Expiration,
            DealWeight = data.Unverified * duration,
            VerifiedDealWeight = verifiedWeight,
            InitialPledge = MinerMonies.InitialPledge(power, inputs),
            PowerBaseEpoch = epoch,
            Flags = SectorOnChainInfo.SimpleQualityFlag,
            DailyFee = MinerMonies.DailyFee(inputs.CirculatingSupply, power),
        };
    }

    private static void RequirePledge(
        in MinerState state, TokenAmount balance, TokenAmount pledge)
    {
        TokenAmount unlocked = state.UnlockedBalance(balance);
        if (unlocked < pledge)
        {
            throw Abort.InsufficientFunds(
                $"insufficient funds for initial pledge {pledge}, available {unlocked}");
        }
    }

    private static BatchActivateDealsResult RequestActivation(
        IRuntime runtime, ValueList<SectorDeals> sectors)
    {
        foreach (SectorDeals sector in sectors)
        {
            if (sector.DealIds.Count > 0)
            {
                return runtime.Send(
                    MarketAddress,
                    BatchActivateDeals,
                    new BatchActivateDealsParams(sectors, ComputeCid: false),
                    TokenAmount.Zero).Require<BatchActivateDealsResult>();
            }
        }

        SectorDealActivation[] none = new SectorDealActivation[sectors.Count];
        Array.Fill(none, new([], null));
        return new(BatchReturn.Ok((uint)sectors.Count), ValueList.TakeOver(none));
    }

    private static void RequireAllOrNothing(ClaimAllocationsReturn claimed)
    {
        if (!claimed.Results.AllOk && claimed.Results.SuccessCount != 0)
        {
            throw Abort.AssertionFailed("claims partially succeeded but all or none were asked");
        }
    }

    /// <summary>The commitment to pieces; null for none.</summary>
    private static Cid? ComputeUnsealed(
        IRuntime runtime, ValueList<PieceActivationManifest> pieces, long sealProof)
    {
        if (pieces.Count == 0)
        {
            return null;
        }

        PieceInfo[] infos = new PieceInfo[pieces.Count];
        for (int i = 0; i < infos.Length; i++)
        {
            infos[i] = new(pieces[i].Size, pieces[i].Cid);
        }

        return runtime.ComputeUnsealedSectorCid(sealProof, ValueList.TakeOver(infos), out Cid cid)
            == ErrorNumber.None
                ? cid
                : throw Abort.IllegalArgument("failed to compute unsealed sector CID");
    }

    private static void EmitSector(
        IRuntime runtime,
        string type,
        ulong sector,
        Cid? unsealed,
        IEnumerable<(Cid Cid, ulong Size)> pieces)
    {
        EventBuilder builder =
            new EventBuilder(type).Indexed("sector", sector).Indexed("unsealed-cid", unsealed);
        foreach ((Cid cid, ulong size) in pieces)
        {
            _ = builder.Indexed("piece-cid", cid).Field("piece-size", size);
        }

        builder.Emit(runtime);
    }

    private static IEnumerable<(Cid Cid, ulong Size)> PiecesOf(
        ValueList<PieceActivationManifest> manifests)
    {
        foreach (PieceActivationManifest manifest
            in (IEnumerable<PieceActivationManifest>)manifests)
        {
            yield return (manifest.Cid, manifest.Size);
        }
    }

    /// <summary>Pieces that come into a sector.</summary>
    /// <param name="Sector">The sector.</param>
    /// <param name="SealProof">Its seal.</param>
    /// <param name="Expiration">When it ends.</param>
    /// <param name="Pieces">The pieces.</param>
    /// <param name="ChecksUnsealed">Whether they must be those that were promised.</param>
    /// <param name="UnsealedCid">The commitment that was promised; null for zeros.</param>
    private sealed record PiecesInput(
        ulong Sector,
        long SealProof,
        long Expiration,
        ValueList<PieceActivationManifest> Pieces,
        bool ChecksUnsealed,
        Cid? UnsealedCid);

    /// <summary>Data that has come into a sector, in bytes.</summary>
    private sealed record ActivatedData(
        BigInteger Unverified, BigInteger Verified, List<(Cid Cid, ulong Size)> Pieces);
}
