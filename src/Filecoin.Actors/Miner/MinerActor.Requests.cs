using Filecoin.Actors.Power;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;
using Filecoin.Actors.VerifiedRegistry;
using Claim = Filecoin.Actors.VerifiedRegistry.Claim;

namespace Filecoin.Actors.Miner;

/// <content>What a miner asks of other actors.</content>
public static partial class MinerActor
{
    private static readonly Address RewardAddress = Address.FromId(WellKnownActors.Reward);
    private static readonly Address PowerAddress = Address.FromId(WellKnownActors.StoragePower);
    private static readonly Address MarketAddress = Address.FromId(WellKnownActors.StorageMarket);
    private static readonly Address RegistryAddress =
        Address.FromId(WellKnownActors.VerifiedRegistry);

    private static readonly Address BurntFunds = Address.FromId(WellKnownActors.BurntFunds);

    private static readonly MethodNumber PubkeyAddress = new(2);
    private static readonly MethodNumber ThisEpochReward = new(3);
    private static readonly MethodNumber UpdateClaimedPower = new(3);
    private static readonly MethodNumber EnrollCronEvent = new(4);
    private static readonly MethodNumber UpdatePledgeTotal = new(6);
    private static readonly MethodNumber CurrentTotalPower = new(9);
    private static readonly MethodNumber VerifyDealsForActivation = new(5);
    private static readonly MethodNumber BatchActivateDeals = new(6);
    private static readonly MethodNumber OnMinerSectorsTerminate = new(7);
    private static readonly MethodNumber ClaimAllocations = new(9);
    private static readonly MethodNumber GetClaims = new(10);

    private static ThisEpochRewardReturn RequestReward(IRuntime runtime) => runtime
        .Send(RewardAddress, ThisEpochReward, null, TokenAmount.Zero)
        .Require<ThisEpochRewardReturn>();

    private static CurrentTotalPowerReturn RequestPower(IRuntime runtime) => runtime
        .Send(PowerAddress, CurrentTotalPower, null, TokenAmount.Zero)
        .Require<CurrentTotalPowerReturn>();

    private static PledgeInputs RequestPledgeInputs(IRuntime runtime)
    {
        ThisEpochRewardReturn reward = RequestReward(runtime);
        CurrentTotalPowerReturn power = RequestPower(runtime);
        TokenAmount supply = runtime.CirculatingSupply();
        return new(
            reward.Reward,
            power.QualityAdjustedPowerSmoothed,
            reward.BaselinePower,
            supply,
            runtime.Epoch.Value - power.RampStartEpoch,
            power.RampDurationEpochs);
    }

    private static void RequestUpdatePower(IRuntime runtime, PowerPair delta)
    {
        if (!delta.IsZero)
        {
            _ = runtime.Send(
                PowerAddress,
                UpdateClaimedPower,
                new UpdateClaimedPowerParams(delta.Raw, delta.QualityAdjusted),
                TokenAmount.Zero).Require();
        }
    }

    private static void NotifyPledgeChanged(IRuntime runtime, TokenAmount delta)
    {
        if (!delta.IsZero)
        {
            _ = runtime.Send(PowerAddress, UpdatePledgeTotal, delta, TokenAmount.Zero).Require();
        }
    }

    private static void Enroll(IRuntime runtime, long epoch, long eventType)
    {
        byte[] payload = Cbor.Encode(new CronEventPayload(eventType));
        _ = runtime.Send(
            PowerAddress,
            EnrollCronEvent,
            new EnrollCronEventParams(epoch, payload),
            TokenAmount.Zero).Require();
    }

    private static void Burn(IRuntime runtime, TokenAmount amount)
    {
        if (amount > TokenAmount.Zero)
        {
            _ = runtime.Send(BurntFunds, MethodNumber.Send, null, amount).Require();
        }
    }

    /// <summary>Cron does not fail with the market.</summary>
    private static void RequestTerminateDeals(IRuntime runtime, long epoch, BitField sectors)
    {
        if (sectors.IsEmpty)
        {
            return;
        }

        SendResult result = runtime.Send(
            MarketAddress,
            OnMinerSectorsTerminate,
            new OnMinerSectorsTerminateParams(epoch, sectors),
            TokenAmount.Zero);
        if (runtime.Origin != WellKnownActors.System)
        {
            _ = result.Require();
        }
    }

    private static ValueList<Cid?> RequestUnsealedCids(
        IRuntime runtime, ValueList<SectorDeals> sectors)
    {
        foreach (SectorDeals sector in sectors)
        {
            if (sector.DealIds.Count > 0)
            {
                return runtime.Send(
                    MarketAddress,
                    VerifyDealsForActivation,
                    new VerifyDealsForActivationParams(sectors),
                    TokenAmount.Zero).Require<VerifyDealsForActivationReturn>().UnsealedCids;
            }
        }

        return ValueList.TakeOver(new Cid?[sectors.Count]);
    }

    private static ValueList<Claim> RequestClaims(IRuntime runtime, ValueList<ulong> ids)
    {
        GetClaimsReturn found = runtime.Send(
            RegistryAddress,
            GetClaims,
            new GetClaimsParams(runtime.Receiver, ids),
            TokenAmount.Zero).Require<GetClaimsReturn>();
        return found.Results.SuccessCount < ids.Count
            ? throw Abort.IllegalArgument("invalid claims")
            : found.Claims;
    }

    private static ClaimAllocationsReturn RequestAllocations(
        IRuntime runtime, ValueList<SectorAllocationClaims> sectors, bool allOrNothing)
    {
        foreach (SectorAllocationClaims sector in sectors)
        {
            if (sector.Claims.Count > 0)
            {
                return runtime.Send(
                    RegistryAddress,
                    ClaimAllocations,
                    new ClaimAllocationsParams(sectors, allOrNothing),
                    TokenAmount.Zero).Require<ClaimAllocationsReturn>();
            }
        }

        return new(
            BatchReturn.Ok((uint)sectors.Count), ValueList.TakeOver(new BigInt[sectors.Count]));
    }

    /// <summary>The own address as what randomness is mixed with.</summary>
    private static byte[] ReceiverEntropy(IRuntime runtime) =>
        Cbor.Encode(Address.FromId(runtime.Receiver));

    private static void RequireBalance(IRuntime runtime) =>
        runtime.LoadState<MinerState>().RequireBalance(runtime.CurrentBalance());
}
