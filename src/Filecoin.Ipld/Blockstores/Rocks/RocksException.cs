namespace Filecoin.Ipld;

/// <summary>RocksDB has failed: the disk, or what is on it.</summary>
public sealed class RocksException : Exception
{
    internal RocksException(string message)
        : base(message)
    {
    }
}
