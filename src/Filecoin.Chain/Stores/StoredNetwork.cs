namespace Filecoin.Chain;

/// <summary>What a store keeps of the network whose chain it has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ChainId">What Ethereum's tools know it by.</param>
/// <param name="EpochSeconds">Seconds from an epoch to the next.</param>
[CborTuple]
internal sealed partial record StoredNetwork(string Name, ulong ChainId, ulong EpochSeconds)
{
    /// <summary>The network of a store; where it does not say, what is given.</summary>
    /// <exception cref="ChainStoreException">What it says is not readable.</exception>
    public static NetworkParameters Read(IOrderedStore store, NetworkParameters given)
    {
        if (!store.TryGet(StoreFamily.Chain, ChainKeys.Network, out ReadOnlyMemory<byte> bytes))
        {
            return given;
        }

        return Cbor.TryDecode<StoredNetwork>(bytes.Span, out StoredNetwork? kept, out _)
            ? given with
            {
                Name = kept.Name,
                ChainId = kept.ChainId,
                EpochSeconds = kept.EpochSeconds,
            }
            : throw new ChainStoreException("", "the network's name and chain id are malformed");
    }

    /// <summary>Keeps a network with its first block.</summary>
    public static void Put(StoreBatch batch, NetworkParameters network) => batch.Put(
        StoreFamily.Chain,
        ChainKeys.Network,
        Cbor.Encode(new StoredNetwork(network.Name, network.ChainId, network.EpochSeconds)));
}
