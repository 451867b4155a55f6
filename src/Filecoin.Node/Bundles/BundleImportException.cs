namespace Filecoin.Node;

/// <summary>
/// A file is not a bundle that can be imported; the message says why, in one line.
/// </summary>
public sealed class BundleImportException(string message) : Exception(message);
