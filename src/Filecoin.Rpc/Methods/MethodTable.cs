using System.Text.Json.Nodes;

namespace Filecoin.Rpc;

/// <summary>All methods of a node.</summary>
public static class MethodTable
{
    private static readonly Lazy<string> Document = new(() => Describe().ToJsonString());

    /// <summary>What a developer's network answers.</summary>
    public static IReadOnlyList<RpcMethod> Devnet { get; } =
    [
        .. EthereumMethods.All,
        .. DeveloperMethods.All,
        .. TraceMethods.All,
        .. GethMethods.All,
        .. FilecoinMethods.All,
        .. FilecoinMethods.EthereumNames,
        .. FollowMethods.All,
        RpcMethod.Of("rpc.discover", Permission.Read, "All methods, as OpenRPC.", Discover),
    ];

    /// <summary>The same methods as the first version of lotus' API has them.</summary>
    public static IReadOnlyList<RpcMethod> Old(IReadOnlyList<RpcMethod> table)
    {
        Dictionary<string, RpcMethod> methods = [];
        foreach (RpcMethod method in (RpcMethod[])[.. table, .. OldMethods.All])
        {
            methods[method.Name] = method;
        }

        return [.. methods.Values];
    }

    private static JsonObject Discover(RpcCall call) =>
        JsonNode.Parse(Document.Value)!.AsObject();

    private static JsonObject Describe()
    {
        JsonArray methods = [];
        foreach (RpcMethod method in Devnet)
        {
            methods.Add((JsonNode)Describe(method));
        }

        return new()
        {
            ["openrpc"] = "1.3.2",
            ["info"] = new JsonObject { ["title"] = "FVM.NET", ["version"] = "1" },
            ["methods"] = methods,
        };
    }

    private static JsonObject Describe(RpcMethod method)
    {
        JsonArray parameters = [];
        foreach (RpcParameter parameter in method.Parameters)
        {
            parameters.Add((JsonNode)new JsonObject
            {
                ["name"] = parameter.Name,
                ["required"] = parameter.IsRequired,
                ["schema"] = Schema(parameter.Type),
            });
        }

        return new()
        {
            ["name"] = method.Name,
            ["summary"] = method.Summary,
            ["x-permission"] = method.Permission.ToString(),
            ["paramStructure"] = "by-position",
            ["params"] = parameters,
            ["result"] = new JsonObject
            {
                ["name"] = "result",
                ["schema"] = Schema(method.Result),
            },
        };
    }

    private static JsonObject Schema(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(Quantity)
            ? new() { ["type"] = "string", ["pattern"] = "^0x(0|[1-9a-f][0-9a-f]*)$" }
            : bare == typeof(HexBytes)
                ? new() { ["type"] = "string", ["pattern"] = "^0x([0-9a-f]{2})*$" }
                : bare == typeof(EthereumAddress)
                    ? new() { ["type"] = "string", ["pattern"] = "^0x[0-9a-f]{40}$" }
                    : bare == typeof(Hash32)
                        ? new() { ["type"] = "string", ["pattern"] = "^0x[0-9a-f]{64}$" }
                        : new() { ["type"] = KindOf(bare), ["title"] = bare.Name };
    }

    private static string KindOf(Type type) =>
        type == typeof(void) ? "null"
        : type == typeof(bool) || type.Name == "Done" ? "boolean"
        : type == typeof(long) || type == typeof(ulong) ? "integer"
        : type == typeof(string) || type == typeof(byte[])
            || type == typeof(AddressView) || type == typeof(AmountView)
            || type == typeof(BlockParameter) ? "string"
        : type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? "array"
        : "object";
}
