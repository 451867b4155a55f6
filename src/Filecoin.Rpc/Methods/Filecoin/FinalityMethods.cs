namespace Filecoin.Rpc;

/// <summary>Methods of fast finality, F3, which a developer's network has not.</summary>
/// <remarks>
/// Spec: lotus node/impl/full/f3.go, api/api_errors.go: a node without it answers each with one
/// error, by whose code clients go on with the chain's own finality.
/// </remarks>
internal static class FinalityMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<bool>(
            "Filecoin.F3IsRunning", Permission.Read, "Whether F3 runs.", Refuse<bool>),
        RpcMethod.Of<object>(
            "Filecoin.F3GetProgress", Permission.Read, "How far F3 is.", Refuse<object>),
        RpcMethod.Of<object>(
            "Filecoin.F3GetManifest", Permission.Read, "What F3 is set to.", Refuse<object>),
        RpcMethod.Of<object>(
            "Filecoin.F3GetLatestCertificate", Permission.Read, "What F3 finalized last.",
            Refuse<object>),
        RpcMethod.Of<ulong, object>(
            "Filecoin.F3GetCertificate", Permission.Read, "What an instance of F3 finalized.",
            static (call, instance) => Refuse<object>(call)),
        RpcMethod.Of<TipsetLinks?, IReadOnlyList<object>>(
            "Filecoin.F3GetECPowerTable", Permission.Read, "Miners' power at a tipset.",
            static (call, tipset) => Refuse<IReadOnlyList<object>>(call)),
        RpcMethod.Of<TipsetLinks?, IReadOnlyList<object>>(
            "Filecoin.F3GetF3PowerTable", Permission.Read, "Participants' power at a tipset.",
            static (call, tipset) => Refuse<IReadOnlyList<object>>(call)),
        RpcMethod.Of<ulong, IReadOnlyList<object>>(
            "Filecoin.F3GetPowerTableByInstance", Permission.Read,
            "Participants' power in an instance of F3.",
            static (call, instance) => Refuse<IReadOnlyList<object>>(call)),
        RpcMethod.Of<IReadOnlyList<object>>(
            "Filecoin.F3ListParticipants", Permission.Read, "Who takes part in F3 by this node.",
            Refuse<IReadOnlyList<object>>),
    ];

    private static T Refuse<T>(RpcCall call) =>
        throw new RpcException(new RpcError(RpcError.FastFinalityCode, "f3 is disabled"));
}
