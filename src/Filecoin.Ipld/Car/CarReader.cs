using Filecoin.Crypto;

namespace Filecoin.Ipld;

/// <summary>Reads a CAR, version 1: a header with roots, then blocks behind their CIDs.</summary>
/// <remarks>
/// Spec: ipld-encoding, CAR. Every block is checked against its CID; a CID whose hash function is
/// not BLAKE2b-256, SHA2-256 or identity is refused. Blocks are slices of the input.
/// </remarks>
public sealed class CarReader
{
    private const int RootsMax = 1_000;

    private readonly ReadOnlyMemory<byte> data;
    private int position;

    /// <summary>Reads the header.</summary>
    /// <param name="data">The whole CAR; it must not change while its blocks are in use.</param>
    /// <exception cref="CarException">The header is malformed.</exception>
    public CarReader(ReadOnlyMemory<byte> data)
    {
        this.data = data;
        ReadOnlyMemory<byte> header = ReadSection("header");
        Roots = ReadRoots(header.Span);
    }

    /// <summary>The CIDs that the header names.</summary>
    public IReadOnlyList<Cid> Roots { get; }

    /// <summary>Reads the next block; false at the end.</summary>
    /// <exception cref="CarException">
    /// It is cut off, malformed or not what its CID says.
    /// </exception>
    public bool TryRead(out Cid cid, out ReadOnlyMemory<byte> block)
    {
        (cid, block) = (default, default);
        if (position == data.Length)
        {
            return false;
        }

        int start = position;
        ReadOnlyMemory<byte> section = ReadSection("block");
        if (!Cid.TryRead(section.Span, out cid, out int consumed))
        {
            throw new CarException("a block without a CID", start);
        }

        block = section[consumed..];
        return IsNamedBy(block.Span, cid)
            ? true
            : throw new CarException($"a block that is not {cid}", start);
    }

    /// <summary>Reads all blocks that are left into a store.</summary>
    /// <exception cref="CarException">One of them is cut off, malformed or another.</exception>
    public void CopyTo(IBlockstore store)
    {
        while (TryRead(out Cid cid, out ReadOnlyMemory<byte> block))
        {
            store.Put(cid, block);
        }
    }

    internal static bool IsNamedBy(ReadOnlySpan<byte> block, Cid cid)
    {
        Span<byte> digest = stackalloc byte[32];
        switch (cid.HashFunction)
        {
            case Multihash.Blake2b256:
                Blake2b.Hash256(block, digest);
                return cid.Digest.SequenceEqual(digest);
            case Multihash.Sha2_256:
                Sha256.Hash(block, digest);
                return cid.Digest.SequenceEqual(digest);
            case Multihash.Identity:
                return cid.Digest.SequenceEqual(block);
            default:
                return false;
        }
    }

    private ReadOnlyMemory<byte> ReadSection(string what)
    {
        int start = position;
        if (!Varint.TryRead(data.Span[position..], out ulong length, out int consumed))
        {
            throw new CarException($"a {what} without a length", start);
        }

        position += consumed;
        if (length > (ulong)(data.Length - position))
        {
            throw new CarException(
                $"a {what} of {length} bytes where {data.Length - position} are left", start);
        }

        ReadOnlyMemory<byte> section = data.Slice(position, (int)length);
        position += (int)length;
        return section;
    }

    private static List<Cid> ReadRoots(ReadOnlySpan<byte> header)
    {
        List<Cid>? roots = null;
        ulong? version = null;
        CborReader reader = new(header);
        bool isRead = reader.TryReadMapHeader(out int entries);
        for (int i = 0; isRead && i < entries; i++)
        {
            isRead = reader.TryReadText(out string key) && key switch
            {
                "roots" when roots is null => TryReadRoots(ref reader, out roots),
                "version" when version is null => TryReadVersion(ref reader, out version),
                "roots" or "version" => false,
                _ => reader.TrySkip(),
            };
        }

        if (!isRead || !reader.TryEnd() || roots is null || version is null)
        {
            throw new CarException("a malformed header", 0);
        }

        if (roots.Count == 0)
        {
            throw new CarException("no roots", 0);
        }

        return version == 1 ? roots : throw new CarException($"version {version}, not 1", 0);
    }

    private static bool TryReadVersion(ref CborReader reader, out ulong? version)
    {
        bool isRead = reader.TryReadUInt64(out ulong number);
        version = number;
        return isRead;
    }

    private static bool TryReadRoots(ref CborReader reader, out List<Cid>? roots)
    {
        roots = [];
        if (!reader.TryReadArrayHeader(out int count) || count > RootsMax)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadCid(out Cid root))
            {
                return false;
            }

            roots.Add(root);
        }

        return true;
    }
}
