using System.Text.Json.Nodes;

namespace Filecoin.Rpc;

/// <summary>All methods of a node.</summary>
public static class MethodTable
{
    private const string NumberPattern = "^0x(0|[1-9a-f][0-9a-f]*)$";

    private static readonly Lazy<string> Document = new(() => Describe().ToJsonString());

    /// <summary>What a developer's network answers.</summary>
    public static IReadOnlyList<RpcMethod> Devnet { get; } =
    [
        .. EthereumMethods.All,
        .. DeveloperMethods.All,
        .. TraceMethods.All,
        .. GethMethods.All,
        .. SigningMethods.All,
        .. FilecoinMethods.All,
        .. FilecoinMethods.EthereumNames,
        .. AuthMethods.All,
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
                ["schema"] = method.Result == typeof(Quantity)
                    ? Text(NumberPattern)
                    : Schema(method.Result),
            },
        };
    }

    /// <summary>What is taken; what is given is the same, but numbers, which are texts.</summary>
    private static JsonObject Schema(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(Quantity) || bare == typeof(LooseQuantity)
            ? OneOf(Text(NumberPattern), Kind("integer", "Number"))
            : bare == typeof(Word)
            ? OneOf(Text("^0x[0-9a-f]{1,64}$"), Kind("integer", "Number"))
            : bare == typeof(BlockParameter)
            ? OneOf(Kind("string", "Tag"), Kind("integer", "Number"), Kind("object", "BlockHash"))
            : bare == typeof(SubscriptionOptions)
            ? OneOf(Kind("object", nameof(LogFilter)), Kind("boolean", "IsFull"))
            : bare == typeof(HexBytes) ? Text("^0x([0-9a-f]{2})*$")
            : bare == typeof(EthereumAddress) ? Text("^0x[0-9a-f]{40}$")
            : bare == typeof(Hash32) ? Text("^0x[0-9a-f]{64}$")
            : bare == typeof(JsonElement) || bare == typeof(object)
            ? new() { ["title"] = "Anything" }
            : Parts(bare) is not [.., Type part] ? Kind(KindOf(bare), bare.Name)
            : IsMap(bare)
            ? new() { ["type"] = "object", ["additionalProperties"] = Schema(part) }
            : IsList(bare)
            ? new() { ["type"] = "array", ["items"] = Schema(part) }
            : Kind(KindOf(bare), $"{bare.Name.Split('`')[0]} of {part.Name}");
    }

    private static Type[] Parts(Type type) => type.IsGenericType ? type.GetGenericArguments() : [];

    private static JsonObject OneOf(params JsonNode[] schemas) =>
        new() { ["oneOf"] = new JsonArray(schemas) };

    private static JsonObject Text(string pattern) =>
        new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject Kind(string kind, string title) =>
        new() { ["type"] = kind, ["title"] = title };

    private static string KindOf(Type type) =>
        type == typeof(void) ? "null"
        : type == typeof(bool) ? "boolean"
        : type == typeof(double) ? "number"
        : type == typeof(long) || type == typeof(ulong) ? "integer"
        : type == typeof(string) || type == typeof(byte[])
            || type == typeof(AddressView) || type == typeof(AmountView) ? "string"
        : type.IsAssignableTo(typeof(System.Collections.IEnumerable))
            && type != typeof(JsonObject) ? "array"
        : "object";

    private static bool IsList(Type type) =>
        type.IsAssignableTo(typeof(System.Collections.IEnumerable));

    private static bool IsMap(Type type) =>
        type.GetGenericTypeDefinition() is Type definition
        && (definition == typeof(IReadOnlyDictionary<,>) || definition == typeof(Dictionary<,>));
}
