namespace Filecoin.Rpc;

/// <summary>The network's own methods, in groups as lotus has them in version 1.</summary>
public static class FilecoinMethods
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        .. CommonMethods.All,
        .. NetMethods.All,
        .. LogMethods.All,
        .. FinalityMethods.All,
        .. ChainMethods.All,
        .. StoreMethods.All,
        .. ActorMethods.All,
        .. ExecutionMethods.All,
        .. EventMethods.All,
        .. MinerMethods.All,
        .. RandomnessMethods.All,
        .. MarketMethods.All,
        .. VerifiedMethods.All,
        .. MpoolMethods.All,
        .. GasMethods.All,
        .. WalletMethods.All,
        .. MsigMethods.All,
        .. MsigAnswerMethods.All,
        .. PaychMethods.All,
        .. AddressMethods.All,
    ];

    /// <summary>Ethereum's methods under the names that lotus has for them.</summary>
    public static IReadOnlyList<RpcMethod> EthereumNames { get; } = MakeNames();

    private static List<RpcMethod> MakeNames()
    {
        List<RpcMethod> named = [];
        foreach (RpcMethod method in EthereumMethods.All)
        {
            int split = method.Name.IndexOf('_', StringComparison.Ordinal);
            string module = method.Name[..split];
            string name = method.Name[(split + 1)..];
            named.Add(method.As(
                $"Filecoin.{char.ToUpperInvariant(module[0])}{module[1..]}"
                    + $"{char.ToUpperInvariant(name[0])}{name[1..]}"));
        }

        return named;
    }
}
