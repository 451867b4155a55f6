namespace Filecoin.Rpc;

/// <summary>What a method works on.</summary>
/// <param name="Node">The node.</param>
/// <param name="Connection">Where notices go; null where none can.</param>
/// <param name="Granted">The most that the caller may do.</param>
public sealed record RpcCall(
    RpcNode Node, RpcConnection? Connection = null, Permission Granted = Permission.Admin);
