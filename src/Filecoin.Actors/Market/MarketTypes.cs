namespace Filecoin.Actors.Market;

/// <summary>Whose escrow is asked for how much.</summary>
[CborTuple]
public readonly partial record struct WithdrawBalanceParams(
    Address ProviderOrClient, TokenAmount Amount);

/// <summary>An escrow, and the part of it that is locked.</summary>
[CborTuple]
public readonly partial record struct GetBalanceReturn(TokenAmount Balance, TokenAmount Locked);

/// <summary>Deals of one provider.</summary>
[CborTuple]
public sealed partial record PublishStorageDealsParams(ValueList<ClientDealProposal> Deals);

/// <summary>Deals that were published.</summary>
/// <param name="Ids">Their numbers.</param>
/// <param name="ValidDeals">Which of the deals given they are.</param>
[CborTuple]
public sealed partial record PublishStorageDealsReturn(
    ValueList<ulong> Ids, BitField ValidDeals);

/// <summary>What a client is told of its deal.</summary>
/// <param name="Proposal">The proposal as it is stored, encoded.</param>
/// <param name="DealId">Its number.</param>
[CborTuple]
public sealed partial record MarketNotifyDealParams(ReadOnlyMemory<byte> Proposal, ulong DealId);

/// <summary>A deal by its number. CBOR: the bare number.</summary>
public readonly record struct DealId(ulong Value) : ICbor<DealId>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out DealId value)
    {
        bool isRead = reader.TryReadUInt64(out ulong number);
        value = new(number);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);
}

/// <summary>Commitment to a deal's data, and its bytes with padding.</summary>
[CborTuple]
public readonly partial record struct GetDealDataCommitmentReturn(Cid Data, ulong Size);

/// <summary>When a deal starts, and for how many epochs.</summary>
[CborTuple]
public readonly partial record struct GetDealTermReturn(long Start, long Duration);

/// <summary>When a deal's data came into a sector and when it was lost; -1 for never.</summary>
[CborTuple]
public readonly partial record struct GetDealActivationReturn(long Activated, long Terminated);

/// <summary>Whether a deal's client spends datacap on it. CBOR: the bare boolean.</summary>
public readonly record struct GetDealVerifiedReturn(bool IsVerified)
    : ICbor<GetDealVerifiedReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out GetDealVerifiedReturn value)
    {
        bool isRead = reader.TryReadBool(out bool isVerified);
        value = new(isVerified);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBool(IsVerified);
}

/// <summary>The sector that holds a deal. CBOR: the bare number.</summary>
public readonly record struct GetDealSectorReturn(ulong Sector) : ICbor<GetDealSectorReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out GetDealSectorReturn value)
    {
        bool isRead = reader.TryReadUInt64(out ulong sector);
        value = new(sector);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Sector);
}

/// <summary>How deals were paid.</summary>
/// <param name="Results">For each deal, by ascending number.</param>
/// <param name="Settlements">Of those that succeeded.</param>
[CborTuple]
public sealed partial record SettleDealPaymentsReturn(
    BatchReturn Results, ValueList<DealSettlement> Settlements);

/// <summary>What the provider was paid, and whether the deal is over.</summary>
[CborTuple]
public readonly partial record struct DealSettlement(TokenAmount Payment, bool IsCompleted);

/// <summary>Deals of a sector, ascending. CBOR: the bare list.</summary>
public readonly record struct SectorDealIds(ValueList<ulong> Ids) : ICbor<SectorDealIds>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorDealIds value)
    {
        bool isRead = ListForm<ulong, UInt64Form>.TryRead(ref reader, out ValueList<ulong> ids);
        value = new(ids);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        ListForm<ulong, UInt64Form>.Write(ref writer, Ids);
}

/// <summary>A verified allocation by its number. CBOR: the bare number.</summary>
public readonly record struct AllocationId(ulong Value) : ICbor<AllocationId>
{
    /// <summary>Stands for no allocation.</summary>
    public const ulong None = 0;

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out AllocationId value)
    {
        bool isRead = reader.TryReadUInt64(out ulong number);
        value = new(number);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Value);
}
