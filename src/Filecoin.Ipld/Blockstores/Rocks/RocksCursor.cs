using System.Runtime.InteropServices;

namespace Filecoin.Ipld;

/// <summary>A place among the keys of a family, which it sees as they were at first.</summary>
/// <remarks>
/// Not for several threads; to be disposed before its database is closed.
/// Errors: each move is a <see cref="RocksException"/> when the disk fails.
/// </remarks>
public sealed class RocksCursor : IDisposable
{
    private nint iterator;

    internal RocksCursor(nint iterator) => this.iterator = iterator;

    /// <summary>The key here.</summary>
    public byte[] Key => RocksNative.Copy(RocksNative.IteratorKey(Place, out nuint size), size);

    /// <summary>The value here.</summary>
    public byte[] Value =>
        RocksNative.Copy(RocksNative.IteratorValue(Place, out nuint size), size);

    private nint Place
    {
        get
        {
            ObjectDisposedException.ThrowIf(iterator == 0, this);
            return RocksNative.IteratorIsValid(iterator) != 0
                ? iterator
                : throw new InvalidOperationException("the cursor is at no key");
        }
    }

    /// <summary>Goes to the first key; false if there is none.</summary>
    public bool MoveToFirst()
    {
        ObjectDisposedException.ThrowIf(iterator == 0, this);
        RocksNative.IteratorSeekToFirst(iterator);
        return IsAtKey();
    }

    /// <summary>Goes to a key or to the next after it; false if there is none.</summary>
    public bool MoveToOrAfter(ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(iterator == 0, this);
        RocksNative.IteratorSeek(
            iterator, in MemoryMarshal.GetReference(key), (nuint)key.Length);
        return IsAtKey();
    }

    /// <summary>Goes to a key or to the last before it; false if there is none.</summary>
    public bool MoveToOrBefore(ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(iterator == 0, this);
        RocksNative.IteratorSeekBack(
            iterator, in MemoryMarshal.GetReference(key), (nuint)key.Length);
        return IsAtKey();
    }

    /// <summary>Goes to the next key; false if there is none.</summary>
    public bool MoveNext()
    {
        RocksNative.IteratorNext(Place);
        return IsAtKey();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (iterator != 0)
        {
            RocksNative.IteratorDestroy(iterator);
            iterator = 0;
        }
    }

    private bool IsAtKey()
    {
        if (RocksNative.IteratorIsValid(iterator) != 0)
        {
            return true;
        }

        // The end of the keys looks like a disk that fails.
        nint error = 0;
        RocksNative.IteratorError(iterator, ref error);
        RocksNative.Check(error);
        return false;
    }
}
