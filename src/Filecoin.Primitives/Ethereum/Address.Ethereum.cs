using System.Buffers.Binary;
using Filecoin.Crypto;

namespace Filecoin;

/// <content>Addresses of Ethereum, 20 bytes each, and what they are on this chain.</content>
/// <remarks>
/// Spec: eth-compat 5.5; FIP-0055. The form ff, eleven zeros and a number of eight bytes masks an
/// id; any other is the address in the namespace of the Ethereum address manager, f410….
/// </remarks>
public readonly partial struct Address
{
    /// <summary>Bytes of an Ethereum address.</summary>
    public const int EthereumLength = 20;

    private const byte EthereumIdPrefix = 0xff;
    private const int EthereumIdStart = EthereumLength - sizeof(ulong);

    /// <summary>The actor whose namespace Ethereum's addresses are in, their manager.</summary>
    public static ActorId EthereumNamespace => new(10);

    /// <summary>
    /// The address of an Ethereum address: an id if it is one that is masked, else f410.
    /// </summary>
    /// <param name="ethereum">20 bytes.</param>
    public static Address FromEthereum(ReadOnlySpan<byte> ethereum)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ethereum.Length, EthereumLength);
        return MasksId(ethereum)
            ? new(BinaryPrimitives.ReadUInt64BigEndian(ethereum[EthereumIdStart..]))
            : FromDelegated(EthereumNamespace, ethereum);
    }

    /// <summary>The address that Ethereum gives an uncompressed public key of 65 bytes.</summary>
    public static Address FromEthereumKey(ReadOnlySpan<byte> publicKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(publicKey.Length, SecpKeyLength);
        Span<byte> digest = stackalloc byte[Keccak256.DigestLength];
        Keccak256.Hash(publicKey[1..], digest);
        return FromEthereum(digest[^EthereumLength..]);
    }

    /// <summary>Writes the 20 bytes that Ethereum knows an f0 or f410 address by.</summary>
    /// <returns>
    /// False for any other, and for f410 with what would mask an id: Ethereum has no name for it.
    /// </returns>
    public bool TryToEthereum(Span<byte> ethereum20)
    {
        Span<byte> target = ethereum20[..EthereumLength];
        if (IsId)
        {
            target.Clear();
            target[0] = EthereumIdPrefix;
            BinaryPrimitives.WriteUInt64BigEndian(target[EthereumIdStart..], id);
            return true;
        }

        return TryGetDelegated(out ulong manager, out ReadOnlySpan<byte> subaddress)
            && manager == EthereumNamespace.Value
            && subaddress.Length == EthereumLength
            && !MasksId(subaddress)
            && subaddress.TryCopyTo(target);
    }

    private static bool MasksId(ReadOnlySpan<byte> ethereum) =>
        ethereum[0] == EthereumIdPrefix
        && !ethereum[1..EthereumIdStart].ContainsAnyExcept((byte)0);
}
