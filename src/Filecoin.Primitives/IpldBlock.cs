namespace Filecoin;

/// <summary>Bytes and how they are encoded.</summary>
/// <param name="Codec">A multicodec, see <see cref="Ipld.Codec"/>.</param>
/// <param name="Data">The bytes.</param>
public sealed record IpldBlock(ulong Codec, ReadOnlyMemory<byte> Data);
