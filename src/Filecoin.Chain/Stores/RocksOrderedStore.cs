using System.Text;

namespace Filecoin.Chain;

/// <summary>A store on disk, in a RocksDB database; any number of concurrent readers.</summary>
/// <remarks>
/// What a write has returned from survives the process, however it ends. Whether it survives the
/// machine as well is said when the store is opened: it takes the disk's time at each write.
/// Errors: a disk that fails is a <see cref="RocksException"/>.
/// </remarks>
public sealed class RocksOrderedStore : IOrderedStore
{
    /// <summary>The newest format that is read, and the one that is written.</summary>
    public const ulong Format = 1;

    private const string Known = "fvm chain";
    private const int Closed = int.MinValue / 2;
    private const string LockMark = "lock file";

    private static readonly string[] Names = ["blocks", "chain", "index", "pool"];
    private static readonly byte[] FormatKey = Encoding.ASCII.GetBytes("format");

    private readonly RocksDatabase database;
    private readonly RocksFamily[] families;
    private readonly bool isSynced;

    /// <summary>Calls under way; below zero since the store is closed.</summary>
    private int calls;

    private RocksOrderedStore(RocksDatabase database, bool isSynced)
    {
        (this.database, this.isSynced) = (database, isSynced);
        families = Array.ConvertAll(Names, database.Family);
    }

    /// <summary>Opens the store in a folder, or makes one there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isSynced">Whether each write waits until the disk has it.</param>
    /// <exception cref="ChainStoreException">
    /// Its format is newer, it is open elsewhere, it is no chain store, or it is damaged.
    /// </exception>
    public static RocksOrderedStore Open(string path, bool isSynced = false)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ChainStoreException("", "the name of its folder is empty");
        }

        try
        {
            _ = Directory.CreateDirectory(path);
            RocksDatabase database = RocksDatabase.Open(path, Names);
            try
            {
                CheckFormat(database, path);
                return new(database, isSynced);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch (RocksException failure)
        {
            string line = failure.Message.Split('\n')[0];
            throw new ChainStoreException(
                path,
                line.Contains(LockMark, StringComparison.Ordinal)
                    ? "another process has it open"
                    : line,
                failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ChainStoreException(path, failure.Message.Split('\n')[0], failure);
        }
    }

    /// <inheritdoc/>
    public bool TryGet(
        StoreFamily family, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        using Visit visit = new(this);
        byte[]? bytes = database.Get(families[(int)family], key);
        value = bytes;
        return bytes is not null;
    }

    /// <inheritdoc/>
    public bool TryGetAtOrBefore(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value)
    {
        using Visit visit = new(this);
        using RocksCursor cursor = database.Browse(families[(int)family]);
        return TryTake(cursor, cursor.MoveToOrBefore(key), out foundKey, out value);
    }

    /// <inheritdoc/>
    public bool TryGetAtOrAfter(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value)
    {
        using Visit visit = new(this);
        using RocksCursor cursor = database.Browse(families[(int)family]);
        return TryTake(cursor, cursor.MoveToOrAfter(key), out foundKey, out value);
    }

    /// <inheritdoc/>
    public IEnumerable<(byte[] Key, byte[] Value)> Scan(StoreFamily family)
    {
        using Visit visit = new(this);
        using RocksCursor cursor = database.Browse(families[(int)family]);
        for (bool isAtKey = cursor.MoveToFirst(); isAtKey; isAtKey = cursor.MoveNext())
        {
            yield return (cursor.Key, cursor.Value);
        }
    }

    /// <inheritdoc/>
    public void Write(StoreBatch batch)
    {
        using Visit visit = new(this);
        using RocksBatch changes = new(database);
        foreach (StoreChange change in batch.Changes)
        {
            RocksFamily family = families[(int)change.Family];
            if (change.Value is ReadOnlyMemory<byte> value)
            {
                changes.Put(family, change.Key.Span, value.Span);
            }
            else
            {
                changes.Delete(family, change.Key.Span);
            }
        }

        database.Write(changes, isSynced);
    }

    /// <summary>Closes the store once the calls under way are over; later ones fail.</summary>
    public void Dispose()
    {
        SpinWait wait = default;
        for (int seen = calls; seen != Closed; seen = calls)
        {
            if (seen > 0 || Interlocked.CompareExchange(ref calls, Closed, 0) != 0)
            {
                wait.SpinOnce();
                continue;
            }

            database.Dispose();
            return;
        }
    }

    /// <summary>A call under way: the database is there as long as it is.</summary>
    private readonly struct Visit : IDisposable
    {
        private readonly RocksOrderedStore store;

        public Visit(RocksOrderedStore store)
        {
            this.store = store;
            if (Interlocked.Increment(ref store.calls) < 0)
            {
                _ = Interlocked.Decrement(ref store.calls);
                throw new ObjectDisposedException(nameof(RocksOrderedStore));
            }
        }

        public void Dispose() => Interlocked.Decrement(ref store.calls);
    }

    private static bool TryTake(
        RocksCursor cursor, bool isAtKey, out byte[] key, out byte[] value)
    {
        key = isAtKey ? cursor.Key : [];
        value = isAtKey ? cursor.Value : [];
        return isAtKey;
    }

    private static void CheckFormat(RocksDatabase database, string path)
    {
        RocksFamily family = database.Family(RocksDatabase.DefaultFamily);
        byte[]? stored = database.Get(family, FormatKey);
        if (stored is null)
        {
            using RocksCursor first = database.Browse(family);
            if (first.MoveToFirst())
            {
                throw new ChainStoreException(path, "another program's database");
            }

            using RocksBatch batch = new(database);
            batch.Put(family, FormatKey, Encoding.ASCII.GetBytes($"{Known} {Format}"));
            database.Write(batch, isSynced: true);
            return;
        }

        string[] words = Encoding.ASCII.GetString(stored).Split(' ');
        if (words.Length != 3
            || $"{words[0]} {words[1]}" != Known
            || !ulong.TryParse(words[2], out ulong format))
        {
            throw new ChainStoreException(path, "its format is not readable");
        }

        if (format > Format)
        {
            throw new ChainStoreException(
                path, $"its format {format} is newer than {Format}, the newest known here");
        }
    }
}
