using System.Text;

namespace Filecoin.Ipld;

/// <summary>Blocks on disk, in a RocksDB database; any number of concurrent callers.</summary>
/// <remarks>
/// What a put has returned from is on the disk, also when the machine fails. Each put waits for
/// the disk once: put many blocks together, for instance through a
/// <see cref="BufferedBlockstore"/>.
/// Errors: a disk that fails is a <see cref="RocksException"/>.
/// </remarks>
public sealed class RocksBlockstore : IBlockstore, IDisposable
{
    /// <summary>The newest format that is read, and the one that is written.</summary>
    public const ulong Format = 1;

    private const string BlockFamily = "blocks";

    private static readonly byte[] FormatKey = Encoding.ASCII.GetBytes("format");

    private readonly RocksDatabase database;
    private readonly RocksFamily blocks;

    private RocksBlockstore(RocksDatabase database)
    {
        this.database = database;
        blocks = database.Family(BlockFamily);
    }

    /// <summary>Opens the store in a folder, or makes one there.</summary>
    /// <exception cref="BlockstoreException">
    /// Its format is newer, it is open elsewhere, it is no block store, or it is damaged.
    /// </exception>
    public static RocksBlockstore Open(string path)
    {
        try
        {
            RocksDatabase database = RocksDatabase.Open(path, BlockFamily);
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
        catch (RocksException failure)
        {
            throw new BlockstoreException(path, failure.Message.Split('\n')[0], failure);
        }
    }

    /// <inheritdoc/>
    public bool TryGet(Cid cid, out ReadOnlyMemory<byte> block)
    {
        byte[]? bytes = database.Get(blocks, cid.Bytes);
        block = bytes;
        return bytes is not null;
    }

    /// <inheritdoc/>
    public bool Has(Cid cid) => database.Has(blocks, cid.Bytes);

    /// <inheritdoc/>
    public void Put(Cid cid, ReadOnlyMemory<byte> block) => PutAll([(cid, block)]);

    /// <inheritdoc/>
    /// <remarks>All of them or, if the process or the machine fails before the end, none.</remarks>
    public void PutAll(IEnumerable<(Cid Cid, ReadOnlyMemory<byte> Block)> blocks)
    {
        using RocksBatch batch = new(database);
        foreach ((Cid cid, ReadOnlyMemory<byte> block) in blocks)
        {
            batch.Put(this.blocks, cid.Bytes, block.Span);
        }

        database.Write(batch, isSynced: true);
    }

    /// <summary>Closes the store; no call may be under way.</summary>
    public void Dispose() => database.Dispose();

    private static void CheckFormat(RocksDatabase database, string path)
    {
        RocksFamily family = database.Family(RocksDatabase.DefaultFamily);
        byte[]? stored = database.Get(family, FormatKey);
        if (stored is null)
        {
            using RocksCursor first = database.Browse(family);
            if (first.MoveToFirst())
            {
                throw new BlockstoreException(path, "another program's database");
            }

            byte[] written = new byte[Varint.LengthMax];
            int used = Varint.Write(written, Format);
            using RocksBatch batch = new(database);
            batch.Put(family, FormatKey, written.AsSpan(0, used));
            database.Write(batch, isSynced: true);
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
