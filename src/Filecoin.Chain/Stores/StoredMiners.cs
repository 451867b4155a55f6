namespace Filecoin.Chain;

/// <summary>What a store keeps of the storage miners that a node of the network proves.</summary>
/// <param name="FirstCount">With how many miners the network began, from f01000 on.</param>
/// <param name="Proven">Those that are proven, these or others, ascending.</param>
[CborTuple]
public sealed partial record StoredMiners(long FirstCount, ValueList<ActorId> Proven)
{
    /// <summary>What a network begins with: all its miners are proven.</summary>
    internal static StoredMiners Begin(int count) => new(count,
    [
        .. Enumerable.Range(0, count)
            .Select(static i => new ActorId(GenesisState.FirstLater.Value + (ulong)i)),
    ]);

    /// <summary>Those of a store; none where it does not say.</summary>
    /// <exception cref="ChainStoreException">What it says is not readable.</exception>
    internal static StoredMiners Read(IOrderedStore store)
    {
        if (!store.TryGet(StoreFamily.Chain, ChainKeys.Miners, out ReadOnlyMemory<byte> bytes))
        {
            return Begin(0);
        }

        return Cbor.TryDecode<StoredMiners>(bytes.Span, out StoredMiners? kept, out _)
            ? kept
            : throw new ChainStoreException("", "which miners are proven is malformed");
    }

    /// <summary>Keeps them.</summary>
    internal void Put(StoreBatch batch) =>
        batch.Put(StoreFamily.Chain, ChainKeys.Miners, Cbor.Encode(this));
}
