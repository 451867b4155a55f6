using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;

namespace Filecoin.Actors.Miner;

/// <content>What happens as time passes.</content>
public static partial class MinerActor
{
    private static void OnDeferredCronEvent(
        IRuntime runtime, DeferredCronEventParams parameters)
    {
        runtime.RequireCaller(WellKnownActors.StoragePower);
        CborReader reader = CborReader.Lenient(parameters.EventPayload.Span);
        if (!CronEventPayload.TryRead(ref reader, out CronEventPayload payload)
            || !reader.TryEnd())
        {
            throw Abort.IllegalState("failed to decode the miner's cron payload");
        }

        FilterEstimate reward = parameters.RewardSmoothed;
        FilterEstimate power = parameters.QualityAdjustedPowerSmoothed;
        if (payload.EventType == CronEventPayload.ProvingDeadline)
        {
            CloseDeadline(runtime, reward, power);
        }
        else if (payload.EventType == CronEventPayload.ProcessEarlyTerminations
            && ProcessEarlyTerminations(runtime, reward, power))
        {
            EnrollEarlyTerminations(runtime);
        }

        RequireBalance(runtime);
    }

    private static void CloseDeadline(
        IRuntime runtime, FilterEstimate reward, FilterEstimate networkPower)
    {
        long epoch = runtime.Epoch.Value;
        DeadlineOutcome outcome = runtime.Transact((ref MinerState state) =>
            CloseDeadline(runtime, ref state, reward, networkPower));

        RequestUpdatePower(runtime, outcome.PowerDelta);
        Burn(runtime, outcome.ToBurn);
        NotifyPledgeChanged(runtime, outcome.PledgeDelta);
        MinerState after = outcome.State;
        if (after.NeedsCron)
        {
            Enroll(runtime, after.NextCron(epoch), CronEventPayload.ProvingDeadline);
        }

        bool hasPending = !after.EarlyTerminations.IsEmpty;
        if (hasPending
            && !outcome.HadPending
            && ProcessEarlyTerminations(runtime, reward, networkPower))
        {
            EnrollEarlyTerminations(runtime);
        }
    }

    private static DeadlineOutcome CloseDeadline(
        IRuntime runtime,
        ref MinerState state,
        FilterEstimate reward,
        FilterEstimate networkPower)
    {
        long epoch = runtime.Epoch.Value;
        _ = ProcessPendingWorker(runtime, ref state, state.GetInfo(runtime));
        state.AddDebt(state.CleanUpPreCommits(runtime, epoch));
        bool hadPending = !state.EarlyTerminations.IsEmpty;

        DeadlineAdvance advance = state.AdvanceDeadline(runtime, epoch);
        state.AddDebt(MinerMonies.ContinuedFaultPenalty(
            reward, networkPower, advance.FaultyPowerBefore.QualityAdjusted));
        if (advance.DailyFee > TokenAmount.Zero)
        {
            TokenAmount dayReward = MinerMonies.DayReward(
                reward, networkPower, advance.LivePower.QualityAdjusted);
            state.AddDebt(MinerMonies.PayableDailyFee(advance.DailyFee, dayReward));
        }

        (TokenAmount toBurn, TokenAmount unlocked) =
            state.RepayPartially(runtime, epoch, runtime.CurrentBalance());
        TokenAmount vested = state.UnlockVested(runtime, epoch);
        state.DeadlineCronActive &= state.NeedsCron;
        return new(
            state,
            hadPending,
            advance.PowerDelta,
            advance.PledgeDelta - unlocked - vested,
            toBurn);
    }

    private readonly record struct DeadlineOutcome(
        MinerState State,
        bool HadPending,
        PowerPair PowerDelta,
        TokenAmount PledgeDelta,
        TokenAmount ToBurn);
}
