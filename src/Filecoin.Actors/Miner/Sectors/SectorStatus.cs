namespace Filecoin.Actors.Miner;

/// <summary>How a sector is: a bare number of 0 to 2.</summary>
/// <remarks>Spec: actors/miner-methods, sector status.</remarks>
public readonly record struct SectorStatus(byte Code) : ICbor<SectorStatus>
{
    private const byte CodeMax = 2;

    /// <summary>It has ended, or never was.</summary>
    public static SectorStatus Dead => new(0);

    /// <summary>It lives.</summary>
    public static SectorStatus Active => new(1);

    /// <summary>It is faulty.</summary>
    public static SectorStatus Faulty => new(2);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorStatus value)
    {
        value = default;
        int start = reader.Position;
        if (!reader.TryReadUInt64(out ulong code))
        {
            return false;
        }

        if (code > CodeMax)
        {
            return reader.FailAt(CborErrorKind.InvalidValue, start);
        }

        value = new((byte)code);
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Code);
}

/// <summary>Where a sector is; -1 for both if it is nowhere.</summary>
[CborTuple]
public readonly partial record struct SectorLocation(long Deadline, long Partition)
{
    /// <summary>Nowhere.</summary>
    public static SectorLocation Nowhere => new(-1, -1);
}

/// <summary>How a sector is, and where: something to be shown again later.</summary>
/// <param name="Status">How.</param>
/// <param name="AuxData">CBOR of <see cref="SectorLocation"/>.</param>
[CborTuple]
public sealed partial record GenerateSectorLocationReturn(
    SectorStatus Status, ReadOnlyMemory<byte> AuxData);

/// <summary>How a sector is said to be.</summary>
/// <param name="SectorNumber">The sector.</param>
/// <param name="Status">How.</param>
/// <param name="AuxData">Where, as it was given.</param>
[CborTuple]
public sealed partial record ValidateSectorStatusParams(
    ulong SectorNumber, SectorStatus Status, ReadOnlyMemory<byte> AuxData);
