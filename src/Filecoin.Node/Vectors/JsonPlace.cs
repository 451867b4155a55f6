using System.Text.Json;

namespace Filecoin.Node;

/// <summary>A value of a foreign JSON document, and where in it that stands.</summary>
/// <remarks>
/// Errors: <see cref="SequenceException"/>, which names the place: a member is missing, or a value
/// is not of the kind asked for.
/// </remarks>
internal readonly struct JsonPlace
{
    private const int DepthMax = 32;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = DepthMax,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonDocumentOptions Written = Strict with
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly JsonElement value;

    private JsonPlace(JsonElement value, string path) => (this.value, Path) = (value, path);

    /// <summary>The way to it from the document's top, as <c>steps[3].receipt</c>.</summary>
    public string Path { get; }

    /// <summary>Whether it is <c>null</c>.</summary>
    public bool IsNull => value.ValueKind == JsonValueKind.Null;

    /// <summary>Whether it is a text.</summary>
    public bool IsText => value.ValueKind == JsonValueKind.String;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => value.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => value.ValueKind == JsonValueKind.Array;

    /// <summary>How many items an array has.</summary>
    public int Count => Require(JsonValueKind.Array, "an array").GetArrayLength();

    /// <summary>Reads a document, whose top must be an object.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="top">Its top, usable until the document is disposed of.</param>
    /// <param name="isWritten">Whether people write it, with comments and commas at ends.</param>
    public static JsonDocument Parse(
        ReadOnlyMemory<byte> text, out JsonPlace top, bool isWritten = false)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, isWritten ? Written : Strict);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new SequenceException($"not JSON: {failure.Message}", failure);
        }

        top = new(document.RootElement, "");
        if (!top.IsObject)
        {
            document.Dispose();
            throw new SequenceException("the document is not an object");
        }

        return document;
    }

    /// <summary>A member that must be there.</summary>
    public JsonPlace Member(string name) =>
        Find(name, out JsonElement found)
            ? new(found, PathOf(name))
            : throw new SequenceException(
                Path.Length == 0 ? $"no `{name}`" : $"`{Path}` has no `{name}`");

    /// <summary>A member that may be missing, or be <c>null</c>, which is the same.</summary>
    public bool TryMember(string name, out JsonPlace member)
    {
        bool isThere = Find(name, out JsonElement found)
            && found.ValueKind != JsonValueKind.Null;
        member = isThere ? new(found, PathOf(name)) : default;
        return isThere;
    }

    /// <summary>Whether an object has a member, whatever it is.</summary>
    public bool Has(string name) => Find(name, out _);

    /// <summary>All members of an object.</summary>
    public List<(string Name, JsonPlace Value)> Members()
    {
        List<(string, JsonPlace)> members = [];
        foreach (JsonProperty member in
            Require(JsonValueKind.Object, "an object").EnumerateObject())
        {
            string name = NameOf(member);
            members.Add((name, new(member.Value, PathOf(Excerpt.Of(name)))));
        }

        return members;
    }

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException failure)
        {
            throw Refuse("has a member whose name is not Unicode", failure);
        }
    }

    /// <summary>An item of an array, which must have so many.</summary>
    public JsonPlace Item(int index)
    {
        int count = Count;
        return index < count
            ? new(value[index], $"{Path}[{index}]")
            : throw Refuse($"has {count} items, of which number {index} is needed");
    }

    /// <summary>All items of an array of bounded length.</summary>
    public List<JsonPlace> Items(int countMax)
    {
        int count = Count;
        if (count > countMax)
        {
            throw Refuse($"has {count} items, more than {countMax}");
        }

        List<JsonPlace> items = new(count);
        foreach (JsonElement item in value.EnumerateArray())
        {
            items.Add(new(item, $"{Path}[{items.Count}]"));
        }

        return items;
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        try
        {
            return Require(JsonValueKind.String, "a text").GetString()!;
        }
        catch (InvalidOperationException failure)
        {
            throw Refuse("is not Unicode", failure);
        }
    }

    /// <summary>A text, or a number as it is written.</summary>
    public string TextOrNumber() => IsText
        ? Text()
        : Require(JsonValueKind.Number, "a text or a number").GetRawText();

    /// <summary>Bytes in base64.</summary>
    public byte[] Bytes()
    {
        JsonElement text = Require(JsonValueKind.String, "a text");
        try
        {
            return text.TryGetBytesFromBase64(out byte[]? bytes)
                ? bytes
                : throw Refuse("is not base64");
        }
        catch (InvalidOperationException failure)
        {
            throw Refuse("is not Unicode", failure);
        }
    }

    /// <summary>A whole number from 0 to 2^64 - 1.</summary>
    public ulong UInt64() => IsNumber && value.TryGetUInt64(out ulong number)
        ? number
        : throw NoNumber(0, ulong.MaxValue);

    /// <summary>A whole number from 0 to 2^32 - 1.</summary>
    public uint UInt32() => IsNumber && value.TryGetUInt32(out uint number)
        ? number
        : throw NoNumber(0, uint.MaxValue);

    /// <summary>A whole number that is not negative, in a range.</summary>
    public long Natural(long max = long.MaxValue, long min = 0) =>
        IsNumber && value.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : throw NoNumber((ulong)min, (ulong)max);

    /// <summary>True or false.</summary>
    public bool Boolean() => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse($"is {Kind}, not true or false"),
    };

    /// <summary>The error that this value is not what it should be.</summary>
    public SequenceException Refuse(string reason, Exception? cause = null)
    {
        string message = $"`{(Path.Length == 0 ? "." : Path)}` {reason}";
        return cause is null ? new(message) : new(message, cause);
    }

    private bool IsNumber => value.ValueKind == JsonValueKind.Number;

    private string Kind => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => $"{Excerpt.Of(value.GetRawText())}",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => "missing",
    };

    private bool Find(string name, out JsonElement found) =>
        Require(JsonValueKind.Object, "an object").TryGetProperty(name, out found);

    private JsonElement Require(JsonValueKind kind, string wanted) => value.ValueKind == kind
        ? value
        : throw Refuse($"is {Kind}, not {wanted}");

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private SequenceException NoNumber(ulong min, ulong max) =>
        Refuse($"is {Kind}, not a whole number from {min} to {max}");
}
