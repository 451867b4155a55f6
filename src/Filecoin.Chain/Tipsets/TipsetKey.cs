using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Filecoin.Chain;

/// <summary>Names a tipset: the CIDs of its blocks in their order.</summary>
/// <remarks>
/// Spec: ipld-encoding 7.2; lotus chain/types/tipset_key.go. Bytes: the CIDs, one after the other.
/// CBOR: these as a byte string. The default value is the key of no block.
/// </remarks>
public readonly struct TipsetKey : IEquatable<TipsetKey>, ICbor<TipsetKey>
{
    private readonly byte[]? bytes;

    private TipsetKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Whether it names no block.</summary>
    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Names the key; its digest is what Ethereum knows the tipset by.</summary>
    public Cid Cid => Cid.Of(Codec.DagCbor, Cbor.Encode(this));

    /// <summary>The CIDs.</summary>
    public ValueList<Cid> Cids => TryReadCids(Bytes, out List<Cid> cids) ? [.. cids] : [];

    /// <summary>The key of blocks in their order.</summary>
    public static TipsetKey Of(params ReadOnlySpan<Cid> cids)
    {
        int length = 0;
        foreach (Cid cid in cids)
        {
            length += cid.Bytes.Length;
        }

        byte[] joined = new byte[length];
        int end = 0;
        foreach (Cid cid in cids)
        {
            cid.Bytes.CopyTo(joined.AsSpan(end));
            end += cid.Bytes.Length;
        }

        return new(joined);
    }

    /// <summary>Reads CIDs that fill the input exactly.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> input, out TipsetKey key)
    {
        bool read = TryReadCids(input, out _);
        key = read ? new(input.ToArray()) : default;
        return read;
    }

    /// <summary>The CID of the key of the tipset that Ethereum knows by a hash.</summary>
    public static Cid CidOfEthereumHash(ReadOnlySpan<byte> hash32) =>
        Cid.Create(Codec.DagCbor, Multihash.Blake2b256, hash32);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out TipsetKey value)
    {
        value = default;
        int start = reader.Position;
        return reader.TryReadBytes(out ReadOnlySpan<byte> input)
            && (TryDecode(input, out value) || reader.FailAt(CborErrorKind.InvalidCid, start));
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteBytes(Bytes);

    /// <inheritdoc/>
    public bool Equals(TipsetKey other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) =>
        obj is TipsetKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes.Length < sizeof(int)
        ? 0
        : BinaryPrimitives.ReadInt32LittleEndian(Bytes[^sizeof(int)..]);

    /// <summary>The CIDs in braces.</summary>
    public override string ToString() => $"{{{string.Join(',', (IEnumerable<Cid>)Cids)}}}";

    /// <summary>Whether both name the same tipset.</summary>
    public static bool operator ==(TipsetKey left, TipsetKey right) => left.Equals(right);

    /// <summary>Whether they name different tipsets.</summary>
    public static bool operator !=(TipsetKey left, TipsetKey right) => !left.Equals(right);

    private static bool TryReadCids(ReadOnlySpan<byte> input, out List<Cid> cids)
    {
        cids = [];
        while (!input.IsEmpty)
        {
            if (!Cid.TryRead(input, out Cid cid, out int consumed))
            {
                return false;
            }

            cids.Add(cid);
            input = input[consumed..];
        }

        return true;
    }
}
