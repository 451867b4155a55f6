namespace Filecoin.Rpc;

/// <summary>The methods of anvil and Hardhat that change a chain as no network would.</summary>
/// <remarks>
/// Spec: foundry crates/anvil/core/src/eth/mod.rs; Hardhat's edr_provider. A row has all names of
/// a method; where both know it, it means what anvil means by it.
/// </remarks>
public static class DeveloperMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. MiningMethods.All,
        .. TimeMethods.All,
        .. HistoryMethods.All,
        .. StateMethods.All,
        .. ImpersonationMethods.All,
        .. PoolMethods.All,
        .. NodeMethods.All,
    ];
}
