namespace Filecoin.Ipld;

/// <summary>A store on disk cannot be opened: which, and why, in one line.</summary>
public sealed class BlockstoreException : Exception
{
    internal BlockstoreException(string path, string reason, Exception? cause = null)
        : base($"block store {path}: {reason}", cause)
    {
    }
}
