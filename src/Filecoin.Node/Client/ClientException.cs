namespace Filecoin.Node;

/// <summary>What a user asks a node for cannot be had: one line that says what to do.</summary>
public sealed class ClientException(string message, Exception? cause = null)
    : Exception(message, cause);
