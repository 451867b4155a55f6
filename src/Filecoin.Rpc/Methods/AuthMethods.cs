using System.Text;

namespace Filecoin.Rpc;

/// <summary>Methods about callers' tokens.</summary>
/// <remarks>Spec: lotus api/api_common.go.</remarks>
internal static class AuthMethods
{
    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<IReadOnlyList<string>, byte[]>(
            "Filecoin.AuthNew", Permission.Admin, "Makes a token for callers.", Issue),
        RpcMethod.Of<string, IReadOnlyList<string>>(
            "Filecoin.AuthVerify", Permission.Read, "What a token's bearer may do.", Verify),
    ];

    private static byte[] Issue(RpcCall call, IReadOnlyList<string> allow)
    {
        Permission most = PermissionNames.MostOf(allow) ?? throw RpcException.BadParameters(
            $"permissions are {string.Join(", ", PermissionNames.Of(Permission.Admin))}");
        IReadOnlyList<string> all = PermissionNames.Of(most);
        return all.All(allow.Contains)
            ? Encoding.UTF8.GetBytes(TokensOf(call).Issue(most))
            : throw RpcException.BadParameters(
                $"'{all[^1]}' goes with all before it: ask for {string.Join(", ", all)}");
    }

    private static IReadOnlyList<string> Verify(RpcCall call, string token) =>
        TokensOf(call).TryVerify(token, out Permission granted)
            ? PermissionNames.Of(granted)
            : throw new RpcException("the token is none of this node's");

    private static CallerTokens TokensOf(RpcCall call) => call.Node.Tokens
        ?? throw new RpcException("the node asks for no tokens: everybody may do everything");
}
