using Filecoin.Crypto;

namespace Filecoin.Chain.Tests;

/// <summary>A key of each kind, made from a number.</summary>
internal sealed class TestWallet
{
    private readonly byte[] secret;

    private TestWallet(byte[] secret, SignatureType type)
    {
        (this.secret, Type) = (secret, type);
        byte[] key = new byte[Secp256k1.PublicKeyLength];
        if (type == SignatureType.Bls)
        {
            key = new byte[Bls.PublicKeyLength];
            Bls.PublicKey(secret, key);
            Address = Address.FromBls(key);
            return;
        }

        Secp256k1.PublicKey(secret, key);
        Address = type == SignatureType.Secp256k1
            ? Address.FromSecp256k1(key)
            : Address.FromEthereumKey(key);
    }

    public SignatureType Type { get; }

    public Address Address { get; }

    public static TestWallet Secp(int number) => new(Secret(number), SignatureType.Secp256k1);

    public static TestWallet BlsKey(int number) => new(Secret(number), SignatureType.Bls);

    public static TestWallet Ethereum(int number) => new(Secret(number), SignatureType.Delegated);

    public SignedMessage Sign(Message message)
    {
        byte[] cid = message.Cid.Bytes.ToArray();
        if (Type == SignatureType.Bls)
        {
            byte[] signature = new byte[Bls.SignatureLength];
            Bls.Sign(secret, cid, signature);
            return new(message, new(Type, signature));
        }

        byte[] hash = new byte[32];
        Blake2b.Hash256(cid, hash);
        byte[] own = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(hash, secret, own);
        return new(message, new(SignatureType.Secp256k1, own));
    }

    /// <summary>Signs a transaction of Ethereum.</summary>
    public SignedMessage Sign(EthereumTransaction transaction)
    {
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(transaction.SigningHash(), secret, signature);
        return (transaction with { Signature = signature })
            .TryToSignedMessage(out SignedMessage? signed)
                ? signed
                : throw new InvalidOperationException("a transaction that is no message");
    }

    private static byte[] Secret(int number)
    {
        byte[] secret = new byte[32];
        secret[5] = (byte)number;
        secret[6] = (byte)(number >> 8);
        secret[31] = 1;
        return secret;
    }
}
