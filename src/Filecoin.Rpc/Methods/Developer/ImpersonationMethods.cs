namespace Filecoin.Rpc;

/// <summary>Methods that have senders taken at their word.</summary>
internal static class ImpersonationMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. RpcMethod.Change<EthereumAddress>(
            "anvil_impersonateAccount", "Takes a sender at its word, a contract as well.", Begin)
            .And("hardhat_impersonateAccount"),
        .. RpcMethod.Change<EthereumAddress>(
            "anvil_stopImpersonatingAccount", "No longer takes a sender at its word.", End)
            .And("hardhat_stopImpersonatingAccount"),
        .. RpcMethod.Change<bool>(
            "anvil_autoImpersonateAccount", "Takes all senders at their word.", Everybody)
            .And("hardhat_autoImpersonateAccount"),
    ];

    private static void Begin(RpcCall call, EthereumAddress address) =>
        Set(call, address.ToAddress(), true);

    private static void End(RpcCall call, EthereumAddress address) =>
        Set(call, address.ToAddress(), false);

    private static void Set(RpcCall call, Address address, bool isOn)
    {
        call.Node.Keys.Impersonate(address, isOn);
        call.Node.Chain.Pool.Impersonate(address, isOn);
    }

    private static void Everybody(RpcCall call, bool isOn) => call.Node.Keys.ImpersonatesAll = isOn;
}
