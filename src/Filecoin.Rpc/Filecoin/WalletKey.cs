using System.Security.Cryptography;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>A key that messages of the network's own are signed with.</summary>
/// <remarks>Spec: lotus lib/sigs, chain/wallet/key.</remarks>
public sealed class WalletKey
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretLength = 32;

    /// <summary>The bit that would put a random number above BLS12-381's order.</summary>
    private const byte BlsTopMask = 0x3f;

    private readonly byte[] secret;

    private WalletKey(SignatureType type, Address address, byte[] secret) =>
        (Type, Address, this.secret) = (type, address, secret);

    /// <summary>How it signs.</summary>
    public SignatureType Type { get; }

    /// <summary>Its address.</summary>
    public Address Address { get; }

    /// <summary>Its secret: of BLS the lowest byte first.</summary>
    public ReadOnlyMemory<byte> Secret => secret;

    /// <summary>What lotus calls its type.</summary>
    public string TypeName => NameOf(Type);

    /// <summary>The key of a secret.</summary>
    /// <exception cref="ArgumentException">It is no secret of a key.</exception>
    public static WalletKey Of(SignatureType type, ReadOnlySpan<byte> secret32)
    {
        byte[] secret = secret32.Length == SecretLength
            ? secret32.ToArray()
            : throw new ArgumentException($"a secret has 32 bytes, not {secret32.Length}");
        return new(type, AddressOf(type, secret), secret);
    }

    /// <summary>A new key.</summary>
    public static WalletKey Make(SignatureType type)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(SecretLength);
        if (type == SignatureType.Bls)
        {
            secret[^1] &= BlsTopMask;
        }

        return Of(type, secret);
    }

    /// <summary>Reads what lotus calls a type.</summary>
    public static bool TryParseType(string? name, out SignatureType type)
    {
        foreach (SignatureType known in Enum.GetValues<SignatureType>())
        {
            type = known;
            if (NameOf(known) == name)
            {
                return true;
            }
        }

        type = default;
        return false;
    }

    /// <summary>Whether a delegated signature of bytes is an address'.</summary>
    public static bool VerifyDelegated(
        Address signer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SecretLength];
        Keccak256.Hash(data, hash);
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        return signature.Length == Secp256k1.SignatureLength
            && Secp256k1.TryRecover(hash, signature, key)
            && Address.FromEthereumKey(key) == signer;
    }

    /// <summary>Signs bytes.</summary>
    public Signature Sign(ReadOnlySpan<byte> data)
    {
        byte[] signature;
        if (Type == SignatureType.Bls)
        {
            signature = new byte[Bls.SignatureLength];
            Bls.Sign(secret, data, signature);
            return new(Type, signature);
        }

        Span<byte> hash = stackalloc byte[SecretLength];
        if (Type == SignatureType.Delegated)
        {
            Keccak256.Hash(data, hash);
        }
        else
        {
            Blake2b.Hash(data, hash);
        }

        signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(hash, secret, signature);
        return new(Type, signature);
    }

    /// <summary>Signs a message.</summary>
    /// <exception cref="RpcException">It is no transaction of Ethereum, but the key is.</exception>
    public SignedMessage Sign(Message message, ulong chainId)
    {
        if (Type != SignatureType.Delegated)
        {
            return new(message, Sign(message.Cid.Bytes));
        }

        SignedMessage unsigned =
            new(message, new(Type, new byte[Secp256k1.SignatureLength]));
        return EthereumTransaction.TryFromSignedMessage(
            unsigned, chainId, out EthereumTransaction? transaction, out _)
            ? new(message, Sign(transaction.EncodeUnsigned()))
            : throw new RpcException(
                "unsupported message for a delegated signer: it calls InvokeEVM, and nobody"
                    + " but contracts, Ethereum's accounts and ids");
    }

    private static string NameOf(SignatureType type) => type switch
    {
        SignatureType.Secp256k1 => "secp256k1",
        SignatureType.Bls => "bls",
        SignatureType.Delegated => "delegated",
    };

    private static Address AddressOf(SignatureType type, byte[] secret)
    {
        if (type == SignatureType.Bls)
        {
            Span<byte> bls = stackalloc byte[Bls.PublicKeyLength];
            Bls.PublicKey(secret, bls);
            return Address.FromBls(bls);
        }

        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        Secp256k1.PublicKey(secret, key);
        return type == SignatureType.Delegated
            ? Address.FromEthereumKey(key)
            : Address.FromSecp256k1(key);
    }
}
