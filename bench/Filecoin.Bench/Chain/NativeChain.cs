using Filecoin.Chain;
using Filecoin.Crypto;

namespace Filecoin.Bench;

/// <summary>A chain with the actors in C#, and messages of its accounts.</summary>
internal static class NativeChain
{
    /// <summary>Begins a chain on which each address owns the same.</summary>
    internal static Blockchain Open(IOrderedStore store, IReadOnlyList<Address> accounts) =>
        Blockchain.Open(new()
        {
            Store = store,
            Machines = NativeMachines.Open,
            BuildGenesis = new GenesisState
            {
                Accounts =
                [
                    .. accounts.Select(account => new GenesisAccount(
                        account, TokenAmount.FromFil(100))),
                ],
            }.Build,
            GenesisTimestamp = 1_700_000_000,
        });

    /// <summary>A transfer of an attoFIL.</summary>
    internal static SignedMessage Sign(byte[] sender, Address target, ulong nonce)
    {
        Message message = new(
            0, target, AddressOf(sender), nonce, TokenAmount.FromAtto(1), 2_000_000,
            TokenAmount.FromAtto(1_000_000_000), TokenAmount.FromAtto(1_000),
            MethodNumber.Send, default);
        byte[] hash = new byte[32];
        Blake2b.Hash256(message.Cid.Bytes, hash);
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(hash, sender, signature);
        return new(message, new(SignatureType.Secp256k1, signature));
    }

    internal static Address AddressOf(byte[] secret)
    {
        byte[] key = new byte[Secp256k1.PublicKeyLength];
        Secp256k1.PublicKey(secret, key);
        return Address.FromSecp256k1(key);
    }

    internal static byte[] Secret(int number) =>
        [(byte)(number >> 8), (byte)(number & 0xff), .. new byte[29], 1];
}
