namespace Filecoin.Vm;

/// <summary>An IPLD block as actors pass it around: it does not change.</summary>
/// <param name="codec">How its data is encoded.</param>
/// <param name="data">Its bytes.</param>
/// <param name="links">CIDs in it, as the scan lists them; none before version 21.</param>
internal sealed class Block(ulong codec, ReadOnlyMemory<byte> data, Cid[] links)
{
    public ulong Codec { get; } = codec;

    public ReadOnlyMemory<byte> Data { get; } = data;

    public Cid[] Links { get; } = links;

    public int Size => Data.Length;
}
