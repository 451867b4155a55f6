using System.Text;
using RocksDbSharp;

namespace Filecoin.Ipld;

/// <summary>Blocks on disk, in a RocksDB database; any number of concurrent callers.</summary>
/// <remarks>
/// What a put has returned from is on the disk, also when the machine fails. Each put waits for
/// the disk once: put many blocks together, for instance through a
/// <see cref="BufferedBlockstore"/>.
/// Errors: a disk that fails is a <see cref="RocksDbException"/>.
/// </remarks>
public sealed class RocksBlockstore : IBlockstore, IDisposable
{
    /// <summary>The newest format that is read, and the one that is written.</summary>
    public const ulong Format = 1;

    private const string BlockFamily = "blocks";
    private const string DefaultFamily = "default";

    private static readonly byte[] FormatKey = Encoding.ASCII.GetBytes("format");
    private static readonly WriteOptions Synced = new WriteOptions().SetSync(true);

    private readonly RocksDb database;
    private readonly ColumnFamilyHandle blocks;
    private bool isClosed;

    private RocksBlockstore(RocksDb database)
    {
        this.database = database;
        blocks = database.GetColumnFamily(BlockFamily);
    }

    /// <summary>Opens the store in a folder, or makes one there.</summary>
    /// <exception cref="BlockstoreException">
    /// Its format is newer, it is open elsewhere, it is no block store, or it is damaged.
    /// </exception>
    public static RocksBlockstore Open(string path)
    {
        try
        {
            RocksDb database = OpenDatabase(path);
            try
            {
                CheckFormat(database, path);
                return new(database);
            }
            catch
            {
                database.Dispose();
                throw;
            }
        }
        catch (RocksDbException failure)
        {
            throw new BlockstoreException(path, failure.Message.Split('\n')[0], failure);
        }
    }

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        byte[]? bytes = database.Get(cid.Bytes, blocks);
        block = bytes;
        return bytes is not null;
    }

    /// <inheritdoc/>
    public bool Has(Cid cid)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        return database.HasKey(cid.Bytes, blocks);
    }

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => PutAll([(cid, block)]);

    /// <inheritdoc/>
    /// <remarks>All of them or, if the process or the machine fails before the end, none.</remarks>
    public void PutAll(IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks)
    {
        ObjectDisposedException.ThrowIf(isClosed, this);
        using WriteBatch batch = new();
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks)
        {
            _ = batch.Put(cid.Bytes, block.Span, this.blocks);
        }

        database.Write(batch, Synced);
    }

    /// <summary>Closes the store; no call may be under way.</summary>
    public void Dispose()
    {
        if (!isClosed)
        {
            isClosed = true;
            database.Dispose();
        }
    }

    private static RocksDb OpenDatabase(string path)
    {
        DbOptions options = new DbOptions()
            .SetCreateIfMissing(true)
            .SetCreateMissingColumnFamilies(true);

        // A newer format may have more families, and RocksDB opens all or none.
        HashSet<string> names = [DefaultFamily, BlockFamily];
        if (File.Exists(Path.Combine(path, "CURRENT")))
        {
            names.UnionWith(RocksDb.ListColumnFamilies(options, path));
        }

        ColumnFamilies families = [];
        foreach (string name in names)
        {
            families.Add(name, new ColumnFamilyOptions());
        }

        return RocksDb.Open(options, path, families);
    }

    private static void CheckFormat(RocksDb database, string path)
    {
        byte[]? stored = database.Get(FormatKey);
        if (stored is null)
        {
            using Iterator first = database.NewIterator();
            if (first.SeekToFirst().Valid())
            {
                throw new BlockstoreException(path, "another program's database");
            }

            byte[] written = new byte[Varint.LengthMax];
            int used = Varint.Write(written, Format);
            database.Put(FormatKey, written[..used], null, Synced);
        }
        else if (!Varint.TryRead(stored, out ulong format, out int length)
            || length != stored.Length)
        {
            throw new BlockstoreException(path, "its format is not readable");
        }
        else if (format > Format)
        {
            throw new BlockstoreException(
                path, $"its format {format} is newer than {Format}, the newest known here");
        }
    }
}
