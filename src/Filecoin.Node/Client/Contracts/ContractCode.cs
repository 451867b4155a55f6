using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Filecoin.Rpc;
using Nethereum.ABI.Model;

namespace Filecoin.Node;

/// <summary>A compiled contract.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">The code that makes it, without arguments.</param>
/// <param name="Constructor">What its constructor takes; null where the file does not say.</param>
internal sealed record ContractCode(string Name, byte[] Code, Parameter[]? Constructor)
{
    private const int FileBytesMax = 64 << 20;
    private const string Unlinked = "__";

    /// <summary>
    /// Reads a file: code in hexadecimal, or JSON of solc (standard or combined), Hardhat or
    /// Foundry.
    /// </summary>
    /// <param name="file">Its path.</param>
    /// <param name="contract">Which contract; null for the only one.</param>
    /// <exception cref="ClientException">It has no such contract, or no whole one.</exception>
    public static ContractCode Read(string file, string? contract)
    {
        string text = Encoding.UTF8.GetString(InputFile.Read(file, FileBytesMax)).Trim();
        string name = Path.GetFileNameWithoutExtension(file);
        if (!text.StartsWith('{'))
        {
            return new(name, Bytes(file, text), null);
        }

        List<(string Name, JsonNode? Code, JsonNode? Abi)> found = [];
        try
        {
            Collect(JsonNode.Parse(text)!, name, found);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new ClientException($"{file}: {failure.Message}", failure);
        }

        (string Name, JsonNode? Code, JsonNode? Abi) chosen = Choose(file, contract, found);
        return new(
            chosen.Name,
            Bytes(file, CodeText(chosen.Code)),
            chosen.Abi is null ? null : ConstructorOf(chosen.Abi));
    }

    private static void Collect(
        JsonNode root, string name, List<(string Name, JsonNode? Code, JsonNode? Abi)> found)
    {
        if (root["contracts"] is not JsonObject contracts)
        {
            string named = root["contractName"] is JsonValue given ? given.ToString() : name;
            found.Add((named, root["bytecode"] ?? root["bin"], root["abi"]));
            return;
        }

        foreach ((string key, JsonNode? item) in contracts)
        {
            if (item?["bin"] is JsonNode combined)
            {
                found.Add((key[(key.LastIndexOf(':') + 1)..], combined, item["abi"]));
                continue;
            }

            foreach ((string inner, JsonNode? contract) in item as JsonObject ?? [])
            {
                found.Add((inner, contract?["evm"]?["bytecode"], contract?["abi"]));
            }
        }
    }

    private static (string Name, JsonNode? Code, JsonNode? Abi) Choose(
        string file, string? contract, List<(string Name, JsonNode? Code, JsonNode? Abi)> found)
    {
        // Interfaces and abstract contracts have no code.
        List<(string Name, JsonNode? Code, JsonNode? Abi)> whole =
            found.FindAll(item => CodeText(item.Code) is not ("" or "0x"));
        List<(string Name, JsonNode? Code, JsonNode? Abi)> asked = contract is null
            ? whole
            : whole.FindAll(item => item.Name == contract);
        string names = string.Join(", ", whole.Select(item => item.Name));
        return asked.Count == 1
            ? asked[0]
            : throw new ClientException(whole.Count == 0
                ? $"{file}: no contract with code in it (bytecode, evm.bytecode or bin)"
                : $"{file}: name one of its contracts with --contract: {Excerpt.OneLine(names)}");
    }

    private static string CodeText(JsonNode? code) =>
        (code is JsonObject item ? item["object"] : code) is JsonValue value
        && value.TryGetValue(out string? text)
            ? text
            : "";

    private static byte[] Bytes(string file, string text)
    {
        int hole = text.IndexOf(Unlinked, StringComparison.Ordinal);
        return hole >= 0
            ? throw new ClientException($"{file}: its code is not linked: a library's address is"
                + $" missing at {Excerpt.Of(text[hole..int.Min(text.Length, hole + 40)])}")
            : text.Length > 0 && Hex.TryReadBytes(text, out byte[] bytes)
                ? bytes
                : throw new ClientException($"{file}: neither code in hexadecimal nor JSON");
    }

    private static Parameter[] ConstructorOf(JsonNode abi)
    {
        JsonArray items = (abi is JsonValue text ? JsonNode.Parse(text.ToString()) : abi)
            as JsonArray ?? [];
        foreach (JsonNode? item in items)
        {
            if (item is JsonObject && $"{item["type"]}" == "constructor")
            {
                return AbiParameters.OfJson(item["inputs"]);
            }
        }

        return [];
    }
}
