using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Filecoin.Chain;

/// <summary>
/// A store in a database that speaks PostgreSQL's wire protocol: one node writes, and any number
/// of them read the same chain.
/// </summary>
/// <remarks>
/// Four tables of the connection's schema, in the bytes' order. A write is one transaction, and
/// returns when the database has committed it. The writer holds a lock of the database as long
/// as its connection lives, and writes on that connection alone: who has lost the lock cannot
/// write. Errors: a database that fails is a <see cref="NpgsqlException"/>.
/// </remarks>
public sealed class PostgresOrderedStore : IOrderedStore
{
    /// <summary>The newest format that is read, and the one that is written.</summary>
    public const int Format = 1;

    /// <summary>Half of the lock's name; the other half is the table of the format.</summary>
    private const int LockName = 0x66766d;

    private const int RowsMax = 2_000;
    private const int RowBytesMax = 4 << 20;
    private const long CachedBytesMax = 64 << 20;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS fvm_format (format integer NOT NULL);
        CREATE TABLE IF NOT EXISTS fvm_blocks (key bytea PRIMARY KEY, value bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS fvm_chain (key bytea PRIMARY KEY, value bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS fvm_index (key bytea PRIMARY KEY, value bytea NOT NULL);
        CREATE TABLE IF NOT EXISTS fvm_pool (key bytea PRIMARY KEY, value bytea NOT NULL);
        """;

    private static readonly string[] Tables = ["fvm_blocks", "fvm_chain", "fvm_index", "fvm_pool"];

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlConnection? writer;
    private readonly Lock gate = new();

    /// <summary>Blocks that were read: what a CID names never changes.</summary>
    private readonly ConcurrentDictionary<Cid, ReadOnlyMemory<byte>> cache = new();
    private long cachedBytes;

    private PostgresOrderedStore(NpgsqlDataSource source, NpgsqlConnection? writer) =>
        (this.source, this.writer) = (source, writer);

    /// <summary>Whether it may only be read.</summary>
    public bool IsReadOnly => writer is null;

    /// <summary>Opens the store of a database, or makes one there.</summary>
    /// <param name="connection">
    /// A connection string of Npgsql, or <c>postgres://user:password@host:port/database</c>.
    /// </param>
    /// <param name="isReadOnly">Whether another node writes it.</param>
    /// <exception cref="ChainStoreException">
    /// It cannot be reached, its format is newer, another node writes it, or it is not there.
    /// </exception>
    public static PostgresOrderedStore Open(string connection, bool isReadOnly = false)
    {
        NpgsqlDataSource? source = null;
        NpgsqlConnection? writer = null;
        string place = "in PostgreSQL";
        try
        {
            NpgsqlConnectionStringBuilder settings = PostgresAddress.Parse(connection);
            place = $"postgres://{settings.Host}/{settings.Database}";
            NpgsqlSlimDataSourceBuilder builder = new(settings.ConnectionString);
            _ = builder.EnableArrays();
            _ = builder.EnableTransportSecurity();
            source = builder.Build();
            if (!isReadOnly)
            {
                writer = source.OpenConnection();
                Prepare(writer, place);
            }

            CheckFormat(source, place);
            return new(source, writer);
        }
        catch (Exception failure)
        {
            writer?.Dispose();
            source?.Dispose();
            if (failure is NpgsqlException or ArgumentException)
            {
                throw new ChainStoreException(place, failure.Message.Split('\n')[0], failure);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public bool TryGet(
        StoreFamily family, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        Cid cid = default;
        bool isBlock = family == StoreFamily.Blocks && Cid.TryDecode(key, out cid);
        if (isBlock && cache.TryGetValue(cid, out value))
        {
            return true;
        }

        using NpgsqlCommand command = source.CreateCommand(
            $"SELECT value FROM {Tables[(int)family]} WHERE key = $1");
        _ = command.Parameters.AddWithValue(NpgsqlDbType.Bytea, key.ToArray());
        byte[]? found = command.ExecuteScalar() as byte[];
        bool isFound = found is not null;
        value = found;
        if (isBlock && isFound)
        {
            Cache(cid, value);
        }

        return isFound;
    }

    /// <inheritdoc/>
    public bool TryGetAtOrBefore(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value) =>
        TryGetNear(family, key, "<= $1 ORDER BY key DESC", out foundKey, out value);

    /// <inheritdoc/>
    public bool TryGetAtOrAfter(
        StoreFamily family, ReadOnlySpan<byte> key, out byte[] foundKey, out byte[] value) =>
        TryGetNear(family, key, ">= $1 ORDER BY key", out foundKey, out value);

    /// <inheritdoc/>
    public IEnumerable<(byte[] Key, byte[] Value)> Scan(StoreFamily family)
    {
        using NpgsqlCommand command = source.CreateCommand(
            $"SELECT key, value FROM {Tables[(int)family]} ORDER BY key");
        using NpgsqlDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It may only be read.</exception>
    public void Write(StoreBatch batch)
    {
        if (writer is null)
        {
            throw new InvalidOperationException("a store that another node writes");
        }

        // A statement may not change a row twice: of each key the last change counts.
        Dictionary<(StoreFamily, string), StoreChange> last = [];
        foreach (StoreChange change in batch.Changes)
        {
            last[(change.Family, Convert.ToBase64String(change.Key.Span))] = change;
        }

        List<StoreChange> changes = [.. last.Values];
        lock (gate)
        {
            using NpgsqlTransaction transaction = writer.BeginTransaction();
            foreach (StoreFamily family in Enum.GetValues<StoreFamily>())
            {
                WriteFamily(writer, family, changes);
            }

            transaction.Commit();
        }
    }

    /// <summary>Closes the store; no call may be under way.</summary>
    public void Dispose()
    {
        writer?.Dispose();
        source.Dispose();
    }

    private void WriteFamily(
        NpgsqlConnection connection, StoreFamily family, List<StoreChange> changes)
    {
        string table = Tables[(int)family];
        List<byte[]> keys = [];
        List<byte[]> values = [];
        List<byte[]> deleted = [];
        int bytes = 0;
        foreach (StoreChange change in changes)
        {
            if (change.Family != family)
            {
                continue;
            }

            if (change.Value is not ReadOnlyMemory<byte> value)
            {
                deleted.Add(change.Key.ToArray());
                continue;
            }

            keys.Add(change.Key.ToArray());
            values.Add(value.ToArray());
            bytes += value.Length;
            if (keys.Count >= RowsMax || bytes >= RowBytesMax)
            {
                Put(connection, table, keys, values);
                bytes = 0;
            }
        }

        Put(connection, table, keys, values);
        Delete(connection, table, deleted);
        if (family == StoreFamily.Blocks && deleted.Count > 0)
        {
            cache.Clear();
        }
    }

    private static void Put(
        NpgsqlConnection connection, string table, List<byte[]> keys, List<byte[]> values)
    {
        if (keys.Count == 0)
        {
            return;
        }

        using NpgsqlCommand command = new(
            $"INSERT INTO {table} (key, value) SELECT * FROM unnest($1, $2)"
                + " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
            connection);
        _ = command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Bytea, keys.ToArray());
        _ = command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Bytea, values.ToArray());
        _ = command.ExecuteNonQuery();
        keys.Clear();
        values.Clear();
    }

    private static void Delete(NpgsqlConnection connection, string table, List<byte[]> keys)
    {
        for (int start = 0; start < keys.Count; start += RowsMax)
        {
            byte[][] some = [.. keys.GetRange(start, int.Min(RowsMax, keys.Count - start))];
            using NpgsqlCommand command = new(
                $"DELETE FROM {table} WHERE key = ANY($1)", connection);
            _ = command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bytea, some);
            _ = command.ExecuteNonQuery();
        }
    }

    private bool TryGetNear(
        StoreFamily family,
        ReadOnlySpan<byte> key,
        string condition,
        out byte[] foundKey,
        out byte[] value)
    {
        using NpgsqlCommand command = source.CreateCommand(
            $"SELECT key, value FROM {Tables[(int)family]} WHERE key {condition} LIMIT 1");
        _ = command.Parameters.AddWithValue(NpgsqlDbType.Bytea, key.ToArray());
        using NpgsqlDataReader reader = command.ExecuteReader();
        bool isFound = reader.Read();
        foundKey = isFound ? reader.GetFieldValue<byte[]>(0) : [];
        value = isFound ? reader.GetFieldValue<byte[]>(1) : [];
        return isFound;
    }

    private void Cache(Cid cid, ReadOnlyMemory<byte> block)
    {
        if (Interlocked.Add(ref cachedBytes, block.Length) > CachedBytesMax)
        {
            cache.Clear();
            _ = Interlocked.Exchange(ref cachedBytes, block.Length);
        }

        cache[cid] = block;
    }

    private static void Prepare(NpgsqlConnection connection, string place)
    {
        using NpgsqlCommand tables = new(Schema, connection);
        _ = tables.ExecuteNonQuery();
        using NpgsqlCommand take = new(
            $"SELECT pg_try_advisory_lock({LockName},"
                + " ('fvm_format'::regclass::oid::bigint & 2147483647)::int)",
            connection);
        if (take.ExecuteScalar() is not true)
        {
            throw new ChainStoreException(place, "another node writes it");
        }

        using NpgsqlCommand format = new(
            $"INSERT INTO fvm_format SELECT {Format} WHERE NOT EXISTS (SELECT * FROM fvm_format)",
            connection);
        _ = format.ExecuteNonQuery();
    }

    private static void CheckFormat(NpgsqlDataSource source, string place)
    {
        using NpgsqlCommand command = source.CreateCommand("SELECT max(format) FROM fvm_format");
        int? format;
        try
        {
            format = command.ExecuteScalar() as int?;
        }
        catch (PostgresException failure)
            when (failure.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new ChainStoreException(place, "no chain store", failure);
        }

        if (format is not int known)
        {
            throw new ChainStoreException(place, "its format is not readable");
        }

        if (known > Format)
        {
            throw new ChainStoreException(
                place, $"its format {known} is newer than {Format}, the newest known here");
        }
    }
}
