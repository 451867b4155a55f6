namespace Filecoin.Actors.Storage;

/// <summary>What a miner tells actors about data that has come into sectors.</summary>
/// <param name="Sectors">The sectors, ascending.</param>
/// <remarks>Spec: actors/miner-methods, notifications. CBOR: the bare list.</remarks>
public readonly record struct SectorContentChangedParams(ValueList<SectorChanges> Sectors)
    : ICbor<SectorContentChangedParams>
{
    /// <summary>The method that is told; any actor may export it.</summary>
    public static MethodNumber Method { get; } = MethodNumber.Exported("SectorContentChanged");

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorContentChangedParams value)
    {
        bool isRead = ListForm<SectorChanges, ValueForm<SectorChanges>>.TryRead(
            ref reader, out ValueList<SectorChanges> sectors);
        value = new(sectors);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        ListForm<SectorChanges, ValueForm<SectorChanges>>.Write(ref writer, Sectors);
}

/// <summary>What has come into a sector.</summary>
/// <param name="Sector">Its number.</param>
/// <param name="MinimumCommitmentEpoch">Until when it is promised.</param>
/// <param name="Added">The pieces of which this actor is told.</param>
[CborTuple]
public sealed partial record SectorChanges(
    ulong Sector, long MinimumCommitmentEpoch, ValueList<PieceChange> Added);

/// <summary>A piece that has come into a sector.</summary>
/// <param name="Data">Commitment to it.</param>
/// <param name="Size">Bytes with padding.</param>
/// <param name="Payload">What the miner sends with it.</param>
[CborTuple]
public sealed partial record PieceChange(Cid Data, ulong Size, ReadOnlyMemory<byte> Payload);

/// <summary>What the actor that was told makes of it.</summary>
/// <param name="Sectors">For each sector. CBOR: the bare list.</param>
public readonly record struct SectorContentChangedReturn(ValueList<SectorReturn> Sectors)
    : ICbor<SectorContentChangedReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorContentChangedReturn value)
    {
        bool isRead = ListForm<SectorReturn, ValueForm<SectorReturn>>.TryRead(
            ref reader, out ValueList<SectorReturn> sectors);
        value = new(sectors);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        ListForm<SectorReturn, ValueForm<SectorReturn>>.Write(ref writer, Sectors);
}

/// <summary>What it makes of the pieces of one sector.</summary>
/// <param name="Accepted">Whether it takes each piece. CBOR: the bare list.</param>
public readonly record struct SectorReturn(ValueList<bool> Accepted) : ICbor<SectorReturn>
{
    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorReturn value)
    {
        bool isRead = ListForm<bool, BoolForm>.TryRead(ref reader, out ValueList<bool> accepted);
        value = new(accepted);
        return isRead;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) =>
        ListForm<bool, BoolForm>.Write(ref writer, Accepted);
}
