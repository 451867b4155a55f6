using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Proving sectors that were promised.</content>
public static partial class MinerActor
{
    private static BatchReturn ProveCommitSectors(
        IRuntime runtime, ProveCommitSectorsParams parameters)
    {
        MinerState state = runtime.LoadState<MinerState>();
        MinerInfo info = state.GetInfo(runtime);
        runtime.RequireCaller(info.Controllers);
        ValueList<SectorActivationManifest> manifests = parameters.SectorActivations;
        List<SectorPreCommitOnChainInfo> preCommits =
            state.GetPreCommits(runtime, NumbersOf(manifests));
        RequireProofs(parameters, preCommits);

        bool allOrNothing = parameters.RequireActivationSuccess;
        (BatchReturn validated, List<SealInput> seals) =
            ValidatePreCommits(runtime, preCommits, allOrNothing);
        if (validated.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("no valid precommits specified");
        }

        List<Activation> valid = [];
        List<SectorPreCommitOnChainInfo> validPreCommits = validated.Successes(preCommits);
        List<SectorActivationManifest> validManifests = validated.Successes(manifests);
        for (int i = 0; i < validPreCommits.Count; i++)
        {
            valid.Add(new(validManifests[i], validPreCommits[i]));
        }

        BatchReturn proven = parameters.SectorProofs.Count > 0
            ? VerifySeals(
                runtime,
                valid,
                validated.Successes(seals),
                validated.Successes(parameters.SectorProofs),
                allOrNothing)
            : VerifyAggregate(
                runtime,
                seals,
                runtime.Receiver,
                preCommits[0].Info.SealProof,
                parameters.AggregateProofType!.Value,
                parameters.AggregateProof,
                valid.Count);
        if (proven.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("no valid proofs specified");
        }

        List<Activation> provenActivations = proven.Successes(valid);
        (BatchReturn activated, List<ActivatedData> data) = ActivatePieces(
            runtime, provenActivations.ConvertAll(InputOf), allOrNothing);
        if (activated.SuccessCount == 0)
        {
            throw Abort.IllegalArgument("all data activations failed");
        }

        List<Activation> succeeded = activated.Successes(provenActivations);
        PledgeInputs inputs = RequestPledgeInputs(runtime);
        ActivateSectors(
            runtime, succeeded.ConvertAll(activation => activation.PreCommit), data, inputs, info);

        List<ContentNotification> notifications = [];
        foreach ((SectorActivationManifest manifest, SectorPreCommitOnChainInfo preCommit)
            in succeeded)
        {
            notifications.Add(
                new(manifest.SectorNumber, preCommit.Info.Expiration, manifest.Pieces));
            EmitSector(
                runtime,
                "sector-activated",
                preCommit.Info.SectorNumber,
                preCommit.Info.UnsealedCid,
                PiecesOf(manifest.Pieces));
        }

        NotifyConsumers(runtime, notifications, parameters.RequireNotificationSuccess);
        return BatchStack.Of(validated, proven, activated);
    }

    /// <summary>Sectors of a genesis block, of which nobody proves anything.</summary>
    private static void InternalSectorSetupForPreseal(
        IRuntime runtime, InternalSectorSetupForPresealParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.System);
        MinerState state = runtime.LoadState<MinerState>();
        List<SectorPreCommitOnChainInfo> preCommits =
            state.FindPreCommits(runtime, parameters.Sectors);
        MinerInfo info = state.GetInfo(runtime);
        (BatchReturn results, List<ActivatedData> data) = ActivateDeals(
            runtime,
            preCommits.ConvertAll(static preCommit => new SectorDeals(
                preCommit.Info.SectorNumber,
                preCommit.Info.SealProof,
                preCommit.Info.Expiration,
                preCommit.Info.DealIds)));
        List<SectorPreCommitOnChainInfo> succeeded = results.Successes(preCommits);
        PledgeInputs inputs = new(
            parameters.RewardSmoothed,
            parameters.QualityAdjustedPowerSmoothed,
            parameters.RewardBaselinePower,
            runtime.CirculatingSupply(),
            0,
            0);
        ActivateSectors(runtime, succeeded, data, inputs, info);
        for (int i = 0; i < Math.Min(succeeded.Count, data.Count); i++)
        {
            EmitSector(
                runtime,
                "sector-activated",
                succeeded[i].Info.SectorNumber,
                succeeded[i].Info.UnsealedCid,
                data[i].Pieces);
        }
    }

    private static IEnumerable<ulong> NumbersOf(ValueList<SectorActivationManifest> manifests)
    {
        foreach (SectorActivationManifest manifest
            in (IEnumerable<SectorActivationManifest>)manifests)
        {
            yield return manifest.SectorNumber;
        }
    }

    private static void RequireProofs(
        ProveCommitSectorsParams parameters, List<SectorPreCommitOnChainInfo> preCommits)
    {
        if (preCommits.Count == 0)
        {
            throw Abort.IllegalArgument("no sectors to prove");
        }

        if (parameters.SectorProofs.Count == 0 == parameters.AggregateProof.IsEmpty)
        {
            throw Abort.IllegalArgument(
                "exactly one of sector proofs or aggregate proof must be non-empty");
        }

        if (parameters.SectorProofs.Count == 0)
        {
            if (parameters.AggregateProofType != SectorProofs.AggregateSnarkPackV2)
            {
                throw Abort.IllegalArgument("aggregate proof type must be SnarkPackV2");
            }

            RequireAggregate(
                parameters.AggregateProof,
                (ulong)parameters.SectorActivations.Count,
                StoragePolicy.AggregatedSectorsMin,
                StoragePolicy.AggregatedSectorsMax);
            return;
        }

        if (parameters.AggregateProofType is not null)
        {
            throw Abort.IllegalArgument("aggregate proof type must be null with batched proofs");
        }

        if (parameters.SectorActivations.Count != parameters.SectorProofs.Count)
        {
            throw Abort.IllegalArgument("mismatched lengths of sector activations and proofs");
        }

        RequireSealProofs(preCommits[0].Info.SealProof, parameters.SectorProofs);
    }

    private static void RequireSealProofs(
        long sealProof, ValueList<ReadOnlyMemory<byte>> proofs)
    {
        if (!SectorProofs.TryGetSealProofBytes(sealProof, out long bytesMax))
        {
            throw Abort.IllegalState($"no proof size of seal {sealProof}");
        }

        foreach (ReadOnlyMemory<byte> proof in proofs)
        {
            if (proof.Length > bytesMax)
            {
                throw Abort.IllegalArgument(
                    $"sector proof size {proof.Length} exceeds max {bytesMax}");
            }
        }
    }

    private static void RequireAggregate(
        ReadOnlyMemory<byte> proof, ulong count, ulong countMin, ulong countMax)
    {
        if (count > countMax || count < countMin)
        {
            throw Abort.IllegalArgument(
                $"{count} sectors addressed, want {countMin} to {countMax}");
        }

        if (proof.Length > StoragePolicy.AggregateProofBytesMax)
        {
            throw Abort.IllegalArgument($"aggregate proof of {proof.Length} bytes too large");
        }
    }

    private static (BatchReturn Results, List<SealInput> Seals) ValidatePreCommits(
        IRuntime runtime, List<SectorPreCommitOnChainInfo> preCommits, bool allOrNothing)
    {
        List<ExitCode> codes = [];
        List<SealInput> seals = [];
        foreach (SectorPreCommitOnChainInfo preCommit in preCommits)
        {
            SectorPreCommitInfo info = preCommit.Info;
            bool isValid = info.DealIds.Count == 0;
            if (!SectorProofs.TryGetProveCommitEpochs(
                runtime.Policy, info.SealProof, out long epochs))
            {
                throw Abort.IllegalState($"no max seal duration for seal {info.SealProof}");
            }

            long epoch = runtime.Epoch.Value;
            isValid &= epoch <= preCommit.PreCommitEpoch + epochs;
            if (info.SealProof != preCommits[int.Max(seals.Count - 1, 0)].Info.SealProof)
            {
                throw Abort.IllegalState("mismatched seal proofs in one batch");
            }

            long challengeEpoch =
                preCommit.PreCommitEpoch + runtime.Policy.PreCommitChallengeDelay;
            if (epoch <= challengeEpoch)
            {
                throw Abort.Forbidden("too early to prove sector");
            }

            byte[] entropy = ReceiverEntropy(runtime);
            byte[] ticket = runtime.DrawFromTickets(
                RandomnessPurpose.SealRandomness, new(info.SealRandEpoch), entropy);
            byte[] challenge = runtime.DrawFromBeacon(
                RandomnessPurpose.InteractiveSealChallengeSeed, new(challengeEpoch), entropy);
            Cid unsealed = Commitments.UnsealedOrZero(info.UnsealedCid, info.SealProof);
            seals.Add(new(
                info.SealProof, info.SectorNumber, ticket, challenge, info.SealedCid, unsealed));
            if (!isValid && allOrNothing)
            {
                throw Abort.IllegalArgument(
                    $"invalid pre-commit {info.SectorNumber} while requiring activation success");
            }

            codes.Add(isValid ? ExitCode.Ok : ExitCode.UserIllegalArgument);
        }

        return (BatchOf(codes), seals);
    }

    private static BatchReturn VerifySeals(
        IRuntime runtime,
        List<Activation> activations,
        List<SealInput> seals,
        List<ReadOnlyMemory<byte>> proofs,
        bool allOrNothing)
    {
        SealVerifyInfo[] infos = new SealVerifyInfo[seals.Count];
        for (int i = 0; i < infos.Length; i++)
        {
            SealInput seal = seals[i];
            infos[i] = new(
                seal.SealProof,
                new(runtime.Receiver, seal.Sector),
                [],
                seal.Ticket,
                seal.Challenge,
                proofs[i],
                seal.SealedCid,
                seal.UnsealedCid);
        }

        bool[] areValid = new bool[infos.Length];
        if (runtime.VerifySeals(ValueList.TakeOver(infos), areValid) != ErrorNumber.None)
        {
            throw Abort.IllegalArgument("failed to batch verify");
        }

        List<ExitCode> codes = [];
        for (int i = 0; i < areValid.Length; i++)
        {
            if (!areValid[i] && allOrNothing)
            {
                throw Abort.IllegalArgument(
                    $"invalid proof for sector {activations[i].Manifest.SectorNumber} while "
                    + "requiring activation success");
            }

            codes.Add(areValid[i] ? ExitCode.Ok : ExitCode.UserIllegalArgument);
        }

        return BatchOf(codes);
    }

    private static BatchReturn VerifyAggregate(
        IRuntime runtime,
        List<SealInput> seals,
        ActorId miner,
        long sealProof,
        long aggregateProof,
        ReadOnlyMemory<byte> proof,
        int count)
    {
        AggregateSealVerifyInfo[] infos = new AggregateSealVerifyInfo[seals.Count];
        for (int i = 0; i < infos.Length; i++)
        {
            SealInput seal = seals[i];
            infos[i] = new(
                seal.Sector, seal.Ticket, seal.Challenge, seal.SealedCid, seal.UnsealedCid);
        }

        ErrorNumber error = runtime.VerifyAggregateSeals(
            new(miner, sealProof, aggregateProof, proof, ValueList.TakeOver(infos)),
            out bool isValid);
        return error == ErrorNumber.None && isValid
            ? BatchReturn.Ok((uint)count)
            : throw Abort.IllegalArgument("aggregate seal verify failed");
    }

    private static PiecesInput InputOf(Activation activation)
    {
        SectorPreCommitInfo info = activation.PreCommit.Info;
        return new(
            info.SectorNumber,
            info.SealProof,
            info.Expiration,
            activation.Manifest.Pieces,
            ChecksUnsealed: true,
            info.UnsealedCid);
    }

    private static BatchReturn BatchOf(List<ExitCode> codes) => BatchReturn.Of(
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(codes));

    /// <summary>A sector that is proven, and how it was promised.</summary>
    private sealed record Activation(
        SectorActivationManifest Manifest, SectorPreCommitOnChainInfo PreCommit);

    /// <summary>What a seal is checked against.</summary>
    private sealed record SealInput(
        long SealProof,
        ulong Sector,
        byte[] Ticket,
        byte[] Challenge,
        Cid SealedCid,
        Cid UnsealedCid);
}
