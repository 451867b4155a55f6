using System.Collections.Concurrent;
using Filecoin.Crypto;

namespace Filecoin.Rpc;

/// <summary>A key of a developer's account.</summary>
/// <param name="Address">Its address, f410.</param>
/// <param name="Secret">32 bytes.</param>
public sealed record AccountKey(Address Address, ReadOnlyMemory<byte> Secret)
{
    /// <summary>The account of a secret key.</summary>
    public static AccountKey Of(ReadOnlyMemory<byte> secret32)
    {
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeyLength];
        Secp256k1.PublicKey(secret32.Span, key);
        return new(Address.FromEthereumKey(key), secret32);
    }

    /// <summary>Signs a hash: r, s and the parity of y.</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash32)
    {
        byte[] signature = new byte[Secp256k1.SignatureLength];
        Secp256k1.Sign(hash32, Secret.Span, signature);
        return signature;
    }
}

/// <summary>Keys that a node signs with, and senders that it takes at their word.</summary>
public sealed class KeyRing
{
    private readonly Dictionary<Address, AccountKey> keys = [];
    private readonly ConcurrentDictionary<Address, bool> impersonated = [];
    private readonly List<AccountKey> ordered;

    /// <summary>The keys, in the order in which accounts are listed.</summary>
    public KeyRing(IReadOnlyList<AccountKey> keys)
    {
        ordered = [.. keys];
        foreach (AccountKey key in ordered)
        {
            this.keys[key.Address] = key;
        }
    }

    /// <summary>The keys in order.</summary>
    public IReadOnlyList<AccountKey> All => ordered;

    /// <summary>All that the node sends for: the keys' accounts, then senders it trusts.</summary>
    internal IReadOnlyList<Address> Senders =>
    [
        .. ordered.ConvertAll(static key => key.Address),
        .. impersonated.Keys.Where(address =>
            address.Protocol == Protocol.Delegated && !keys.ContainsKey(address)),
    ];

    /// <summary>Whether any sender is taken at its word.</summary>
    public bool ImpersonatesAll { get; set; }

    /// <summary>Gets the key of an account.</summary>
    public bool TryGet(
        Address address,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccountKey? key) =>
        keys.TryGetValue(address, out key);

    /// <summary>The key of an account.</summary>
    /// <exception cref="RpcException">The node has none.</exception>
    public AccountKey KeyOf(Address address) =>
        keys.TryGetValue(address, out AccountKey? key) ? key : throw Unknown(address);

    /// <summary>The failure of asking for an account whose key the node has not.</summary>
    internal static RpcException Unknown(Address address) => new(
        $"unknown account {Hex.OfBytes(address.Payload[^Address.EthereumLength..])}: the node has"
            + " no key of it");

    /// <summary>Whether a sender is taken at its word.</summary>
    public bool IsImpersonated(Address address) =>
        ImpersonatesAll || impersonated.ContainsKey(address);

    internal IReadOnlyList<Address> StopImpersonating()
    {
        ImpersonatesAll = false;
        List<Address> trusted = [.. impersonated.Keys];
        impersonated.Clear();
        return trusted;
    }

    internal void Impersonate(Address address, bool isOn)
    {
        if (isOn)
        {
            impersonated[address] = true;
        }
        else
        {
            _ = impersonated.TryRemove(address, out _);
        }
    }
}
