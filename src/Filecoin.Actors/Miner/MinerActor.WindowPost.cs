using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Proving that sectors are still there.</content>
public static partial class MinerActor
{
    private static void SubmitWindowedPost(
        IRuntime runtime, SubmitWindowedPostParams parameters)
    {
        long epoch = runtime.Epoch.Value;
        RequirePost(runtime.Policy, parameters);

        PowerPair powerDelta = runtime.Transact((ref MinerState state) =>
        {
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            RequireSubmission(info, parameters);
            DeadlineInfo window = state.DeadlineAt(epoch);
            RequireWindow(window, parameters);
            byte[] ticket = runtime.DrawFromTickets(
                RandomnessPurpose.PostChainCommit, new(parameters.ChainCommitEpoch), []);
            if (!parameters.ChainCommitRand.Span.SequenceEqual(ticket))
            {
                throw Abort.IllegalArgument("post commit randomness mismatched");
            }

            SectorArray sectors = state.OpenSectors(runtime);
            DeadlineTable table = state.GetDeadlines(runtime);
            Deadline deadline = table.Get(runtime, parameters.Deadline);
            PostResult result = deadline.RecordProven(
                runtime,
                sectors,
                window.Last + StoragePolicy.FaultAgeMax,
                parameters.Partitions,
                new(info.SectorSize, window.Quantization));
            if (result.Ignored.ContainsAll(result.Sectors))
            {
                throw Abort.IllegalArgument("cannot prove partitions with no active sectors");
            }

            // What recovers no power is taken unseen: whoever wants may dispute it.
            if (result.RecoveredPower.IsZero)
            {
                deadline.AddPost(runtime, result.Partitions, parameters.Proofs);
            }
            else if (!IsPostValid(
                runtime,
                window.Challenge,
                sectors.GetForProof(result.Sectors, result.Ignored),
                parameters.Proofs))
            {
                throw Abort.IllegalArgument("invalid post was submitted");
            }

            state.SetDeadlines(runtime, table.With(runtime, parameters.Deadline, deadline));
            return result.PowerDelta;
        });

        RequestUpdatePower(runtime, powerDelta);
        RequireBalance(runtime);
    }

    private static void RequirePost(Policy policy, SubmitWindowedPostParams parameters)
    {
        if (parameters.Proofs.Count != 1)
        {
            throw Abort.IllegalArgument(
                $"expected exactly one proof, got {parameters.Proofs.Count}");
        }

        if (!SectorProofs.MayProve(policy, parameters.Proofs[0].Type))
        {
            throw Abort.IllegalArgument($"proof type {parameters.Proofs[0].Type} not allowed");
        }

        RequireDeadlineIndex(parameters.Deadline);
        if (parameters.ChainCommitRand.Length > RandomnessDraw.Length)
        {
            throw Abort.IllegalArgument(
                $"{parameters.ChainCommitRand.Length} bytes of randomness are too many");
        }
    }

    private static void RequireDeadlineIndex(ulong index)
    {
        if (index >= StoragePolicy.PeriodDeadlines)
        {
            throw Abort.IllegalArgument($"invalid deadline {index}");
        }
    }

    private static void RequireSubmission(MinerInfo info, SubmitWindowedPostParams parameters)
    {
        PostProof proof = parameters.Proofs[0];
        if (proof.Type != info.WindowPostProofType)
        {
            throw Abort.IllegalArgument(
                $"expected proof of type {info.WindowPostProofType}, got {proof.Type}");
        }

        ulong count = (ulong)parameters.Partitions.Count;
        if (proof.Proof.Length > SectorProofs.PostProofBytes * parameters.Partitions.Count)
        {
            throw Abort.IllegalArgument($"proof of {proof.Proof.Length} bytes too large");
        }

        ulong limit = ulong.Min(
            PartitionsMax(info.WindowPostPartitionSectors), StoragePolicy.PostedPartitionsMax);
        if (count > limit)
        {
            throw Abort.IllegalArgument($"too many partitions {count}, limit {limit}");
        }
    }

    private static void RequireWindow(
        in DeadlineInfo window, SubmitWindowedPostParams parameters)
    {
        if (!window.IsOpen)
        {
            throw Abort.IllegalState($"proving period {window.PeriodStart} not yet open");
        }

        if (parameters.Deadline != window.Index)
        {
            throw Abort.IllegalArgument(
                $"invalid deadline {parameters.Deadline}, expected {window.Index}");
        }

        if (parameters.ChainCommitEpoch < window.Challenge
            || parameters.ChainCommitEpoch >= window.CurrentEpoch)
        {
            throw Abort.IllegalArgument(
                $"chain commit epoch {parameters.ChainCommitEpoch} too early or too late");
        }
    }

    /// <summary>Partitions that one message may name.</summary>
    private static ulong PartitionsMax(ulong partitionSectors) => ulong.Min(
        StoragePolicy.AddressedSectorsMax / partitionSectors,
        StoragePolicy.AddressedPartitionsMax);

    private static bool IsPostValid(
        IRuntime runtime,
        long challengeEpoch,
        List<SectorOnChainInfo> sectors,
        ValueList<PostProof> proofs)
    {
        byte[] randomness = runtime.DrawFromBeacon(
            RandomnessPurpose.WindowPostChallengeSeed,
            new(challengeEpoch),
            ReceiverEntropy(runtime));
        PostSector[] challenged = new PostSector[sectors.Count];
        for (int i = 0; i < challenged.Length; i++)
        {
            SectorOnChainInfo sector = sectors[i];
            challenged[i] = new(sector.SealProof, sector.SectorNumber, sector.SealedCid);
        }

        ErrorNumber error = runtime.VerifyPost(
            new(randomness, proofs, ValueList.TakeOver(challenged), runtime.Receiver),
            out bool isValid);
        return error == ErrorNumber.None && isValid;
    }
}
