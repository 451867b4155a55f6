using System.Buffers.Binary;

namespace Filecoin.Evm;

/// <summary>An address of 20 bytes, as contracts see it.</summary>
/// <remarks>
/// Spec: eam, Ethereum address forms; builtin-actors actors/evm/shared/src/address.rs. The form
/// ff, eleven zeros and a number of eight bytes masks an actor's id; any other stands for the
/// delegated address of namespace 10.
/// </remarks>
public readonly record struct EthAddress
{
    /// <summary>Its length, in bytes.</summary>
    public const int Length = 20;

    private const ulong IdMask = 0xff00000000000000;

    private readonly ulong first;
    private readonly uint second;
    private readonly ulong third;

    private EthAddress(ulong first, uint second, ulong third)
    {
        this.first = first;
        this.second = second;
        this.third = third;
    }

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => first == 0 && second == 0 && third == 0;

    /// <summary>The address that masks an actor's id.</summary>
    public static EthAddress FromActorId(ActorId id) => new(IdMask, 0, id.Value);

    /// <summary>Reads 20 bytes.</summary>
    public static EthAddress FromBytes(ReadOnlySpan<byte> bytes20) => bytes20.Length == Length
        ? new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes20),
            BinaryPrimitives.ReadUInt32BigEndian(bytes20[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes20[12..]))
        : throw new ArgumentException(
            $"an Ethereum address has 20 bytes, not {bytes20.Length}", nameof(bytes20));

    /// <summary>The low 20 bytes of a word, whatever the others are.</summary>
    public static EthAddress FromWord(in U256 word) => new(
        (word.W1 >> 32) | ((word.W2 & uint.MaxValue) << 32),
        (uint)(word.W1 & uint.MaxValue),
        word.W0);

    /// <summary>The word with these low 20 bytes, the others zero.</summary>
    public U256 ToWord() => new(third, second | (first << 32), first >> 32, 0);

    /// <summary>The 20 bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>Writes the 20 bytes.</summary>
    public void WriteBytes(Span<byte> bytes20)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes20, first);
        BinaryPrimitives.WriteUInt32BigEndian(bytes20[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(bytes20[12..], third);
    }

    /// <summary>The actor's id if this masks one.</summary>
    public bool TryGetActorId(out ActorId id)
    {
        id = new(third);
        return first == IdMask && second == 0;
    }

    /// <summary>The same address in Filecoin's form: an id if it masks one, else f410.</summary>
    public Address ToFilecoinAddress()
    {
        Span<byte> bytes = stackalloc byte[Length];
        WriteBytes(bytes);
        return Address.FromEthereum(bytes);
    }

    /// <summary>Its 40 hexadecimal digits after 0x.</summary>
    public override string ToString() => $"0x{Convert.ToHexStringLower(ToBytes())}";

    /// <summary>
    /// The last byte if the first has the value given and all between are zero; 0 if not.
    /// </summary>
    internal byte NumberAfter(byte prefix) =>
        first == (ulong)prefix << 56 && second == 0 && third <= byte.MaxValue
            ? (byte)third
            : (byte)0;
}
