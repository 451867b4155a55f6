using System.Security.Cryptography;
using System.Text;
using Filecoin.Crypto;

namespace Filecoin.Node;

/// <summary>A secret key of the user.</summary>
/// <remarks>Spec: crypto 1 to 3; lotus lib/sigs; EIP-191 for what Ethereum's keys sign.</remarks>
internal sealed class WalletKey
{
    private const int SecretLength = 32;
    private const byte FirstRecovery = 27;

    private readonly byte[] secret;

    private WalletKey(KeyKind kind, byte[] secret, Address address) =>
        (Kind, this.secret, Address) = (kind, secret, address);

    /// <summary>What it is for.</summary>
    public KeyKind Kind { get; }

    /// <summary>The account that it signs for.</summary>
    public Address Address { get; }

    /// <summary>The secret of 32 bytes; of a BLS key the last byte counts most.</summary>
    public ReadOnlySpan<byte> Secret => secret;

    /// <summary>A key that nobody else has.</summary>
    public static WalletKey Create(KeyKind kind)
    {
        byte[] secret = new byte[SecretLength];
        while (true)
        {
            RandomNumberGenerator.Fill(secret);
            if (TryOf(kind, secret, out WalletKey? key))
            {
                return key;
            }
        }
    }

    /// <summary>The key of a secret.</summary>
    /// <exception cref="ClientException">The curve has no such secret.</exception>
    public static WalletKey Of(KeyKind kind, byte[] secret) =>
        secret.Length == SecretLength && TryOf(kind, secret, out WalletKey? key)
            ? key
            : throw new ClientException($"these {secret.Length} bytes are no secret key: "
                + $"{SecretLength} bytes, above 0 and below the curve's order");

    /// <summary>The kind of key that an address is of.</summary>
    public static bool TryKindOf(Address address, out KeyKind kind)
    {
        kind = address.Protocol switch
        {
            Protocol.Secp256k1 => KeyKind.Secp256k1,
            Protocol.Bls => KeyKind.Bls,
            Protocol.Id or Protocol.Actor or Protocol.Delegated => KeyKind.Delegated,
        };
        return address.Protocol is Protocol.Secp256k1 or Protocol.Bls
            || (address.Protocol == Protocol.Delegated
                && AddressArgument.EthereumText(address) is not null);
    }

    /// <summary>Signs a hash with secp256k1: r, s, and the parity of y.</summary>
    public byte[] SignHash(ReadOnlySpan<byte> hash32)
    {
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(hash32, secret, signature);
        return signature;
    }

    /// <summary>Signs bytes as the network's messages are signed; not of Ethereum.</summary>
    public Signature SignFilecoin(ReadOnlySpan<byte> data)
    {
        if (Kind == KeyKind.Bls)
        {
            byte[] signature = new byte[Bls.SignatureLength];
            Bls.Sign(secret, data, signature);
            return new(SignatureType.Bls, signature);
        }

        Span<byte> hash = stackalloc byte[Secp256k1.ScalarLength];
        Blake2b.Hash256(data, hash);
        return new(SignatureType.Secp256k1, SignHash(hash));
    }

    /// <summary>
    /// Signs text or bytes of a person: Ethereum's keys as Ethereum's wallets do, r, s and 27 or
    /// 28; others as lotus does, the kind and the signature.
    /// </summary>
    public byte[] SignText(ReadOnlySpan<byte> data)
    {
        if (Kind == KeyKind.Delegated)
        {
            byte[] signature = SignHash(PersonalHash(data));
            signature[^1] += FirstRecovery;
            return signature;
        }

        Signature signed = SignFilecoin(data);
        return [(byte)signed.Type, .. signed.Data.Span];
    }

    /// <summary>Whether a signature of text or bytes is that of an address' key.</summary>
    public static bool Verify(Address signer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        bool isFilecoin = signature.Length > 0 && signer.Protocol switch
        {
            Protocol.Secp256k1 => signature[0] == (byte)SignatureType.Secp256k1,
            Protocol.Bls => signature[0] == (byte)SignatureType.Bls,
            Protocol.Id or Protocol.Actor or Protocol.Delegated => false,
        };
        if (isFilecoin && signer.Protocol == Protocol.Bls)
        {
            return signature.Length == 1 + Bls.SignatureLength
                && Bls.Verify(signature[1..], data, signer.Payload);
        }

        if (isFilecoin)
        {
            byte[] hash = new byte[Secp256k1.ScalarLength];
            Blake2b.Hash256(data, hash);
            return Recovers(hash, signature[1..], 0, Address.FromSecp256k1, signer);
        }

        return signer.Protocol == Protocol.Delegated
            && Recovers(
                PersonalHash(data), signature, FirstRecovery, Address.FromEthereumKey, signer);
    }

    private delegate Address Naming(ReadOnlySpan<byte> publicKey);

    private static bool Recovers(
        byte[] hash, ReadOnlySpan<byte> signature, byte first, Naming name, Address signer)
    {
        if (signature.Length != Secp256k1.SignatureLength)
        {
            return false;
        }

        byte[] plain = signature.ToArray();
        plain[^1] = plain[^1] >= first ? (byte)(plain[^1] - first) : plain[^1];
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        return Secp256k1.TryRecover(hash, plain, key) && name(key) == signer;
    }

    private static byte[] PersonalHash(ReadOnlySpan<byte> data)
    {
        byte[] hash = new byte[Keccak256.DigestLength];
        Keccak256.Hash(
            [
                .. "\x19"u8, .. "Ethereum Signed Message:\n"u8,
                .. Encoding.ASCII.GetBytes($"{data.Length}"), .. data,
            ],
            hash);
        return hash;
    }

    private static bool TryOf(
        KeyKind kind,
        byte[] secret,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WalletKey? key)
    {
        try
        {
            key = new(kind, secret, AddressOf(kind, secret));
            return true;
        }
        catch (ArgumentException)
        {
            key = null;
            return false;
        }
    }

    private static Address AddressOf(KeyKind kind, byte[] secret)
    {
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        if (kind == KeyKind.Bls)
        {
            Span<byte> bls = key[..Bls.PublicKeyLength];
            Bls.PublicKey(secret, bls);
            return Address.FromBls(bls);
        }

        Secp256k1.PublicKey(secret, key);
        return kind == KeyKind.Secp256k1
            ? Address.FromSecp256k1(key)
            : Address.FromEthereumKey(key);
    }
}
