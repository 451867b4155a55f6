namespace Filecoin.Actors.Reward;

/// <summary>The network's power in bytes: a bare number, or null, which no method takes.</summary>
public readonly record struct RealizedPower(BigInt? Bytes) : ICbor<RealizedPower>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out RealizedPower value)
    {
        bool isRead = OptionalForm<BigInt, ValueForm<BigInt>>.TryRead(
            ref reader, out BigInt? bytes);
        value = new(bytes);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        OptionalForm<BigInt, ValueForm<BigInt>>.Write(ref writer, Bytes);
}

/// <summary>A block that is to be rewarded.</summary>
/// <param name="Miner">Who made it.</param>
/// <param name="Penalty">What its messages make the miner lose.</param>
/// <param name="GasReward">What its messages pay to the miner.</param>
/// <param name="WinCount">How many times the miner won.</param>
[CborTuple]
public sealed partial record AwardBlockRewardParams(
    Address Miner, TokenAmount Penalty, TokenAmount GasReward, long WinCount);

/// <summary>What power and market reckon with.</summary>
/// <param name="Reward">The reward of an epoch, smoothed.</param>
/// <param name="BaselinePower">The baseline of the epoch, in bytes.</param>
[CborTuple]
public sealed partial record ThisEpochRewardReturn(FilterEstimate Reward, BigInt BaselinePower);

/// <summary>What a miner is given and what it loses.</summary>
[CborTuple]
public sealed partial record ApplyRewardParams(TokenAmount Reward, TokenAmount Penalty);
