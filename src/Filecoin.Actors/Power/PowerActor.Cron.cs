using Filecoin.Actors.Reward;
using ClaimMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.Actors.Power.Claim>;

namespace Filecoin.Actors.Power;

/// <content>The end of an epoch: miners that wanted to be called, and the new totals.</content>
public static partial class PowerActor
{
    private static readonly MethodNumber OnDeferredCronEvent = new(12);
    private static readonly MethodNumber ThisEpochReward = new(3);
    private static readonly MethodNumber UpdateNetworkKpi = new(4);

    /// <summary>
    /// A miner wants to be called at the end of an epoch; past ones mean this one.
    /// </summary>
    private static void EnrollCronEvent(IRuntime runtime, EnrollCronEventParams parameters)
    {
        runtime.RequireCallerType(BuiltinType.Miner);

        CronEvent item = new(Address.FromId(runtime.Caller), parameters.Payload);
        if (parameters.EventEpoch < 0)
        {
            throw Abort.IllegalArgument($"cron event epoch {parameters.EventEpoch} below zero");
        }

        runtime.Transact((ref PowerState state) =>
        {
            CronEventQueue queue = CronEventQueue.Load(runtime, state.CronEventQueue);
            state.FirstCronEpoch = long.Min(state.FirstCronEpoch, parameters.EventEpoch);
            queue.Add(parameters.EventEpoch, item);
            state.CronEventQueue = queue.Flush();
        });
    }

    private static void OnEpochTickEnd(IRuntime runtime)
    {
        runtime.RequireCaller(WellKnownActors.Cron);

        ThisEpochRewardReturn reward = SendToReward(runtime, ThisEpochReward, null)
            .Require<ThisEpochRewardReturn>();
        CallMiners(runtime, reward.Reward);

        BigInt power = runtime.Transact((ref PowerState state) =>
        {
            state.CloseEpoch();
            return state.ThisEpochRawBytePower;
        });
        _ = SendToReward(runtime, UpdateNetworkKpi, ParameterCodec.Encode(power)).Require();
    }

    /// <summary>
    /// Miners that fail lose their power and their claim, and are not called again.
    /// </summary>
    private static void CallMiners(IRuntime runtime, FilterEstimate reward)
    {
        long epoch = runtime.Epoch.Value;
        FilterEstimate power =
            runtime.LoadState<PowerState>().ThisEpochQualityAdjustedPowerSmoothed;
        List<CronEvent> events = runtime.Transact(
            (ref PowerState state) => TakeEvents(runtime, ref state, epoch));

        List<Address> failed = [];
        foreach (CronEvent item in events)
        {
            SendResult sent = runtime.Send(
                item.Miner,
                OnDeferredCronEvent,
                new DeferredCronEventParams(item.CallbackPayload, reward, power),
                TokenAmount.Zero);
            if (!sent.IsSuccess)
            {
                failed.Add(item.Miner);
            }
        }

        if (failed.Count > 0)
        {
            runtime.Transact((ref PowerState state) => Freeze(runtime, ref state, failed));
        }
    }

    /// <summary>Takes the events that are due; those of miners without a claim are lost.</summary>
    private static List<CronEvent> TakeEvents(
        IRuntime runtime, ref PowerState state, long epoch)
    {
        List<CronEvent> due = [];
        CronEventQueue queue = CronEventQueue.Load(runtime, state.CronEventQueue);
        ClaimMap claims = state.LoadClaims(runtime);
        for (long at = state.FirstCronEpoch; at <= epoch; at++)
        {
            IReadOnlyList<CronEvent> events = queue.At(at);
            foreach (CronEvent item in events)
            {
                if (claims.Has(item.Miner))
                {
                    due.Add(item);
                }
            }

            if (events.Count > 0)
            {
                queue.Remove(at);
            }
        }

        state.FirstCronEpoch = epoch + 1;
        state.CronEventQueue = queue.Flush();
        return due;
    }

    /// <summary>
    /// Quirk: a miner that fails twice is counted twice, as deleting no claim succeeds; what an
    /// error leaves half done stays.
    /// </summary>
    private static void Freeze(IRuntime runtime, ref PowerState state, List<Address> miners)
    {
        ClaimMap claims = state.LoadClaims(runtime);
        foreach (Address miner in miners)
        {
            try
            {
                state.DeleteClaim(runtime.Policy, claims, miner);
            }
            catch (ActorAbortException)
            {
                continue;
            }

            state.MinerCount--;
        }

        state.Claims = claims.Flush();
    }

    private static SendResult SendToReward(
        IRuntime runtime, MethodNumber method, IpldBlock? parameters) => runtime.Send(
            Address.FromId(WellKnownActors.Reward), method, parameters, TokenAmount.Zero);
}
