using System.Numerics;
using Filecoin.Actors.Reward;
using Filecoin.Actors.Storage;

namespace Filecoin.Actors.Miner;

/// <summary>What storage earns and costs.</summary>
/// <remarks>
/// Spec: actors/miner-monies; builtin-actors actors/miner/src/monies.rs and policy.rs. Power is by
/// quality, in bytes. Divisions are rounded down.
/// </remarks>
public static class MinerMonies
{
    private const long LeadersPerEpoch = 5;
    private const long PreCommitDepositEpochs = 20 * Epochs.InDay;
    private const long InitialPledgeEpochs = 20 * Epochs.InDay;
    private const long ContinuedFaultEpochs = Epochs.InDay * 351 / 100;
    private const long InvalidPostEpochs = ContinuedFaultEpochs + (2 * Epochs.InDay);
    private const long TerminationLifeCap = 140 * Epochs.InDay;
    private const long ConsensusFaultFactor = 5;
    private const long ReporterShare = 4;
    private const long GammaUnit = 1_000;
    private const long RampPermille = 300;
    private const long LockTargetNumerator = 3;
    private const long LockTargetDenominator = 10;
    private const long FeeNumerator = 161_817;
    private const long FeeCapDenominator = 2;

    private static readonly BigInteger FeeDenominator = BigInteger.Pow(10, 30);

    private static readonly BigInteger PledgePerByteMax =
        TokenAmount.FromFil(1).DivideFloor(32L << 30).ToBigInteger();

    private static readonly TokenAmount DisputePenalty = TokenAmount.FromFil(20);

    /// <summary>What is paid to those who dispute a proof rightly.</summary>
    public static TokenAmount DisputeReward { get; } = TokenAmount.FromFil(4);

    /// <summary>What a power earns in some epochs; never negative.</summary>
    public static TokenAmount ExpectedReward(
        FilterEstimate reward, FilterEstimate networkPower, BigInteger power, long epochs)
    {
        if (networkPower.Estimate().IsZero)
        {
            return TokenAmount.FromAtto(reward.Estimate());
        }

        if (power.IsZero)
        {
            return TokenAmount.Zero;
        }

        BigInteger ratio = FilterEstimate.SumOfRatio(epochs, 0, reward, networkPower);
        return TokenAmount.FromAtto(
            BigInteger.Max((power * ratio) >> FixedPoint.Precision, BigInteger.Zero));
    }

    /// <summary>What is earned in a day.</summary>
    public static TokenAmount DayReward(
        FilterEstimate reward, FilterEstimate networkPower, BigInteger power) =>
        ExpectedReward(reward, networkPower, power, Epochs.InDay);

    /// <summary>What a deadline's faulty sectors cost when it closes.</summary>
    public static TokenAmount ContinuedFaultPenalty(
        FilterEstimate reward, FilterEstimate networkPower, BigInteger power) =>
        ExpectedReward(reward, networkPower, power, ContinuedFaultEpochs);

    /// <summary>What a wrong proof costs.</summary>
    public static TokenAmount InvalidPostPenalty(
        FilterEstimate reward, FilterEstimate networkPower, BigInteger power) =>
        ExpectedReward(reward, networkPower, power, InvalidPostEpochs) + DisputePenalty;

    /// <summary>What it costs to end a sector before its time.</summary>
    /// <param name="initialPledge">What is pledged for it.</param>
    /// <param name="ageEpochs">How long it has lived.</param>
    /// <param name="faultFee">What it would cost if it were faulty.</param>
    public static TokenAmount TerminationPenalty(
        TokenAmount initialPledge, long ageEpochs, TokenAmount faultFee)
    {
        TokenAmount simple = (initialPledge * 85).DivideFloor(1_000);
        TokenAmount byAge = (simple * ageEpochs).DivideFloor(TerminationLifeCap);
        TokenAmount least = TokenAmount.Max(
            (initialPledge * 2).DivideFloor(100), (faultFee * 105).DivideFloor(100));
        return TokenAmount.Max(TokenAmount.Min(simple, byAge), least);
    }

    /// <summary>The most that it costs.</summary>
    public static TokenAmount TerminationPenaltyMax(
        TokenAmount initialPledge, TokenAmount faultFee) =>
        TerminationPenalty(initialPledge, TerminationLifeCap, faultFee);

    /// <summary>What is deposited for a sector that is not proven yet; at least 1.</summary>
    public static TokenAmount PreCommitDeposit(
        FilterEstimate reward, FilterEstimate networkPower, BigInteger power) =>
        AtLeastOne(ExpectedReward(reward, networkPower, power, PreCommitDepositEpochs));

    /// <summary>What is pledged for a sector.</summary>
    public static TokenAmount InitialPledge(BigInteger power, in PledgeInputs inputs)
    {
        TokenAmount storage = AtLeastOne(ExpectedReward(
            inputs.Reward, inputs.NetworkPower, power, InitialPledgeEpochs));

        long skew = inputs.RampEpoch < 0 ? 0
            : inputs.RampDuration == 0 || inputs.RampEpoch >= unchecked((long)inputs.RampDuration)
                ? RampPermille
                : inputs.RampEpoch * RampPermille / (long)inputs.RampDuration;
        BigInteger share = inputs.CirculatingSupply.ToBigInteger() * LockTargetNumerator * power;
        BigInteger network = BigInteger.Max(inputs.NetworkPower.Estimate(), power);
        BigInteger baseline = BigInteger.Max(network, inputs.BaselinePower);
        BigInteger consensus =
            Share(GammaUnit - skew, share, baseline) + Share(skew, share, network);

        return TokenAmount.Min(
            storage + TokenAmount.FromAtto(consensus),
            TokenAmount.FromAtto(PledgePerByteMax * power));
    }

    /// <summary>What a consensus fault costs.</summary>
    public static TokenAmount ConsensusFaultPenalty(TokenAmount epochReward) =>
        (epochReward * ConsensusFaultFactor).DivideFloor(LeadersPerEpoch);

    /// <summary>What is paid to those who report a consensus fault.</summary>
    public static TokenAmount ConsensusFaultReward(TokenAmount epochReward) =>
        epochReward.DivideFloor(LeadersPerEpoch * ReporterShare);

    /// <summary>The part of a reward that is locked.</summary>
    public static TokenAmount LockedReward(TokenAmount reward) => (reward * 3).DivideFloor(4);

    /// <summary>What a sector costs a day.</summary>
    public static TokenAmount DailyFee(TokenAmount circulatingSupply, BigInteger power) =>
        TokenAmount.FromAtto(FixedPoint.DivideFloor(
            FeeNumerator * circulatingSupply.ToBigInteger() * power, FeeDenominator));

    /// <summary>What it costs when its power has changed.</summary>
    public static TokenAmount AdjustDailyFee(
        TokenAmount dailyFee, BigInteger oldPower, BigInteger newPower) => oldPower == newPower
            ? dailyFee
            : TokenAmount.FromAtto(
                FixedPoint.DivideFloor(dailyFee.ToBigInteger() * newPower, oldPower));

    /// <summary>What of a daily fee is to be paid: at most half of what a day earns.</summary>
    public static TokenAmount PayableDailyFee(TokenAmount dailyFee, TokenAmount dayReward) =>
        TokenAmount.Min(dayReward.DivideFloor(FeeCapDenominator), dailyFee);

    private static TokenAmount AtLeastOne(TokenAmount amount) =>
        TokenAmount.Max(amount, TokenAmount.FromAtto(1));

    private static BigInteger Share(long permille, BigInteger share, BigInteger power) =>
        FixedPoint.DivideFloor(permille * share, power * LockTargetDenominator * GammaUnit);
}

/// <summary>What the pledge for a sector is reckoned from.</summary>
/// <param name="Reward">The reward of an epoch.</param>
/// <param name="NetworkPower">The network's power.</param>
/// <param name="BaselinePower">The baseline of the epoch, in bytes.</param>
/// <param name="CirculatingSupply">FIL in circulation.</param>
/// <param name="RampEpoch">Epochs since the newer reckoning began.</param>
/// <param name="RampDuration">Epochs until it is fully in force.</param>
public readonly record struct PledgeInputs(
    FilterEstimate Reward,
    FilterEstimate NetworkPower,
    BigInteger BaselinePower,
    TokenAmount CirculatingSupply,
    long RampEpoch,
    ulong RampDuration);
