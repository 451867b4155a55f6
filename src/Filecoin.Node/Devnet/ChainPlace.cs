using Filecoin.Chain;

namespace Filecoin.Node;

/// <summary>Where a chain is kept: in memory if neither is given.</summary>
/// <param name="Folder">A folder.</param>
/// <param name="Database">The address of a database that speaks PostgreSQL's protocol.</param>
public readonly record struct ChainPlace(string? Folder, string? Database)
{
    private const string RocksMark = "CURRENT";

    /// <summary>Whether it is gone when the process is.</summary>
    public bool IsMemory => Folder is null && Database is null;

    /// <summary>Opens it as its one writer; an empty one is made where there is none.</summary>
    /// <exception cref="ChainStoreException">It cannot be opened.</exception>
    public IOrderedStore Open() =>
        Folder is not null ? RocksOrderedStore.Open(Folder)
        : Database is not null ? PostgresOrderedStore.Open(Database)
        : new MemoryOrderedStore();

    /// <summary>Opens what is there already, to read it.</summary>
    /// <remarks>A folder belongs to one process, of a database there may be many readers.</remarks>
    /// <exception cref="ChainStoreException">It is not there, or cannot be opened.</exception>
    public IOrderedStore OpenToRead() =>
        Folder is null ? PostgresOrderedStore.Open(
            Database ?? throw new InvalidOperationException("no place"), isReadOnly: true)
        : File.Exists(Path.Combine(Folder, RocksMark)) ? RocksOrderedStore.Open(Folder)
        : throw new ChainStoreException(Folder, "no chain store");
}
