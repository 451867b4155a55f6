using System.Text.Json;
using System.Text.Json.Nodes;

namespace Filecoin.Node;

/// <summary>What a command has found, for people and for scripts.</summary>
internal sealed class Answer
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly JsonObject people = [];
    private readonly JsonObject machines = [];

    /// <summary>Adds what both read alike.</summary>
    public Answer Add(string name, JsonNode? value)
    {
        people[name] = value?.DeepClone();
        machines[name] = value;
        return this;
    }

    /// <summary>Adds what people read otherwise; null for what they do not.</summary>
    public Answer Add(string name, JsonNode? value, string? text)
    {
        if (text is not null)
        {
            people[name] = text;
        }

        machines[name] = value;
        return this;
    }

    /// <summary>Adds an amount: FIL for people, attoFIL in digits for scripts.</summary>
    public Answer Add(string name, TokenAmount amount)
    {
        people[name] = amount.ToFilString();
        machines[$"{name}Atto"] = amount.ToString();
        return this;
    }

    /// <summary>Adds an address under the names that Ethereum and Filecoin have for it.</summary>
    public Answer Add(string name, Address? address)
    {
        if (address is not Address found)
        {
            return this;
        }

        string? ethereum = AddressArgument.EthereumText(found);
        people[name] = AddressArgument.BothTexts(found);
        machines[name] = AddressArgument.FilecoinText(found);
        machines[$"{name}Ethereum"] = ethereum;
        return this;
    }

    /// <summary>Adds all of another.</summary>
    public Answer Join(Answer other)
    {
        foreach ((string name, JsonNode? value) in other.people)
        {
            people[name] = value?.DeepClone();
        }

        foreach ((string name, JsonNode? value) in other.machines)
        {
            machines[name] = value?.DeepClone();
        }

        return this;
    }

    /// <summary>Adds a list of others.</summary>
    public Answer Add(string name, IReadOnlyList<Answer> list)
    {
        people[name] = new JsonArray([.. list.Select(item => item.people)]);
        machines[name] = new JsonArray([.. list.Select(item => item.machines)]);
        return this;
    }

    /// <summary>The same as JSON.</summary>
    public JsonObject ToJson() => machines;

    /// <summary>The same as JSON on a line.</summary>
    public string ToLine() => machines.ToJsonString();

    /// <summary>Writes it.</summary>
    public int Show(bool asJson) => Show(asJson ? machines : people, asJson);

    /// <summary>Writes JSON as it is, or one name and value a line.</summary>
    public static int Show(JsonNode found, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(found.ToJsonString(Indented));
        }
        else
        {
            ShowLines(found, "");
        }

        return FvmCommand.Success;
    }

    /// <summary>One name and value a line; what is inside is indented.</summary>
    private static void ShowLines(JsonNode? node, string indent)
    {
        if (node is JsonObject item)
        {
            foreach ((string name, JsonNode? value) in item)
            {
                ShowNamed($"{indent}{name}:", value, indent);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? value in list)
            {
                ShowNamed($"{indent}-", value, indent);
            }
        }
    }

    private static void ShowNamed(string name, JsonNode? value, string indent)
    {
        if (value is JsonObject or JsonArray)
        {
            Console.WriteLine(name);
            ShowLines(value, indent + "  ");
        }
        else
        {
            Console.WriteLine($"{name} {value}");
        }
    }
}
