namespace Filecoin.Rpc;

/// <summary>What the node prints.</summary>
/// <remarks>
/// Spec: lotus node/impl/common, LogList, LogSetLevel, LogAlerts. There is one thing to be told
/// of or not, each call's method: at the level debug it is, as after anvil_setLoggingEnabled.
/// </remarks>
internal static class LogMethods
{
    private const string Calls = "rpc";
    private const string Telling = "debug";

    private static readonly string[] Levels =
        [Telling, "info", "warn", "error", "dpanic", "panic", "fatal"];

    public static IReadOnlyList<RpcMethod> All { get; } =
    [
        RpcMethod.Of<IReadOnlyList<string>>(
            "Filecoin.LogList", Permission.Write, "Parts of the node that print.",
            static _ => [Calls]),
        RpcMethod.Of<string, string, object?>(
            "Filecoin.LogSetLevel", Permission.Write, "How much a part prints.", SetLevel),
        RpcMethod.Of<IReadOnlyList<object>>(
            "Filecoin.LogAlerts", Permission.Admin, "What needs somebody's attention: nothing.",
            static _ => []),
    ];

    private static object? SetLevel(RpcCall call, string system, string level)
    {
        if (system is not (Calls or "*"))
        {
            throw new RpcException($"error: No such logger: {system}");
        }

        if (Array.IndexOf(Levels, level.ToLowerInvariant()) < 0)
        {
            throw new RpcException($"unrecognized level: \"{level}\"");
        }

        call.Node.IsLogging = level.Equals(Telling, StringComparison.OrdinalIgnoreCase);
        return null;
    }
}
