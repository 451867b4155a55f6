using System.Numerics;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Putting data into sectors that were empty.</content>
public static partial class MinerActor
{
    private static BatchReturn ProveReplicaUpdates(
        IRuntime runtime, ProveReplicaUpdatesParams parameters)
    {
        MinerState state = runtime.LoadState<MinerState>();
        MinerInfo info = state.GetInfo(runtime);
        runtime.RequireCaller(info.Controllers);
        RequireUpdateProofs(parameters);

        SectorArray sectors = state.OpenSectors(runtime, ExitCode.UserIllegalState);
        List<ReplicaUpdate> updates = [];
        for (int i = 0; i < parameters.SectorUpdates.Count; i++)
        {
            SectorUpdateManifest manifest = parameters.SectorUpdates[i];
            updates.Add(new(
                manifest,
                sectors.Get(manifest.Sector),
                i < parameters.SectorProofs.Count ? parameters.SectorProofs[i] : default));
        }

        bool allOrNothing = parameters.RequireActivationSuccess;
        BatchReturn validated = ValidateUpdates(runtime, state, updates, parameters);
        if (parameters.SectorProofs.Count == 0)
        {
            throw Abort.IllegalArgument("aggregate update proofs not yet supported");
        }

        if (parameters.SectorUpdates.Count != parameters.SectorProofs.Count)
        {
            throw Abort.IllegalArgument("mismatched lengths of sector updates and proofs");
        }

        List<ReplicaUpdate> valid = validated.Successes(updates);
        Dictionary<ulong, Cid?> unsealed = [];
        BatchReturn proven =
            VerifyUpdates(runtime, valid, parameters.UpdateProofsType, unsealed, allOrNothing);
        if (proven.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("no valid updates");
        }

        List<ReplicaUpdate> provenUpdates = proven.Successes(valid);
        (BatchReturn activated, List<ActivatedData> data) = ActivatePieces(
            runtime,
            provenUpdates.ConvertAll(static update => new PiecesInput(
                update.Sector.SectorNumber,
                update.Sector.SealProof,
                update.Sector.Expiration,
                update.Manifest.Pieces,
                ChecksUnsealed: false,
                null)),
            allOrNothing);
        if (activated.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("all data activations failed");
        }

        List<ReplicaUpdate> succeeded = activated.Successes(provenUpdates);
        (PowerPair powerDelta, TokenAmount pledgeDelta) =
            ChangeReplicas(runtime, succeeded, data, sectors, info.SectorSize);
        NotifyPledgeChanged(runtime, pledgeDelta);
        RequestUpdatePower(runtime, powerDelta);

        List<ContentNotification> notifications = [];
        foreach (ReplicaUpdate update in succeeded)
        {
            SectorUpdateManifest manifest = update.Manifest;
            notifications.Add(new(manifest.Sector, update.Sector.Expiration, manifest.Pieces));
            EmitSector(
                runtime,
                "sector-updated",
                manifest.Sector,
                unsealed[manifest.Sector],
                PiecesOf(manifest.Pieces));
        }

        NotifyConsumers(runtime, notifications, parameters.RequireNotificationSuccess);
        return BatchStack.Of(validated, proven, activated);
    }

    private static void RequireUpdateProofs(ProveReplicaUpdatesParams parameters)
    {
        bool isAggregate = parameters.SectorProofs.Count == 0;
        if (isAggregate == parameters.AggregateProof.IsEmpty
            || isAggregate == parameters.AggregateProofType is null)
        {
            throw Abort.IllegalArgument(
                "exactly one of sector proofs or aggregate proof must be given, the latter with "
                + "its type");
        }
    }

    private static BatchReturn ValidateUpdates(
        IRuntime runtime,
        in MinerState state,
        List<ReplicaUpdate> updates,
        ProveReplicaUpdatesParams parameters)
    {
        long epoch = runtime.Epoch.Value;
        HashSet<ulong> numbers = [];
        List<ExitCode> codes = [];
        foreach (ReplicaUpdate update in updates)
        {
            try
            {
                if (!numbers.Add(update.Manifest.Sector))
                {
                    throw Abort.IllegalArgument(
                        $"duplicate sector {update.Manifest.Sector}");
                }

                RequireUpdate(runtime, state, update, parameters.UpdateProofsType, epoch);
                codes.Add(ExitCode.Ok);
            }
            catch (ActorAbortException) when (!parameters.RequireActivationSuccess)
            {
                codes.Add(ExitCode.UserIllegalArgument);
            }
        }

        return BatchOf(codes);
    }

    private static void RequireUpdate(
        IRuntime runtime, in MinerState state, ReplicaUpdate update, long updateProof, long epoch)
    {
        SectorUpdateManifest manifest = update.Manifest;
        if (update.Proof.Length > StoragePolicy.UpdateProofBytesMax)
        {
            throw Abort.IllegalArgument($"update proof is too large ({update.Proof.Length})");
        }

        if (manifest.Deadline >= StoragePolicy.PeriodDeadlines)
        {
            throw Abort.IllegalArgument($"no deadline {manifest.Deadline}");
        }

        if (!Commitments.IsSealed(manifest.NewSealedCid))
        {
            throw Abort.IllegalArgument("new sealed CID had wrong prefix");
        }

        if (!DeadlineInfo.IsMutable(state.PeriodStartAt(epoch), manifest.Deadline, epoch))
        {
            throw Abort.IllegalArgument(
                $"cannot upgrade sectors in immutable deadline {manifest.Deadline}");
        }

        if (!state.IsActive(runtime, manifest.Deadline, manifest.Partition, manifest.Sector))
        {
            throw Abort.IllegalArgument("sector isn't active");
        }

        if (!(update.Sector.DealWeight.Value + update.Sector.VerifiedDealWeight.Value).IsZero)
        {
            throw Abort.IllegalArgument("cannot update sector with non-zero data");
        }

        if (!SectorProofs.TryGetUpdate(update.Sector.SealProof, out long expected))
        {
            throw Abort.IllegalState("couldn't load update proof type");
        }

        if (updateProof != expected)
        {
            throw Abort.IllegalArgument($"expected proof type {expected}, was {updateProof}");
        }
    }

    private static BatchReturn VerifyUpdates(
        IRuntime runtime,
        List<ReplicaUpdate> updates,
        long updateProof,
        Dictionary<ulong, Cid?> unsealedBySector,
        bool allOrNothing)
    {
        List<ExitCode> codes = [];
        foreach (ReplicaUpdate update in updates)
        {
            long sealProof = update.Sector.SealProof;
            Cid? unsealed = ComputeUnsealed(runtime, update.Manifest.Pieces, sealProof);
            ulong[] proof = Array.ConvertAll(update.Proof.ToArray(), static part => (ulong)part);
            ReplicaUpdateInfo info = new(
                updateProof,
                update.Sector.SealedCid,
                update.Manifest.NewSealedCid,
                Commitments.UnsealedOrZero(unsealed, sealProof),
                ValueList.TakeOver(proof));
            unsealedBySector[update.Manifest.Sector] = unsealed;
            ErrorNumber error = runtime.VerifyReplicaUpdate(info, out bool isValid);
            isValid &= error == ErrorNumber.None;
            if (!isValid && allOrNothing)
            {
                throw Abort.IllegalArgument(
                    $"invalid proof for sector {update.Manifest.Sector} while requiring success");
            }

            codes.Add(isValid ? ExitCode.Ok : ExitCode.UserIllegalArgument);
        }

        return BatchOf(codes);
    }

    private static (PowerPair PowerDelta, TokenAmount PledgeDelta) ChangeReplicas(
        IRuntime runtime,
        List<ReplicaUpdate> updates,
        List<ActivatedData> data,
        SectorArray sectors,
        ulong sectorBytes)
    {
        SortedDictionary<ulong, List<(ReplicaUpdate Update, ActivatedData Data)>> byDeadline = [];
        for (int i = 0; i < Math.Min(updates.Count, data.Count); i++)
        {
            ulong deadline = updates[i].Manifest.Deadline;
            if (!byDeadline.TryGetValue(
                deadline, out List<(ReplicaUpdate Update, ActivatedData Data)>? part))
            {
                byDeadline.Add(deadline, part = []);
            }

            part.Add((updates[i], data[i]));
        }

        PledgeInputs inputs = RequestPledgeInputs(runtime);
        return runtime.Transact((ref MinerState state) =>
        {
            DeadlineTable table = state.GetDeadlines(runtime);
            List<SectorOnChainInfo> changed = [];
            PowerPair powerDelta = default;
            TokenAmount pledgeDelta = default;
            foreach ((ulong index, List<(ReplicaUpdate Update, ActivatedData Data)> part)
                in byDeadline)
            {
                Deadline deadline = table.Get(runtime, index);
                StateArray<Partition> partitions =
                    deadline.OpenPartitions(runtime, ExitCode.UserIllegalState);
                DeadlineShape shape = state.ShapeOf(index, sectorBytes);
                PowerPair deadlinePower = default;
                foreach ((ReplicaUpdate update, ActivatedData activated) in part)
                {
                    SectorOnChainInfo sector = Updated(
                        update, activated, inputs, sectorBytes, runtime.Epoch.Value);
                    Partition partition =
                        Deadline.GetFrom(partitions, update.Manifest.Partition);
                    (SectorTotals removed, SectorTotals added) =
                        MinerErrors.OrIllegalState(ref partition, (ref Partition replaced) =>
                            replaced.Replace(runtime, [update.Sector], [sector], shape));
                    partitions.Set(update.Manifest.Partition, partition);
                    deadlinePower += added.Power - removed.Power;
                    pledgeDelta += added.Pledge - removed.Pledge;
                    deadline.DailyFee += added.DailyFee - removed.DailyFee;
                    changed.Add(sector);
                }

                deadline.LivePower += deadlinePower;
                powerDelta += deadlinePower;
                deadline.Partitions = partitions.Flush();
                table = table.With(runtime, index, deadline);
            }

            if (changed.Count != updates.Count)
            {
                throw Abort.IllegalState(
                    $"unexpected number of sectors {changed.Count}, not {updates.Count}");
            }

            sectors.Set(changed);
            state.Sectors = sectors.Flush();
            state.SetDeadlines(runtime, table);
            TokenAmount balance = runtime.CurrentBalance();
            if (pledgeDelta > TokenAmount.Zero)
            {
                RequirePledge(state, balance, pledgeDelta);
            }

            state.AddInitialPledge(pledgeDelta);
            state.RequireBalance(balance);
            return (powerDelta, pledgeDelta);
        });
    }

    private static SectorOnChainInfo Updated(
        ReplicaUpdate update,
        ActivatedData data,
        in PledgeInputs inputs,
        ulong sectorBytes,
        long epoch)
    {
        SectorOnChainInfo sector = update.Sector;
        long duration = sector.Expiration - epoch;
        BigInteger verifiedWeight = data.Verified * duration;
        BigInteger power = QualityPower.Of(sectorBytes, duration, verifiedWeight);
        TokenAmount pledge = MinerMonies.InitialPledge(power, inputs);
        TokenAmount dailyFee = sector.DailyFee.IsZero
            ? MinerMonies.DailyFee(inputs.CirculatingSupply, power)
            : MinerMonies.AdjustDailyFee(
                sector.DailyFee,
                QualityPower.Of(sectorBytes, duration, sector.VerifiedDealWeight),
                power);
        return sector.WithoutRewards() with
        {
            Flags = sector.Flags | SectorOnChainInfo.SimpleQualityFlag,
            SealedCid = update.Manifest.NewSealedCid,
            SectorKeyCid = sector.SectorKeyCid ?? sector.SealedCid,
            PowerBaseEpoch = epoch,
            DealWeight = data.Unverified * duration,
            VerifiedDealWeight = verifiedWeight,
            InitialPledge = TokenAmount.Max(sector.InitialPledge, pledge),
            DailyFee = dailyFee,
        };
    }

    /// <summary>A sector whose replica is updated, as it was.</summary>
    private sealed record ReplicaUpdate(
        SectorUpdateManifest Manifest, SectorOnChainInfo Sector, ReadOnlyMemory<byte> Proof);
}
