using System.Buffers.Binary;

namespace Filecoin.Chain;

/// <summary>Keys of a store's entries: a tag, then what is looked for.</summary>
/// <remarks>They are on disk: a new meaning is a new format.</remarks>
internal static class ChainKeys
{
    private const byte EpochTag = 3;
    private const byte TipsetTag = 4;
    private const byte ChannelTag = 8;
    private const byte MessageTag = 1;
    private const byte EthereumTag = 2;
    private const byte BlsTag = 3;

    /// <summary>In the chain: the head's key.</summary>
    public static byte[] Head { get; } = [1];

    /// <summary>In the chain: the key of the first tipset.</summary>
    public static byte[] Genesis { get; } = [2];

    /// <summary>In the chain: there while a snapshot is taken up.</summary>
    public static byte[] UnfinishedImport { get; } = [5];

    /// <summary>In the chain: whose it is.</summary>
    public static byte[] Network { get; } = [6];

    /// <summary>In the chain: which miners a node proves.</summary>
    public static byte[] Miners { get; } = [7];

    /// <summary>In the chain: the key of an epoch's tipset.</summary>
    public static byte[] Epoch(ChainEpoch epoch)
    {
        byte[] key = new byte[1 + sizeof(long)];
        key[0] = EpochTag;
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(1), epoch.Value);
        return key;
    }

    /// <summary>Whether a key of the chain is that of an epoch.</summary>
    public static bool IsEpoch(ReadOnlySpan<byte> key) =>
        key.Length == 1 + sizeof(long) && key[0] == EpochTag;

    /// <summary>In the chain: a tipset's record, by the CID of its key.</summary>
    public static byte[] Tipset(Cid keyCid) => [TipsetTag, .. keyCid.Bytes];

    /// <summary>In the chain: the payment channel that came as the so-manieth.</summary>
    public static byte[] Channel(ulong number)
    {
        byte[] key = new byte[1 + sizeof(ulong)];
        key[0] = ChannelTag;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), number);
        return key;
    }

    /// <summary>In the index: where a message is.</summary>
    public static byte[] Message(Cid cid) => [MessageTag, .. cid.Bytes];

    /// <summary>In the index: the CID of the message of an Ethereum transaction.</summary>
    public static byte[] Ethereum(ReadOnlySpan<byte> hash) => [EthereumTag, .. hash];

    /// <summary>In the index: the signature of a BLS message.</summary>
    public static byte[] BlsSignature(Cid cid) => [BlsTag, .. cid.Bytes];

    /// <summary>In the pool: the message that came as the so-manieth.</summary>
    public static byte[] Arrival(ulong number)
    {
        byte[] key = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(key, number);
        return key;
    }
}
