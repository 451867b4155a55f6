namespace Filecoin.Rpc;

/// <summary>The keys that the node signs the network's own messages with.</summary>
/// <remarks>
/// Those that it began with, and those that callers make or bring; these are forgotten with the
/// process. Any number of threads may call it.
/// </remarks>
public sealed class Wallet
{
    private const int KeysMax = 10_000;

    private readonly Lock gate = new();
    private readonly List<WalletKey> keys = [];
    private Address? chosen;

    /// <summary>A wallet of keys, of which the first is the usual one.</summary>
    public Wallet(IEnumerable<WalletKey> keys)
    {
        foreach (WalletKey key in keys)
        {
            Add(key);
        }
    }

    /// <summary>The usual key's address; null if there is none.</summary>
    public Address? Usual
    {
        get
        {
            lock (gate)
            {
                return chosen ?? (keys.Count > 0 ? keys[0].Address : null);
            }
        }
    }

    /// <summary>All addresses, in the order in which they came.</summary>
    public IReadOnlyList<Address> Addresses
    {
        get
        {
            lock (gate)
            {
                return keys.ConvertAll(static key => key.Address);
            }
        }
    }

    /// <summary>Adds a key; one that is there already stays.</summary>
    /// <exception cref="RpcException">There are too many.</exception>
    public void Add(WalletKey key)
    {
        lock (gate)
        {
            if (keys.Count >= KeysMax)
            {
                throw new RpcException(new RpcError(
                    RpcError.LimitCode, $"the wallet has {KeysMax} keys already"));
            }

            if (Find(key.Address) is null)
            {
                keys.Add(key);
            }
        }
    }

    /// <summary>The key of an address; null if it is not here.</summary>
    public WalletKey? Find(Address address)
    {
        lock (gate)
        {
            return keys.Find(key => key.Address == address);
        }
    }

    /// <summary>What signs messages of a network for an address; null without its key.</summary>
    public Func<Message, SignedMessage>? SignerOf(Address address, ulong chainId) =>
        Find(address) is WalletKey key ? message => key.Sign(message, chainId) : null;

    /// <summary>Makes a key the usual one; false if it is not here.</summary>
    public bool Choose(Address address)
    {
        lock (gate)
        {
            bool isHere = Find(address) is not null;
            chosen = isHere ? address : chosen;
            return isHere;
        }
    }

    /// <summary>Forgets a key; false if it is not here.</summary>
    public bool Delete(Address address)
    {
        lock (gate)
        {
            chosen = chosen == address ? null : chosen;
            return keys.RemoveAll(key => key.Address == address) > 0;
        }
    }
}
