using System.Text.Json.Nodes;
using Nethereum.ABI;
using Nethereum.ABI.Model;

namespace Filecoin.Node;

/// <summary>Types of a contract's parameters, from a signature or an ABI's JSON.</summary>
/// <remarks>Spec: Solidity's contract ABI specification, types and JSON.</remarks>
internal static class AbiParameters
{
    private const int DepthMax = 16;
    private const string Tuple = "tuple";

    /// <summary>Reads types between commas, each with or without a name.</summary>
    /// <exception cref="ClientException">One of them is no type.</exception>
    public static Parameter[] Parse(string list) => Parse(list, DepthMax);

    /// <summary>Reads the list of an ABI's JSON.</summary>
    /// <exception cref="ClientException">One of them is no type.</exception>
    public static Parameter[] OfJson(JsonNode? list) => OfJson(list, DepthMax);

    /// <summary>The types as a function's selector has them.</summary>
    public static string Text(IReadOnlyList<Parameter> parameters) =>
        new Nethereum.ABI.FunctionEncoding.SignatureEncoder()
            .GenerateParametersSignature([.. parameters]);

    private static Parameter[] Parse(string list, int depth)
    {
        IReadOnlyList<string> items = AbiText.Split(list);
        Parameter[] found = new Parameter[items.Count];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = One(items[i].Trim(), i + 1, depth);
        }

        return found;
    }

    private static Parameter One(string text, int order, int depth)
    {
        int start = text.StartsWith(Tuple, StringComparison.Ordinal) ? Tuple.Length : 0;
        if (start >= text.Length || text[start] != '(')
        {
            string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words.Length > 0
                ? Make(words[0], words.Length > 1 ? words[^1] : "", order, [])
                : throw new ClientException("a type is missing between the commas of a signature");
        }

        int end = AbiText.CloseOf(text, start);
        string rest = text[(end + 1)..];
        int suffix = rest.AsSpan().IndexOf(' ') is >= 0 and int blank ? blank : rest.Length;
        string name = rest[suffix..].Trim();
        return Make(
            Tuple + rest[..suffix], name, order, Inner(text[(start + 1)..end], depth));
    }

    private static Parameter[] Inner(string list, int depth) => depth > 0
        ? Parse(list, depth - 1)
        : throw new ClientException($"a signature nests tuples more than {DepthMax} deep");

    private static Parameter[] OfJson(JsonNode? list, int depth)
    {
        JsonArray items = list as JsonArray ?? [];
        Parameter[] found = new Parameter[items.Count];
        for (int i = 0; i < found.Length; i++)
        {
            JsonNode item = items[i] is JsonObject parameter && depth > 0
                ? parameter
                : throw new ClientException("the ABI has a parameter that is none");
            found[i] = Make(
                item.Text("type"),
                item["name"] is JsonValue name ? name.ToString() : "",
                i + 1,
                OfJson(item["components"], depth - 1));
        }

        return found;
    }

    private static Parameter Make(string type, string name, int order, Parameter[] components)
    {
        string whole = type switch
        {
            "uint" or "int" => $"{type}256",
            _ when type.StartsWith("uint[", StringComparison.Ordinal) => $"uint256{type[4..]}",
            _ when type.StartsWith("int[", StringComparison.Ordinal) => $"int256{type[3..]}",
            _ => type,
        };
        try
        {
            Parameter parameter = new(whole, name, order, null, null);
            ABIType inner = parameter.ABIType;
            while (inner is ArrayType array)
            {
                inner = array.ElementType;
            }

            (inner as TupleType)?.SetComponents(components);
            return parameter;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new ClientException($"no type of a contract: {Excerpt.Of(type)}", failure);
        }
    }
}
