namespace Filecoin.Rpc;

/// <summary>All methods of a node.</summary>
public static class MethodTable
{
    /// <summary>What a developer's network answers.</summary>
    public static IReadOnlyList<RpcMethod> Devnet { get; } =
        [.. EthereumMethods.All, .. DeveloperMethods.All];
}
