namespace Filecoin.Ipld;

/// <summary>A column family of an open database: a map of its own.</summary>
public readonly struct RocksFamily
{
    internal RocksFamily(nint handle) => Handle = handle;

    internal nint Handle { get; }
}
