namespace Filecoin.Rpc;

/// <summary>What a method works on.</summary>
/// <param name="Node">The node.</param>
/// <param name="Connection">Where notices go; null where none can.</param>
/// <param name="Granted">The most that the caller may do.</param>
/// <param name="RequestId">What the caller names the request by, if notices can go to it.</param>
public sealed record RpcCall(
    RpcNode Node,
    RpcConnection? Connection = null,
    Permission Granted = Permission.Admin,
    string? RequestId = null);
