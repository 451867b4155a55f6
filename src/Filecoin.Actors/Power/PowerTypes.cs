using Filecoin.Actors.Reward;

namespace Filecoin.Actors.Power;

/// <summary>What a miner is made with.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Worker">Who seals and sends for it.</param>
/// <param name="WindowPostProofType">How it proves its sectors, which says their size.</param>
/// <param name="Peer">Its libp2p id.</param>
/// <param name="Multiaddrs">Where it can be reached.</param>
[CborTuple]
public sealed partial record CreateMinerParams(
    Address Owner,
    Address Worker,
    long WindowPostProofType,
    ReadOnlyMemory<byte> Peer,
    ValueList<ReadOnlyMemory<byte>> Multiaddrs);

/// <summary>The addresses of a miner that was made.</summary>
[CborTuple]
public sealed partial record CreateMinerReturn(Address IdAddress, Address RobustAddress);

/// <summary>What the miner's constructor is given.</summary>
/// <param name="Owner">Who owns it.</param>
/// <param name="Worker">Who seals and sends for it.</param>
/// <param name="ControlAddresses">Who may send for it besides.</param>
/// <param name="WindowPostProofType">How it proves its sectors.</param>
/// <param name="Peer">Its libp2p id.</param>
/// <param name="Multiaddrs">Where it can be reached.</param>
[CborTuple]
public sealed partial record MinerConstructorParams(
    Address Owner,
    Address Worker,
    ValueList<Address> ControlAddresses,
    long WindowPostProofType,
    ReadOnlyMemory<byte> Peer,
    ValueList<ReadOnlyMemory<byte>> Multiaddrs);

/// <summary>By what a miner's power changes, in bytes.</summary>
[CborTuple]
public readonly partial record struct UpdateClaimedPowerParams(
    BigInt RawByteDelta, BigInt QualityAdjustedDelta);

/// <summary>When a miner wants to be called, and with what.</summary>
[CborTuple]
public sealed partial record EnrollCronEventParams(long EventEpoch, ReadOnlyMemory<byte> Payload);

/// <summary>What a miner is called with that wanted to be.</summary>
/// <param name="EventPayload">What it gave itself.</param>
/// <param name="RewardSmoothed">The reward of an epoch.</param>
/// <param name="QualityAdjustedPowerSmoothed">The network's power.</param>
[CborTuple]
public sealed partial record DeferredCronEventParams(
    ReadOnlyMemory<byte> EventPayload,
    FilterEstimate RewardSmoothed,
    FilterEstimate QualityAdjustedPowerSmoothed);

/// <summary>The network's power, as of the end of the epoch before; in bytes.</summary>
/// <param name="RawBytePower">Bytes.</param>
/// <param name="QualityAdjustedPower">Bytes by their quality.</param>
/// <param name="PledgeCollateral">What all miners have pledged.</param>
/// <param name="QualityAdjustedPowerSmoothed">Bytes by their quality, smoothed.</param>
/// <param name="RampStartEpoch">When the pledge's formula begins to change.</param>
/// <param name="RampDurationEpochs">How long it takes.</param>
[CborTuple]
public sealed partial record CurrentTotalPowerReturn(
    BigInt RawBytePower,
    BigInt QualityAdjustedPower,
    TokenAmount PledgeCollateral,
    FilterEstimate QualityAdjustedPowerSmoothed,
    long RampStartEpoch,
    ulong RampDurationEpochs);

/// <summary>A miner's power in bytes, and whether it may win blocks.</summary>
[CborTuple]
public readonly partial record struct MinerRawPowerReturn(
    BigInt RawBytePower, bool MeetsConsensusMinimum);

/// <summary>A miner's power in bytes.</summary>
[CborTuple]
public readonly partial record struct MinerPowerReturn(
    BigInt RawBytePower, BigInt QualityAdjustedPower);

/// <summary>How many miners there are: a bare number.</summary>
public readonly record struct MinerCount(long Value) : ICbor<MinerCount>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out MinerCount value)
    {
        bool isRead = reader.TryReadInt64(out long count);
        value = new(count);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteInt64(Value);
}

/// <summary>A miner's power in bytes.</summary>
/// <param name="WindowPostProofType">How it proves its sectors.</param>
/// <param name="RawBytePower">Bytes that are proved.</param>
/// <param name="QualityAdjustedPower">The same by their quality.</param>
[CborTuple]
public readonly partial record struct Claim(
    long WindowPostProofType, BigInt RawBytePower, BigInt QualityAdjustedPower);

/// <summary>A miner that wants to be called.</summary>
[CborTuple]
public sealed partial record CronEvent(Address Miner, ReadOnlyMemory<byte> CallbackPayload);
