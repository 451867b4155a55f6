namespace Filecoin.Actors.Miner;

/// <summary>Bytes of a sector; of a state only those sizes are read that there are.</summary>
/// <param name="Bytes">How many.</param>
/// <remarks>Spec: ref-fvm shared/src/sector/mod.rs, SectorSize.</remarks>
public readonly record struct SectorSize(ulong Bytes) : ICbor<SectorSize>
{
    private static readonly ulong[] All = [2 << 10, 8 << 20, 512 << 20, 32UL << 30, 64UL << 30];

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out SectorSize value)
    {
        int start = reader.Position;
        bool isRead = reader.TryReadUInt64(out ulong bytes);
        value = new(bytes);
        return isRead
            && (Array.IndexOf(All, bytes) >= 0
                || reader.FailAt(CborErrorKind.InvalidValue, start));
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteUInt64(Bytes);

    /// <summary>The bytes.</summary>
    public static implicit operator ulong(SectorSize size) => size.Bytes;

    /// <summary>The size of so many bytes.</summary>
    public static implicit operator SectorSize(ulong bytes) => new(bytes);
}
