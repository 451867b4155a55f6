using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Disputes of proofs that were taken unseen.</content>
public static partial class MinerActor
{
    private static void DisputeWindowedPost(
        IRuntime runtime, DisputeWindowedPostParams parameters)
    {
        runtime.AcceptAnyCaller();
        RequireDeadlineIndex(parameters.Deadline);
        long epoch = runtime.Epoch.Value;
        ThisEpochRewardReturn reward = RequestReward(runtime);
        CurrentTotalPowerReturn power = RequestPower(runtime);

        DisputeOutcome outcome = runtime.Transact((ref MinerState state) =>
        {
            DeadlineInfo window = state.DeadlineAt(epoch);
            if (!DeadlineInfo.IsDisputable(window.PeriodStart, parameters.Deadline, epoch))
            {
                throw Abort.Forbidden("can only dispute window posts during the dispute window");
            }

            MinerInfo info = state.GetInfo(runtime);
            DeadlineInfo target = DeadlineInfo.At(
                window.Index < parameters.Deadline
                    ? window.PeriodStart - StoragePolicy.ProvingPeriod
                    : window.PeriodStart,
                parameters.Deadline,
                epoch);
            (PowerPair powerDelta, PowerPair disputed) =
                RecordDisputed(runtime, ref state, info.SectorSize, target, parameters);

            TokenAmount penalty = MinerMonies.InvalidPostPenalty(
                reward.Reward,
                power.QualityAdjustedPowerSmoothed,
                disputed.QualityAdjusted);
            state.AddDebt(penalty + MinerMonies.DisputeReward);
            (TokenAmount toBurn, TokenAmount unlocked) =
                state.RepayPartially(runtime, epoch, runtime.CurrentBalance());
            TokenAmount toReporter = TokenAmount.Min(toBurn, MinerMonies.DisputeReward);
            return new DisputeOutcome(powerDelta, toBurn - toReporter, toReporter, unlocked);
        });

        RequestUpdatePower(runtime, outcome.PowerDelta);
        TokenAmount burnt = outcome.ToBurn;
        if (!outcome.ToReporter.IsZero)
        {
            SendResult sent = runtime.Send(
                Address.FromId(runtime.Caller), MethodNumber.Send, null, outcome.ToReporter);
            burnt += sent.IsSuccess ? TokenAmount.Zero : outcome.ToReporter;
        }

        Burn(runtime, burnt);
        NotifyPledgeChanged(runtime, TokenAmount.Zero - outcome.Unlocked);
        RequireBalance(runtime);
    }

    private static (PowerPair PowerDelta, PowerPair Disputed) RecordDisputed(
        IRuntime runtime,
        ref MinerState state,
        ulong sectorBytes,
        in DeadlineInfo target,
        DisputeWindowedPostParams parameters)
    {
        DeadlineTable table = state.GetDeadlines(runtime);
        Deadline deadline = table.Get(runtime, parameters.Deadline);
        WindowPost post = deadline.TakePost(runtime, parameters.PostIndex);
        DisputedSectors disputed = deadline.GetDisputed(runtime, post.Partitions);
        SectorArray sectors = SectorArray.Load(runtime, deadline.SectorsSnapshot);
        List<SectorOnChainInfo> challenged =
            sectors.GetForProof(disputed.Sectors, disputed.Ignored);
        if (IsPostValid(runtime, target.Challenge, challenged, post.Proofs))
        {
            throw Abort.IllegalArgument("failed to dispute valid post");
        }

        PowerPair powerDelta = deadline.RecordFaults(
            runtime,
            sectors,
            target.Last + StoragePolicy.FaultAgeMax,
            disputed.ByPartition,
            new(sectorBytes, target.Quantization));
        state.SetDeadlines(runtime, table.With(runtime, parameters.Deadline, deadline));
        return (powerDelta, disputed.Power);
    }

    private readonly record struct DisputeOutcome(
        PowerPair PowerDelta, TokenAmount ToBurn, TokenAmount ToReporter, TokenAmount Unlocked);
}
