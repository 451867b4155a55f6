using System.Runtime.InteropServices;

namespace Filecoin.Ipld;

/// <summary>Changes that are written together, or not at all.</summary>
/// <remarks>Not for several threads.</remarks>
public sealed class RocksBatch : IDisposable
{
    private readonly RocksDatabase database;
    private nint handle;

    /// <summary>A batch without changes, for a database.</summary>
    public RocksBatch(RocksDatabase database)
    {
        this.database = database;
        handle = RocksNative.BatchCreate();
    }

    // The families' memory goes with the database.
    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(handle == 0, this);
            ObjectDisposedException.ThrowIf(database.IsClosed, database);
            return handle;
        }
    }

    /// <summary>Sets the value of a key.</summary>
    public void Put(RocksFamily family, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        RocksNative.BatchPut(
            Handle,
            family.Handle,
            in MemoryMarshal.GetReference(key),
            (nuint)key.Length,
            in MemoryMarshal.GetReference(value),
            (nuint)value.Length);
    }

    /// <summary>Deletes a key, which need not be there.</summary>
    public void Delete(RocksFamily family, ReadOnlySpan<byte> key)
    {
        RocksNative.BatchDelete(
            Handle, family.Handle, in MemoryMarshal.GetReference(key), (nuint)key.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (handle != 0)
        {
            RocksNative.BatchDestroy(handle);
            handle = 0;
        }
    }
}
