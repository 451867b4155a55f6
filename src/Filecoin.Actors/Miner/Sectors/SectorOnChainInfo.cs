using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Actors.Miner;

/// <summary>A sector that was proven.</summary>
/// <remarks>
/// Spec: actors/miner-state 1.2; builtin-actors actors/miner/src/types.rs. CBOR: an array of 16;
/// one of 15, from before there were daily fees, is read as well. Weights are byte-epochs.
/// </remarks>
public sealed record SectorOnChainInfo : ICbor<SectorOnChainInfo>
{
    /// <summary>Power follows from verified data alone: so of all sectors since 2022.</summary>
    public const uint SimpleQualityFlag = 1;

    private const int FieldsMin = 15;
    private const int Fields = 16;

    /// <summary>Its number.</summary>
    public ulong SectorNumber { get; init; }

    /// <summary>How it was sealed.</summary>
    public long SealProof { get; init; }

    /// <summary>Commitment to the replica.</summary>
    public Cid SealedCid { get; init; }

    /// <summary>Deals of old sectors; empty since the market keeps them.</summary>
    public ValueList<ulong> DeprecatedDealIds { get; init; }

    /// <summary>When it was proven first.</summary>
    public long Activation { get; init; }

    /// <summary>When it ends.</summary>
    public long Expiration { get; init; }

    /// <summary>Data that is not verified, over the time it is promised for.</summary>
    public BigInt DealWeight { get; init; }

    /// <summary>Verified data, over the time it is promised for.</summary>
    public BigInt VerifiedDealWeight { get; init; }

    /// <summary>What is pledged for it.</summary>
    public TokenAmount InitialPledge { get; init; }

    /// <summary>No longer used.</summary>
    public TokenAmount? ExpectedDayReward { get; init; }

    /// <summary>No longer used.</summary>
    public TokenAmount? ExpectedStoragePledge { get; init; }

    /// <summary>Since when its power is reckoned.</summary>
    public long PowerBaseEpoch { get; init; }

    /// <summary>No longer used.</summary>
    public TokenAmount? ReplacedDayReward { get; init; }

    /// <summary>The first replica, when it was updated.</summary>
    public Cid? SectorKeyCid { get; init; }

    /// <summary>See <see cref="SimpleQualityFlag"/>.</summary>
    public uint Flags { get; init; }

    /// <summary>What it costs a day.</summary>
    public TokenAmount DailyFee { get; init; }

    /// <summary>Whether it holds data.</summary>
    public bool HasData => DealWeight.Value.Sign > 0 || VerifiedDealWeight.Value.Sign > 0;

    /// <summary>Its power by quality.</summary>
    public BigInt QualityPower(ulong sectorBytes) => Storage.QualityPower.Of(
        sectorBytes, Expiration - PowerBaseEpoch, VerifiedDealWeight);

    /// <summary>The same without what is no longer used.</summary>
    public SectorOnChainInfo WithoutRewards() => this with
    {
        ExpectedDayReward = null,
        ExpectedStoragePledge = null,
        ReplacedDayReward = null,
    };

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUInt64(SectorNumber);
        writer.WriteInt64(SealProof);
        SealedCid.WriteTo(ref writer);
        ListForm<ulong, UInt64Form>.Write(ref writer, DeprecatedDealIds);
        writer.WriteInt64(Activation);
        writer.WriteInt64(Expiration);
        DealWeight.WriteTo(ref writer);
        VerifiedDealWeight.WriteTo(ref writer);
        InitialPledge.WriteTo(ref writer);
        Write(ref writer, ExpectedDayReward);
        Write(ref writer, ExpectedStoragePledge);
        writer.WriteInt64(PowerBaseEpoch);
        Write(ref writer, ReplacedDayReward);
        OptionalForm<Cid, ValueForm<Cid>>.Write(ref writer, SectorKeyCid);
        writer.WriteUInt64(Flags);
        DailyFee.WriteTo(ref writer);
    }

    /// <inheritdoc/>
    public static bool TryRead(
        ref CborReader reader, [MaybeNullWhen(false)] out SectorOnChainInfo value)
    {
        value = null;
        int start = reader.Position;
        TokenAmount dailyFee = default;
        if (!reader.TryReadArrayHeader(out int count))
        {
            return false;
        }

        if (count is not (FieldsMin or Fields))
        {
            return reader.FailAt(CborErrorKind.WrongLength, start);
        }

        if (!reader.TryReadUInt64(out ulong number)
            || !reader.TryReadInt64(out long sealProof)
            || !Cid.TryRead(ref reader, out Cid sealedCid)
            || !ListForm<ulong, UInt64Form>.TryRead(ref reader, out ValueList<ulong> deals)
            || !reader.TryReadInt64(out long activation)
            || !reader.TryReadInt64(out long expiration)
            || !BigInt.TryRead(ref reader, out BigInt weight)
            || !BigInt.TryRead(ref reader, out BigInt verifiedWeight)
            || !TokenAmount.TryRead(ref reader, out TokenAmount pledge)
            || !TryRead(ref reader, out TokenAmount? dayReward)
            || !TryRead(ref reader, out TokenAmount? storagePledge)
            || !reader.TryReadInt64(out long powerBase)
            || !TryRead(ref reader, out TokenAmount? replacedReward)
            || !OptionalForm<Cid, ValueForm<Cid>>.TryRead(ref reader, out Cid? key)
            || !reader.TryReadUInt32(out uint flags)
            || (count == Fields && !TokenAmount.TryRead(ref reader, out dailyFee)))
        {
            reader.Rewind(start);
            return false;
        }

        value = new()
        {
            SectorNumber = number,
            SealProof = sealProof,
            SealedCid = sealedCid,
            DeprecatedDealIds = deals,
            Activation = activation,
            Expiration = expiration,
            DealWeight = weight,
            VerifiedDealWeight = verifiedWeight,
            InitialPledge = pledge,
            ExpectedDayReward = dayReward,
            ExpectedStoragePledge = storagePledge,
            PowerBaseEpoch = powerBase,
            ReplacedDayReward = replacedReward,
            SectorKeyCid = key,
            Flags = flags,
            DailyFee = dailyFee,
        };
        return true;
    }

    private static void Write(ref CborWriter writer, TokenAmount? amount) =>
        OptionalForm<TokenAmount, ValueForm<TokenAmount>>.Write(ref writer, amount);

    private static bool TryRead(ref CborReader reader, out TokenAmount? amount) =>
        OptionalForm<TokenAmount, ValueForm<TokenAmount>>.TryRead(ref reader, out amount);
}
