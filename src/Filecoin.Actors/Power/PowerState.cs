using System.Numerics;
using Filecoin.Actors.Reward;
using ClaimMap = Filecoin.ActorRuntime.StateMap<
    Filecoin.Address, Filecoin.ActorRuntime.AddressKey, Filecoin.Actors.Power.Claim>;

namespace Filecoin.Actors.Power;

/// <summary>The power actor's state. Power is in bytes.</summary>
/// <param name="TotalRawBytePower">Of all miners that reach the consensus minimum.</param>
/// <param name="TotalBytesCommitted">Of all miners.</param>
/// <param name="TotalQualityAdjustedPower">
/// By quality, of all miners that reach the consensus minimum.
/// </param>
/// <param name="TotalQualityAdjustedBytesCommitted">By quality, of all miners.</param>
/// <param name="TotalPledgeCollateral">What miners say that they have pledged.</param>
/// <param name="ThisEpochRawBytePower">As of the end of the epoch before.</param>
/// <param name="ThisEpochQualityAdjustedPower">As of the end of the epoch before.</param>
/// <param name="ThisEpochPledgeCollateral">As of the end of the epoch before.</param>
/// <param name="ThisEpochQualityAdjustedPowerSmoothed">The same power, smoothed.</param>
/// <param name="MinerCount">How many miners have a claim.</param>
/// <param name="MinerAboveMinPowerCount">How many reach the consensus minimum.</param>
/// <param name="RampStartEpoch">When the pledge's formula begins to change.</param>
/// <param name="RampDurationEpochs">How long it takes.</param>
/// <param name="CronEventQueue">HAMT from epochs to AMTs of events.</param>
/// <param name="FirstCronEpoch">The lowest epoch that may have events.</param>
/// <param name="Claims">HAMT from miners to their power.</param>
/// <param name="ProofValidationBatch">No longer used, and kept as it is.</param>
[CborTuple]
public partial record struct PowerState(
    BigInt TotalRawBytePower,
    BigInt TotalBytesCommitted,
    BigInt TotalQualityAdjustedPower,
    BigInt TotalQualityAdjustedBytesCommitted,
    TokenAmount TotalPledgeCollateral,
    BigInt ThisEpochRawBytePower,
    BigInt ThisEpochQualityAdjustedPower,
    TokenAmount ThisEpochPledgeCollateral,
    FilterEstimate ThisEpochQualityAdjustedPowerSmoothed,
    long MinerCount,
    long MinerAboveMinPowerCount,
    long RampStartEpoch,
    ulong RampDurationEpochs,
    Cid CronEventQueue,
    long FirstCronEpoch,
    Cid Claims,
    Cid? ProofValidationBatch)
{
    /// <summary>From so many miners on, those below the minimum do not count.</summary>
    public const long ConsensusMinersMin = 4;

    private const string MapName = "claims";

    /// <summary>750,000 GiB.</summary>
    private static readonly BigInteger FirstPosition = (BigInteger)750_000 << 30;

    /// <summary>3,840 GiB: what 120 sectors an epoch add.</summary>
    private static readonly BigInteger FirstVelocity = (BigInteger)3_840 << 30;

    /// <summary>A state without miners.</summary>
    public static PowerState Create(IRuntime runtime)
    {
        Cid claims = ClaimMap.StoreEmpty(runtime);
        return new()
        {
            CronEventQueue = Power.CronEventQueue.StoreEmpty(runtime),
            Claims = claims,
            ThisEpochQualityAdjustedPowerSmoothed =
                FilterEstimate.FromWhole(FirstPosition, FirstVelocity),
        };
    }

    /// <summary>The power from which a miner takes part in consensus.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_STATE, no miner can prove like that.
    /// </exception>
    public static BigInteger MinimumPower(Policy policy, long postProof) =>
        RegisteredPostProof.IsWinning(postProof) || RegisteredPostProof.IsWindow(postProof)
            ? policy.MinimumConsensusPower
            : throw Abort.IllegalState($"unsupported proof type {postProof}");

    /// <summary>Opens the map of claims.</summary>
    public readonly ClaimMap LoadClaims(IRuntime runtime) =>
        ClaimMap.Load(runtime, Claims, MapName);

    /// <summary>The power that counts now: raw and by quality.</summary>
    public readonly (BigInt Raw, BigInt QualityAdjusted) CurrentTotalPower() =>
        MinerAboveMinPowerCount < ConsensusMinersMin
            ? (TotalBytesCommitted, TotalQualityAdjustedBytesCommitted)
            : (TotalRawBytePower, TotalQualityAdjustedPower);

    /// <summary>A miner's power, and whether it may win blocks.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_ILLEGAL_ARGUMENT, it has no claim. USR_ILLEGAL_STATE.
    /// </exception>
    public readonly MinerRawPowerReturn RawPowerOf(IRuntime runtime, ActorId miner)
    {
        if (!LoadClaims(runtime).TryGet(Address.FromId(miner), out Claim claim))
        {
            throw Abort.IllegalArgument($"no claim for actor {miner}");
        }

        BigInteger power = claim.RawBytePower;
        bool meetsMinimum = power >= MinimumPower(runtime.Policy, claim.WindowPostProofType)
            || (MinerAboveMinPowerCount < ConsensusMinersMin && power.Sign > 0);
        return new(power, meetsMinimum);
    }

    /// <summary>Adds a miner without power.</summary>
    public void AddMiner(IRuntime runtime, Address miner, long postProof)
    {
        ClaimMap claims = LoadClaims(runtime);
        claims.Set(miner, new(postProof, BigInt.Zero, BigInt.Zero));
        MinerCount++;
        if (MinimumPower(runtime.Policy, postProof).Sign <= 0)
        {
            MinerAboveMinPowerCount++;
        }

        Claims = claims.Flush();
    }

    /// <summary>Changes a miner's power, and the totals with it.</summary>
    /// <exception cref="ActorAbortException">
    /// USR_NOT_FOUND, it has no claim. USR_ILLEGAL_STATE, power would fall below zero.
    /// </exception>
    public void AddToClaim(
        Policy policy, ClaimMap claims, Address miner, BigInteger raw, BigInteger qualityAdjusted)
    {
        if (!claims.TryGet(miner, out Claim old))
        {
            throw Abort.NotFound($"no claim for actor {miner}");
        }

        TotalQualityAdjustedBytesCommitted =
            TotalQualityAdjustedBytesCommitted.Value + qualityAdjusted;
        TotalBytesCommitted = TotalBytesCommitted.Value + raw;
        Claim changed = old with
        {
            RawBytePower = old.RawBytePower.Value + raw,
            QualityAdjustedPower = old.QualityAdjustedPower.Value + qualityAdjusted,
        };
        MoveTotals(MinimumPower(policy, old.WindowPostProofType), old, changed);
        RequirePositive(changed);

        claims.Set(miner, changed);
    }

    /// <summary>Takes all power of a miner and its claim; nothing if it has none.</summary>
    /// <exception cref="ActorAbortException">As <see cref="AddToClaim"/>.</exception>
    public void DeleteClaim(Policy policy, ClaimMap claims, Address miner)
    {
        if (!claims.TryGet(miner, out Claim claim))
        {
            return;
        }

        AddToClaim(
            policy,
            claims,
            miner,
            -claim.RawBytePower.Value,
            -claim.QualityAdjustedPower.Value);
        if (!claims.Delete(miner, out _))
        {
            throw Abort.IllegalState($"failed to delete the claim of {miner}: there is none");
        }
    }

    /// <summary>Fixes what all messages of the next epoch are told.</summary>
    public void CloseEpoch()
    {
        (BigInt raw, BigInt qualityAdjusted) = CurrentTotalPower();
        ThisEpochPledgeCollateral = TotalPledgeCollateral;
        ThisEpochQualityAdjustedPower = qualityAdjusted;
        ThisEpochRawBytePower = raw;
        ThisEpochQualityAdjustedPowerSmoothed =
            ThisEpochQualityAdjustedPowerSmoothed.Next(qualityAdjusted, 1);
    }

    /// <summary>The totals are of miners that reach the minimum, which this one may pass.</summary>
    private void MoveTotals(BigInteger minimum, Claim old, Claim changed)
    {
        bool wasBelow = old.RawBytePower.Value < minimum;
        bool isBelow = changed.RawBytePower.Value < minimum;
        Claim left = wasBelow ? default : old;
        Claim joined = isBelow ? default : changed;
        MinerAboveMinPowerCount += (wasBelow ? 1 : 0) - (isBelow ? 1 : 0);
        TotalQualityAdjustedPower = TotalQualityAdjustedPower.Value
            - left.QualityAdjustedPower.Value + joined.QualityAdjustedPower.Value;
        TotalRawBytePower = TotalRawBytePower.Value
            - left.RawBytePower.Value + joined.RawBytePower.Value;
    }

    private readonly void RequirePositive(Claim claim)
    {
        if (claim.RawBytePower.Value.Sign < 0 || claim.QualityAdjustedPower.Value.Sign < 0)
        {
            throw Abort.IllegalState($"claimed power below zero: {claim}");
        }

        if (MinerAboveMinPowerCount < 0)
        {
            throw Abort.IllegalState($"{MinerAboveMinPowerCount} miners above the minimum");
        }
    }
}
