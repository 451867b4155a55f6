using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Filecoin.Ipld;

/// <summary>Names a block by codec and digest; wraps the binary form.</summary>
/// <remarks>
/// Spec: CIDv1, or the bare 34-byte CIDv0; minimal varints; a digest of at most 64 bytes;
/// rust-cid as locked by ref-fvm. <c>default(Cid)</c> names nothing, see <see cref="IsDefined"/>.
/// </remarks>
public readonly struct Cid : IEquatable<Cid>, IComparable<Cid>, ICbor<Cid>
{
    /// <summary>Buffer size that holds any CID an actor may be given, in bytes.</summary>
    public const int EncodedLengthMax = 100;

    /// <summary>Longest digest a CID may carry, in bytes.</summary>
    public const int DigestLengthMax = 64;

    // Odd, secret to this process: ground digests cannot be aimed at one hash bucket.
    [SuppressMessage("", "RS0030", Justification = "It seeds equality's hash and shows nowhere.")]
    private static readonly ulong HashSeed =
        BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    private readonly byte[]? bytes;

    private Cid(byte[] bytes) => this.bytes = bytes;

    /// <summary>False for <c>default(Cid)</c> only.</summary>
    public bool IsDefined => bytes is not null;

    /// <summary>The binary form; empty when not defined.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The binary form, which never changes; empty when not defined.</summary>
    public ReadOnlyMemory<byte> Memory => bytes;

    /// <summary>Multicodec of the block; 0 when not defined.</summary>
    public ulong Codec => Parts.Codec;

    /// <summary>Multihash number of the digest; 0 when not defined.</summary>
    public ulong HashFunction => Parts.HashFunction;

    /// <summary>The digest; empty when not defined.</summary>
    public ReadOnlySpan<byte> Digest => Bytes[Parts.DigestStart..];

    /// <summary>The CIDv1 with BLAKE2b-256 of a block.</summary>
    public static Cid Of(ulong codec, ReadOnlySpan<byte> block)
    {
        Span<byte> digest = stackalloc byte[32];
        BlockDigest.Compute(block, digest);
        return Create(codec, Multihash.Blake2b256, digest);
    }

    /// <summary>A CIDv1 from its parts; the digest is at most 64 bytes.</summary>
    /// <exception cref="ArgumentException">The digest is too long.</exception>
    public static Cid Create(ulong codec, ulong hashFunction, ReadOnlySpan<byte> digest)
    {
        if (digest.Length > DigestLengthMax)
        {
            throw new ArgumentException(
                $"a digest of {digest.Length} bytes exceeds 64", nameof(digest));
        }

        Span<byte> head = stackalloc byte[1 + (3 * Varint.LengthMax)];
        head[0] = 1;
        var length = 1 + Varint.Write(head[1..], codec);
        length += Varint.Write(head[length..], hashFunction);
        length += Varint.Write(head[length..], (ulong)digest.Length);
        var bytes = new byte[length + digest.Length];
        head[..length].CopyTo(bytes);
        digest.CopyTo(bytes.AsSpan(length));
        return new Cid(bytes);
    }

    /// <summary>Reads a CID from the start of <paramref name="bytes"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Cid cid, out int consumed)
    {
        cid = default;
        if (!CidParts.TryRead(bytes, out var parts))
        {
            consumed = 0;
            return false;
        }

        consumed = parts.Length;
        cid = new Cid(bytes[..consumed].ToArray());
        return true;
    }

    /// <summary>Reads a CID that fills <paramref name="bytes"/> exactly.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Cid cid)
    {
        cid = default;
        if (!CidParts.TryRead(bytes, out var parts) || parts.Length != bytes.Length)
        {
            return false;
        }

        cid = new Cid(bytes.ToArray());
        return true;
    }

    /// <summary>Reads the text form: base32 lower case (b), base58btc (z), or a CIDv0.</summary>
    public static bool TryParse(string? text, out Cid cid)
    {
        cid = default;
        return CidText.TryDecode(text, out var bytes) && TryDecode(bytes, out cid);
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">The text is no CID.</exception>
    public static Cid Parse(string text) => TryParse(text, out var cid)
        ? cid
        : throw new FormatException($"'{(text?.Length > 120 ? text[..120] : text)}' is not a CID");

    /// <summary>
    /// Base32 text of a CIDv1, base58btc text of a CIDv0; empty when not defined.
    /// </summary>
    public override string ToString() => CidText.Encode(Bytes);

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer) => writer.WriteCid(this);

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out Cid value) =>
        reader.TryReadCid(out value);

    /// <inheritdoc/>
    public bool Equals(Cid other) =>
        ReferenceEquals(bytes, other.bytes) || Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Cid other && Equals(other);

    /// <inheritdoc/>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    public override int GetHashCode() => HashOf(Bytes);

    /// <summary>The hash for equality of a CID in its binary form.</summary>
    [SuppressMessage("", "RS0030", Justification = "Equality's hash, never an order.")]
    internal static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var blake2b = bytes.Length == 38 && bytes[2] == 0xa0 && bytes[3] == 0xe4 && bytes[4] == 2;
        if (blake2b)
        {
            var tail = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
            return unchecked((int)((tail * HashSeed) >> 32));
        }

        // Digests of other functions can be chosen freely, so every byte counts.
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>Order of the binary forms, byte by byte.</summary>
    public int CompareTo(Cid other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Equality of the binary forms.</summary>
    public static bool operator ==(Cid left, Cid right) => left.Equals(right);

    /// <summary>Inequality of the binary forms.</summary>
    public static bool operator !=(Cid left, Cid right) => !left.Equals(right);

    /// <summary>Order of the binary forms.</summary>
    public static bool operator <(Cid left, Cid right) => left.CompareTo(right) < 0;

    /// <summary>Order of the binary forms.</summary>
    public static bool operator >(Cid left, Cid right) => left.CompareTo(right) > 0;

    /// <summary>Order of the binary forms.</summary>
    public static bool operator <=(Cid left, Cid right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the binary forms.</summary>
    public static bool operator >=(Cid left, Cid right) => left.CompareTo(right) >= 0;

    /// <summary>Where its parts lie; nothing when not defined.</summary>
    internal CidParts Parts => CidParts.TryRead(Bytes, out var parts) ? parts : default;
}
