using System.Numerics;
using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <content>Sectors that end before their time, and what that costs.</content>
public static partial class MinerActor
{
    private static TerminateSectorsReturn TerminateSectors(
        IRuntime runtime, SectorDeclarationsParams parameters)
    {
        DeadlineSectors declared = Group(parameters);
        (bool hadPending, PowerPair powerDelta) = runtime.Transact((ref MinerState state) =>
        {
            bool hasPending = !state.EarlyTerminations.IsEmpty;
            MinerInfo info = state.GetInfo(runtime);
            runtime.RequireCaller(info.Controllers);
            long epoch = runtime.Epoch.Value;
            DeadlineTable table = state.GetDeadlines(runtime);
            SectorArray sectors = state.OpenSectors(runtime);
            PowerPair delta = default;
            foreach ((ulong index, SortedDictionary<ulong, BitField> partitions)
                in declared.Deadlines)
            {
                if (!DeadlineInfo.IsMutable(state.PeriodStartAt(epoch), index, epoch))
                {
                    throw Abort.IllegalArgument(
                        $"cannot terminate sectors in immutable deadline {index}");
                }

                Deadline deadline = table.Get(runtime, index);
                delta -= deadline.Terminate(
                    runtime, sectors, epoch, partitions, state.ShapeOf(index, info.SectorSize));
                state.EarlyTerminations = state.EarlyTerminations.With(index);
                table = table.With(runtime, index, deadline);
            }

            state.SetDeadlines(runtime, table);
            return (hasPending, delta);
        });

        ThisEpochRewardReturn reward = RequestReward(runtime);
        CurrentTotalPowerReturn power = RequestPower(runtime);
        bool hasMore = ProcessEarlyTerminations(
            runtime, reward.Reward, power.QualityAdjustedPowerSmoothed);
        if (hasMore && !hadPending)
        {
            EnrollEarlyTerminations(runtime);
        }

        RequireBalance(runtime);
        RequestUpdatePower(runtime, powerDelta);
        return new(!hasMore);
    }

    private static TokenAmount MaxTerminationFee(
        IRuntime runtime, MaxTerminationFeeParams parameters)
    {
        runtime.AcceptAnyCaller();
        FilterEstimate reward = RequestReward(runtime).Reward;
        FilterEstimate power = RequestPower(runtime).QualityAdjustedPowerSmoothed;
        TokenAmount faultFee =
            MinerMonies.ContinuedFaultPenalty(reward, power, parameters.Power);
        return MinerMonies.TerminationPenaltyMax(parameters.InitialPledge, faultFee);
    }

    /// <summary>Has sectors that ended before their time be paid for.</summary>
    /// <returns>Whether there are more.</returns>
    private static bool ProcessEarlyTerminations(
        IRuntime runtime, FilterEstimate reward, FilterEstimate networkPower)
    {
        (TerminatedSectors terminated, bool hasMore) = runtime.Transact(
            (ref MinerState state) => PayTerminations(runtime, ref state, reward, networkPower));
        if (terminated.Numbers.Count == 0)
        {
            return hasMore;
        }

        Burn(runtime, terminated.ToBurn);
        NotifyPledgeChanged(runtime, terminated.PledgeDelta);
        RequestTerminateDeals(
            runtime, runtime.Epoch.Value, SectorNumbers.Of(terminated.WithData));
        foreach (ulong number in terminated.Numbers)
        {
            new EventBuilder("sector-terminated").Indexed("sector", number).Emit(runtime);
        }

        return hasMore;
    }

    private static (TerminatedSectors Terminated, bool HasMore) PayTerminations(
        IRuntime runtime,
        ref MinerState state,
        FilterEstimate reward,
        FilterEstimate networkPower)
    {
        TerminatedSectors terminated = new([], [], default, default);
        (TerminationResult result, bool hasMore) = state.PopEarlyTerminations(
            runtime, StoragePolicy.AddressedPartitionsMax, StoragePolicy.AddressedSectorsMax);
        if (result.IsEmpty)
        {
            return (terminated, hasMore);
        }

        MinerInfo info = state.GetInfo(runtime);
        SectorArray sectors = state.OpenSectors(runtime);
        TokenAmount pledge = default;
        TokenAmount penalty = default;
        foreach ((long epoch, BitField numbers) in result.ByEpoch)
        {
            foreach (SectorOnChainInfo sector in sectors.GetAll(numbers))
            {
                pledge += sector.InitialPledge;
                terminated.Numbers.Add(sector.SectorNumber);
                BigInteger power = sector.QualityPower(info.SectorSize);
                penalty += MinerMonies.TerminationPenalty(
                    sector.InitialPledge,
                    epoch - sector.Activation,
                    MinerMonies.ContinuedFaultPenalty(reward, networkPower, power));
                if (sector.HasData)
                {
                    terminated.WithData.Add(sector.SectorNumber);
                }
            }
        }

        state.AddDebt(penalty);
        state.AddInitialPledge(TokenAmount.Zero - pledge);
        (TokenAmount toBurn, TokenAmount unlocked) = state.RepayPartially(
            runtime, runtime.Epoch.Value, runtime.CurrentBalance());
        return (
            terminated with
            {
                ToBurn = toBurn,
                PledgeDelta = TokenAmount.Zero - pledge - unlocked,
            },
            hasMore);
    }

    private static void EnrollEarlyTerminations(IRuntime runtime) => Enroll(
        runtime, runtime.Epoch.Value + 1, CronEventPayload.ProcessEarlyTerminations);

    /// <summary>Sectors that were paid for.</summary>
    private sealed record TerminatedSectors(
        List<ulong> Numbers, List<ulong> WithData, TokenAmount ToBurn, TokenAmount PledgeDelta);
}
