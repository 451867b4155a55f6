namespace Filecoin.Chain;

/// <summary>The parts that a store keeps apart.</summary>
public enum StoreFamily
{
    /// <summary>Blocks of chain and state, by CID.</summary>
    Blocks,

    /// <summary>The chain's tipsets by epoch, what they led to, its head.</summary>
    Chain,

    /// <summary>Where messages are.</summary>
    Index,

    /// <summary>Messages that wait for a block.</summary>
    Pool,
}

/// <summary>
/// Values by key, in the keys' byte order: one writer, any number of concurrent readers.
/// </summary>
public interface IOrderedStore : IDisposable
{
    /// <summary>Gets a value; false if there is none.</summary>
    bool TryGet(StoreFamily family, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value);

    /// <summary>Gets the last entry that is not behind a key; false if there is none.</summary>
    bool TryGetAtOrBefore(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value);

    /// <summary>Gets the first entry that is not before a key; false if there is none.</summary>
    bool TryGetAtOrAfter(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value);

    /// <summary>All entries of a family in order.</summary>
    IEnumerable<(byte[] Key, byte[] Value)> Scan(StoreFamily family);

    /// <summary>Makes all changes of a batch, or none if the process ends before.</summary>
    void Write(StoreBatch batch);
}

/// <summary>Changes to a store that are made together.</summary>
public sealed class StoreBatch
{
    private readonly List<StoreChange> changes = [];

    /// <summary>The changes in their order: a later one of the same key counts.</summary>
    public IReadOnlyList<StoreChange> Changes => changes;

    /// <summary>Makes room for so many more changes.</summary>
    public void Expect(int more) => _ = changes.EnsureCapacity(changes.Count + more);

    /// <summary>Sets a value; neither array may change afterwards.</summary>
    public void Put(StoreFamily family, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value) =>
        changes.Add(new(family, key, value));

    /// <summary>Deletes a value, which need not be there.</summary>
    public void Delete(StoreFamily family, ReadOnlyMemory<byte> key) =>
        changes.Add(new(family, key, null));
}

/// <summary>One change to a store.</summary>
/// <param name="Family">The part of the store.</param>
/// <param name="Key">Which entry.</param>
/// <param name="Value">The value; null to delete it.</param>
public readonly record struct StoreChange(
    StoreFamily Family, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? Value);

/// <summary>A store cannot be opened: which, and why, in one line.</summary>
public sealed class ChainStoreException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public ChainStoreException(string place, string reason, Exception? cause = null)
        : base($"chain store {place}: {reason}", cause)
    {
    }
}
