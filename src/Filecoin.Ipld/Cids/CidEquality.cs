namespace Filecoin.Ipld;

/// <summary>Equality of CIDs by which a table is asked for one that lies in other bytes.</summary>
internal sealed class CidEquality
    : IEqualityComparer<Cid>, IAlternateEqualityComparer<ReadOnlySpan<byte>, Cid>
{
    internal static CidEquality OfBytes { get; } = new();

    public bool Equals(Cid x, Cid y) => x.Equals(y);

    public int GetHashCode(Cid obj) => Cid.HashOf(obj.Bytes);

    public Cid Create(ReadOnlySpan<byte> alternate) =>
        Cid.TryDecode(alternate, out Cid cid) ? cid : default;

    public bool Equals(ReadOnlySpan<byte> alternate, Cid other) =>
        alternate.SequenceEqual(other.Bytes);

    public int GetHashCode(ReadOnlySpan<byte> alternate) => Cid.HashOf(alternate);
}
