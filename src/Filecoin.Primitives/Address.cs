using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Filecoin.Crypto;

namespace Filecoin;

/// <summary>Where a message goes.</summary>
/// <remarks>
/// Spec: syscalls 1.2; ref-fvm shared/src/address. Bytes: the protocol, then an id as varint, a
/// hash, a key, or a namespace as varint and up to 54 bytes. CBOR: these bytes as a byte string.
/// The default value is f00.
/// </remarks>
public readonly partial struct Address : IEquatable<Address>, ICbor<Address>
{
    /// <summary>Bytes of the longest address.</summary>
    public const int EncodedLengthMax = 1 + Varint.LengthMax + SubaddressLengthMax;

    /// <summary>Bytes of the longest part behind a namespace.</summary>
    public const int SubaddressLengthMax = 54;

    private const int HashLength = 20;
    private const int BlsKeyLength = 48;
    private const int SecpKeyLength = 65;

    private readonly ulong id;

    /// <summary>All bytes of an address that is not an id.</summary>
    private readonly byte[]? bytes;

    private Address(ulong id) => this.id = id;

    private Address(byte[] bytes) => this.bytes = bytes;

    /// <summary>Its kind.</summary>
    public Protocol Protocol => bytes is null ? Protocol.Id : (Protocol)bytes[0];

    /// <summary>Whether it is an actor's number.</summary>
    public bool IsId => bytes is null;

    /// <summary>What follows the protocol; of an id, nothing.</summary>
    public ReadOnlySpan<byte> Payload => bytes is null ? default : bytes.AsSpan(1);

    /// <summary>How many bytes it has.</summary>
    public int EncodedLength => bytes?.Length ?? 1 + VarintLength(id);

    /// <summary>The address of an actor's number.</summary>
    public static Address FromId(ActorId id) => new(id.Value);

    /// <summary>The f1 address of an uncompressed public key of 65 bytes.</summary>
    public static Address FromSecp256k1(ReadOnlySpan<byte> publicKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, SecpKeyLength);
        return FromHash(Protocol.Secp256k1, publicKey);
    }

    /// <summary>The f2 address of what made an actor.</summary>
    public static Address FromActor(ReadOnlySpan<byte> seed) => FromHash(Protocol.Actor, seed);

    /// <summary>The f3 address of a public key of 48 bytes.</summary>
    public static Address FromBls(ReadOnlySpan<byte> publicKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, BlsKeyLength);
        return new([(byte)Protocol.Bls, .. publicKey]);
    }

    /// <summary>The f4 address in an actor's namespace.</summary>
    public static Address FromDelegated(ActorId manager, ReadOnlySpan<byte> subaddress)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subaddress.Length, SubaddressLengthMax);
        Span<byte> buffer = stackalloc byte[EncodedLengthMax];
        buffer[0] = (byte)Protocol.Delegated;
        int length = 1 + Varint.Write(buffer[1..], manager.Value);
        subaddress.CopyTo(buffer[length..]);
        return new(buffer[..(length + subaddress.Length)].ToArray());
    }

    /// <summary>Reads an address that fills the input exactly.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> input, out Address address)
    {
        address = default;
        if (input.Length < 2)
        {
            return false;
        }

        ReadOnlySpan<byte> payload = input[1..];
        switch ((Protocol)input[0])
        {
            case Protocol.Id:
                bool read = Varint.TryRead(payload, out ulong id, out int consumed);
                address = new(id);
                return read && consumed == payload.Length;
            case Protocol.Secp256k1 or Protocol.Actor when payload.Length == HashLength:
            case Protocol.Bls when payload.Length == BlsKeyLength:
            case Protocol.Delegated when IsDelegated(payload):
                address = new(input.ToArray());
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads the text form, of mainnet (f…) or a test network (t…).</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        return text is not null && AddressText.TryParse(text, out address);
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is no address.</exception>
    public static Address Parse(string text) => TryParse(text, out Address address)
        ? address
        : throw new FormatException($"not an address: {text}");

    /// <summary>The number, if it is one.</summary>
    public bool TryGetId(out ActorId actor)
    {
        actor = new(id);
        return IsId;
    }

    /// <summary>Namespace and rest, if it is delegated.</summary>
    public bool TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> subaddress)
    {
        manager = 0;
        subaddress = default;
        if (Protocol != Protocol.Delegated
            || !Varint.TryRead(Payload, out manager, out int consumed))
        {
            return false;
        }

        subaddress = Payload[consumed..];
        return true;
    }

    /// <summary>Writes its bytes and says how many.</summary>
    public int Encode(Span<byte> target)
    {
        if (bytes is not null)
        {
            bytes.CopyTo(target);
            return bytes.Length;
        }

        target[0] = (byte)Protocol.Id;
        return 1 + Varint.Write(target[1..], id);
    }

    /// <summary>Its bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] result = new byte[EncodedLength];
        _ = Encode(result);
        return result;
    }

    /// <inheritdoc/>
    public static bool TryRead(ref CborReader reader, out Address value)
    {
        value = default;
        int start = reader.Position;
        return reader.TryReadBytes(out ReadOnlySpan<byte> input)
            && (TryDecode(input, out value) || reader.FailAt(CborErrorKind.InvalidValue, start));
    }

    /// <inheritdoc/>
    public void WriteTo(ref CborWriter writer)
    {
        Span<byte> buffer = stackalloc byte[EncodedLengthMax];
        writer.WriteBytes(buffer[..Encode(buffer)]);
    }

    /// <inheritdoc/>
    public bool Equals(Address other) =>
        id == other.id && bytes.AsSpan().SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // The last bytes are part of a hash or a key wherever there are that many.
        return bytes is null
            ? id.GetHashCode()
            : bytes.Length >= sizeof(int)
                ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - sizeof(int)))
                : bytes.Length;
    }

    /// <summary>The text form of mainnet.</summary>
    public override string ToString() => AddressText.Format(this);

    /// <summary>
    /// The text form of all other networks, those of developers among them: it begins with t.
    /// </summary>
    public string ToTestnetString() => $"t{ToString()[1..]}";

    /// <summary>Whether the addresses are the same, letter by letter.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Whether the addresses differ.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    private static Address FromHash(Protocol protocol, ReadOnlySpan<byte> data)
    {
        byte[] result = new byte[1 + HashLength];
        result[0] = (byte)protocol;
        Blake2b.Hash(data, result.AsSpan(1));
        return new(result);
    }

    private static bool IsDelegated(ReadOnlySpan<byte> payload) =>
        Varint.TryRead(payload, out _, out int consumed)
        && payload.Length - consumed <= SubaddressLengthMax;

    private static int VarintLength(ulong value)
    {
        int length = 1;
        for (; value >= 0x80; value >>= 7)
        {
            length++;
        }

        return length;
    }
}
