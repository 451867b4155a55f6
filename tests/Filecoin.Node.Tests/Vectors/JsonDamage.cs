using System.Text;
using System.Text.Json.Nodes;

namespace Filecoin.Node.Tests.Vectors;

/// <summary>A document with one value gone or become another.</summary>
/// <param name="Member">The name of the member, or of the member whose item it is.</param>
/// <param name="What">Where it is, and what became of it.</param>
/// <param name="Document">The document, in UTF-8.</param>
internal sealed record JsonDamage(string Member, string What, byte[] Document)
{
    private static readonly (string Name, string? Json)[] Changes =
    [
        ("gone", null), ("null", "null"), ("number", "7"), ("text", "\"x\""), ("array", "[]"),
        ("object", "{}"), ("negative", "-1"), ("large", "1e400"),
    ];

    /// <summary>Every single damage, in the document's order.</summary>
    public static IEnumerable<JsonDamage> All(byte[] document)
    {
        JsonNode whole = JsonNode.Parse(document)!;
        foreach (string path in Paths(whole, ""))
        {
            foreach ((string name, string? json) in Changes)
            {
                JsonNode copy = whole.DeepClone();
                JsonNode? value = json is null ? null : JsonNode.Parse(json);
                string member = Change(copy, path, value, json is null);
                yield return new(
                    member, $"{path} {name}", Encoding.UTF8.GetBytes(copy.ToJsonString()));
            }
        }
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path)
    {
        IEnumerable<(string Name, JsonNode? Value)> inner = node switch
        {
            JsonObject map => map.Select(pair => (pair.Key, pair.Value)),
            JsonArray list => list.Select((item, i) => ($"{i}", item)),
            _ => [],
        };
        foreach ((string name, JsonNode? value) in inner.ToList())
        {
            string at = $"{path}\t{name}";
            yield return at;
            foreach (string deeper in Paths(value, at))
            {
                yield return deeper;
            }
        }
    }

    private static string Change(JsonNode whole, string path, JsonNode? value, bool isGone)
    {
        string[] steps = path.Split('\t')[1..];
        JsonNode parent = whole;
        string member = "";
        foreach (string step in steps[..^1])
        {
            member = parent is JsonObject ? step : member;
            parent = parent is JsonArray list ? list[int.Parse(step)]! : parent[step]!;
        }

        string last = steps[^1];
        if (parent is JsonArray items)
        {
            int index = int.Parse(last);
            if (isGone)
            {
                items.RemoveAt(index);
            }
            else
            {
                items[index] = value;
            }

            return member;
        }

        if (isGone)
        {
            _ = ((JsonObject)parent).Remove(last);
        }
        else
        {
            parent[last] = value;
        }

        return last;
    }
}
