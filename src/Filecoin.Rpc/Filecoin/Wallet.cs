namespace Filecoin.Rpc;

/// <summary>The keys that the node signs the network's own messages with.</summary>
/// <remarks>
/// Those that it began with, and those that callers make or bring. Any number of threads may call
/// it.
/// </remarks>
public sealed class Wallet
{
    private const int KeysMax = 10_000;

    private readonly Lock gate = new();
    private readonly List<WalletKey> keys = [];
    private readonly WalletKeeping? keeping;
    private Address? chosen;

    /// <summary>A wallet of keys, of which the first is the usual one.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="keeping">
    /// Keeps what callers change; null to forget it with the process.
    /// </param>
    public Wallet(IEnumerable<WalletKey> keys, WalletKeeping? keeping = null)
    {
        foreach (WalletKey key in (WalletKey[])[.. keys, .. keeping?.Keys ?? []])
        {
            Add(key);
        }

        this.keeping = keeping;
        chosen = keeping?.Usual is Address usual && Find(usual) is not null ? usual : null;
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
                keeping?.Keep(key);
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
            if (Find(address) is null)
            {
                return false;
            }

            keeping?.Choose(address);
            chosen = address;
            return true;
        }
    }

    /// <summary>Forgets a key; false if it is not here.</summary>
    public bool Delete(Address address)
    {
        lock (gate)
        {
            keeping?.Forget(address);
            chosen = chosen == address ? null : chosen;
            return keys.RemoveAll(key => key.Address == address) > 0;
        }
    }
}

/// <summary>Keeps the keys that callers of a node make or bring.</summary>
/// <param name="Keys">Those that were kept before.</param>
/// <param name="Usual">Which of all keys was made the usual one; null for none.</param>
/// <param name="Keep">Keeps one, or fails.</param>
/// <param name="Forget">Forgets one, which need not be kept.</param>
/// <param name="Choose">Keeps which is the usual one.</param>
public sealed record WalletKeeping(
    IReadOnlyList<WalletKey> Keys,
    Address? Usual,
    Action<WalletKey> Keep,
    Action<Address> Forget,
    Action<Address> Choose);
